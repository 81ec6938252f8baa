"""`/roadmap list`: projects by status, and by words in their titles."""

from bot.exceptions import Refusal
from bot.listeners.parsing import closest, quote
from bot.listeners.slash_command import Invocation
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.project_list import project_list
from bot.views.blocks.block_kit import Message
from bot.views.data.project_list import ProjectList
from bot.views.replies import project_list as reply
from domain.projects.listing import ProjectFilter, parse_filter


def show(invocation: Invocation) -> Message:
    """Return the projects that match. Raise Refusal if there are none."""
    board = invocation.board
    wanted, words = parse_filter(invocation.text)
    today = board.cadence.today(invocation.now)
    with invocation.request.snapshot() as session:
        snapshot = BoardSnapshot(session, board)
        content = project_list(snapshot, wanted, words, invocation.actor.user_id, today)
    if not content.projects:
        raise Refusal(_nothing(content))
    return reply.project_list(content)


def _nothing(content: ProjectList) -> str:
    if not content.words:
        return reply.NOTHING[content.filter]
    kind = "" if content.filter is ProjectFilter.ALL else f"{content.filter} "
    if content.filter is ProjectFilter.MINE:
        problem = f"None of your projects has {quote(content.words)} in its title."
    else:
        problem = f"No {kind}project has {quote(content.words)} in its title."
    filters = [item for item in ProjectFilter if item is not ProjectFilter.ALL]
    meant = closest(content.words.split()[0], filters)
    if content.filter is ProjectFilter.ALL and meant:
        return f"{problem} Did you mean `/roadmap list {meant}`?"
    return f"{problem} `/roadmap list` shows all projects."
