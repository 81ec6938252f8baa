"""`/roadmap digest`: the next digest as it is now, only for the person who asks."""

from bot.listeners.slash_command import Invocation
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.digest import digest
from bot.views.blocks.block_kit import Message
from bot.views.replies.digest_preview import preview


def show(invocation: Invocation) -> Message:
    due = invocation.board.next_digest(invocation.now)
    with invocation.request.snapshot() as session:
        content = digest(BoardSnapshot(session, invocation.board), due.period)
    return preview(content, invocation.board.cadence.to_local(due.due_at))
