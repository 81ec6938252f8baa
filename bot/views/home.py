"""The Home tab: a person's boards, what they need to score, and how to start."""

from collections.abc import Sequence
from typing import Any

from bot.views.blocks import block_kit
from bot.views.blocks.formatting import quantity, value_names
from bot.views.data.board_overview import Overview
from bot.views.data.home import Home, HomeBoard
from bot.views.parts import board_overview, help_text
from domain.formatting import format_decimal
from domain.ranking.ranking import RankedProject, Section

PROPOSE = "home_propose"
SCORE = "home_score"
SETTINGS = "home_settings"
NUDGES = "home_nudges"
ON, OFF = "on", "off"

MAX_TOP = 5
MAX_BOARDS = 4  # Slack accepts 100 blocks in a view; a board takes up to about 20.

PURPOSE = (
    "I help a team choose its work by its values. Its channel is its board: there, people propose,"
    " score and vote, and I post a ranked digest every week and a roadmap every quarter."
)
GETTING_STARTED = (
    "*To start*, type `/invite @Needle` in your team's channel. Then propose your first project"
    " with `/propose`."
)
NO_BOARD_OF_YOURS = (
    "*None of your channels uses Needle yet.* Join your team's channel, or type"
    " `/invite @Needle` in it."
)
SHORTCUTS = (
    "*Propose a project* is also in the shortcuts menu. *Propose from message* and *Log as toil*"
    " are in a message's menu."
)


def home(tab: Home, help_groups: Sequence[help_text.HelpGroup]) -> dict[str, Any]:
    """Return the Home tab; `help_groups` are those of `/roadmap help`."""
    board_parts = [part for board in tab.boards[:MAX_BOARDS] for part in _board(board)]
    parts = [
        *(board_parts or _getting_started(tab)),
        *_further_boards(tab.boards[MAX_BOARDS:]),
        *([_nudges(tab)] if tab.boards else []),
        block_kit.Part([block_kit.divider(), block_kit.section("*What you can type*")], []),
        block_kit.Part(help_text.roadmap(help_groups).blocks, []),
        block_kit.remark(SHORTCUTS),
    ]
    return {"type": "home", "blocks": [block for part in parts for block in part.blocks]}


def _getting_started(tab: Home) -> list[block_kit.Part]:
    return [
        block_kit.heading("Work by your values"),
        block_kit.statement(PURPOSE),
        block_kit.statement(NO_BOARD_OF_YOURS if tab.workspace_has_boards else GETTING_STARTED),
    ]


def _board(board: HomeBoard) -> list[block_kit.Part]:
    overview = board.overview
    return [
        block_kit.heading(f"#{overview.channel}"),
        board_overview.fire_status(overview),
        block_kit.statement(_missing_scores(board)),
        block_kit.Part([_buttons(board)], []),
        *_top_projects(overview),
        *board_overview.ranked_list(
            overview,
            "Proposed by you",
            [(ranked, _placement(overview, ranked)) for ranked in board.own_projects],
        ),
    ]


def _missing_scores(board: HomeBoard) -> str:
    if not board.unscored_count:
        return "Nothing needs your score."
    projects_need = quantity(board.unscored_count, "project needs", "projects need")
    return f"*{projects_need} your score.*"


def _buttons(board: HomeBoard) -> block_kit.Block:
    score = block_kit.button("Score next", SCORE, board.channel_id, primary=True)
    settings = block_kit.button("Settings", SETTINGS, board.channel_id)
    return block_kit.actions(
        *([score] if board.unscored_count else []),
        block_kit.button("Propose a project", PROPOSE, board.channel_id),
        *([settings] if board.is_steward else []),
    )


def _top_projects(overview: Overview) -> list[block_kit.Part]:
    if not overview.in_rank_order:
        return [board_overview.nothing_ranked(overview)]
    rows = [(ranked, _facts(overview, ranked)) for ranked in overview.in_rank_order[:MAX_TOP]]
    return board_overview.ranked_list(overview, "First by your values", rows)


def _facts(overview: Overview, ranked: RankedProject) -> str:
    moved_names = value_names(ranked.moved, overview.charter) or "no value"
    return f"needle {format_decimal(ranked.needle)} · moves {moved_names}"


def _placement(overview: Overview, ranked: RankedProject) -> str:
    """Return where the project is. Its rank shows only after the quorum has scored."""
    if ranked.section is Section.UNSCORED:
        return f"{ranked.scorer_count} of {ranked.quorum} have scored"
    if ranked.section is Section.HELD:
        return "held"
    if ranked.section is Section.OUT_OF_SCOPE:
        return "moves none of our values"
    burning = overview.fires and ranked.section is Section.RANKED
    return f"rank {ranked.rank}" + (" · waits while something burns" if burning else "")


def _further_boards(boards: Sequence[HomeBoard]) -> list[block_kit.Part]:
    if not boards:
        return []
    names = ", ".join(f"#{board.overview.channel}" for board in boards)
    return [block_kit.quoted(f"You are also in {names}: type /roadmap there.")]


def _nudges(tab: Home) -> block_kit.Part:
    """Show whether reminders of missing scores are on, with a button to switch them."""
    status = "I remind you of missing scores at most once a week."
    button = block_kit.button("Stop reminding me", NUDGES, OFF)
    if not tab.wants_nudges:
        status = "I don't remind you of missing scores."
        button = block_kit.button("Remind me again", NUDGES, ON)
    return block_kit.Part(
        [block_kit.divider(), block_kit.note(status), block_kit.actions(button)], []
    )
