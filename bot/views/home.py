"""The Home tab: what waits for a person, their projects, and their boards, or how to start."""

from collections.abc import Sequence
from typing import Any

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day, quantity, value_names
from bot.views.data.board_overview import Overview
from bot.views.data.home import Home, HomeBoard
from bot.views.parts import board_overview
from bot.views.parts.quarter_progress import SEE_ROADMAP, quarter_progress
from domain.formatting import format_decimal, format_scorers
from domain.ranking.ranking import RankedProject, Section

PROPOSE = "home_propose"
SCORE = "home_score"
SETTINGS = "home_settings"
NUDGES = "home_nudges"
HELP = "home_help"
ON, OFF = "on", "off"

MAX_TOP = 5
MAX_BOARDS = 4  # Slack accepts 100 blocks in a view; a board takes up to about 20.

PURPOSE = (
    "I help a team decide what to work on, based on its values. In the team's channel, people"
    " propose, score and back projects. I post a digest of the ranking every week and a roadmap"
    " every quarter."
)
GETTING_STARTED = (
    "*To start*, type `/invite @Needle` in your team's channel. Then propose your first project"
    " with `/propose`."
)
NO_BOARD_OF_YOURS = (
    "*None of your channels uses Needle yet.* Join your team's channel, or type"
    " `/invite @Needle` in it."
)


def home(tab: Home) -> dict[str, Any]:
    board_parts = [part for board in tab.boards[:MAX_BOARDS] for part in _board(board)]
    parts = [
        *(board_parts or _getting_started(tab)),
        *_further_boards(tab.boards[MAX_BOARDS:]),
        *_settings(tab),
    ]
    return {"type": "home", "blocks": [block for part in parts for block in part.blocks]}


def _getting_started(tab: Home) -> list[block_kit.Part]:
    return [
        block_kit.heading("Choose work by your values"),
        block_kit.statement(PURPOSE),
        block_kit.statement(NO_BOARD_OF_YOURS if tab.workspace_has_boards else GETTING_STARTED),
    ]


def _board(board: HomeBoard) -> list[block_kit.Part]:
    overview = board.overview
    return [
        block_kit.heading(f"#{overview.channel}"),
        board_overview.fire_status(overview),
        block_kit.statement(_waiting(board)),
        block_kit.Part([_buttons(board)], []),
        *_own_projects(overview, "You own", board.owned),
        *_own_projects(overview, "You proposed", board.proposed),
        *_top_projects(overview),
        *_quarter(board),
        *_pause(board),
    ]


def _waiting(board: HomeBoard) -> str:
    """Return what waits for the person, or that nothing does."""
    waiting = []
    if board.unscored_count:
        projects_need = quantity(board.unscored_count, "project needs", "projects need")
        waiting.append(f"{projects_need} your score.")
    if board.draft_to_answer:
        waiting.append("A charter draft needs your answer: `/roadmap charter` links to it.")
    return f"*Waiting for you*  {' '.join(waiting)}" if waiting else "Nothing is waiting for you."


def _buttons(board: HomeBoard) -> block_kit.Block:
    score = block_kit.button("Score next", SCORE, board.channel_id, primary=True)
    settings = block_kit.button("Settings", SETTINGS, board.channel_id)
    return block_kit.actions(
        *([score] if board.unscored_count else []),
        block_kit.button("Propose a project", PROPOSE, board.channel_id),
        *([settings] if board.is_steward else []),
    )


def _own_projects(
    overview: Overview, title: str, projects: Sequence[RankedProject]
) -> list[block_kit.Part]:
    rows = [(ranked, _placement(overview, ranked)) for ranked in projects]
    return board_overview.ranked_list(overview, title, rows, "/roadmap list mine")


def _top_projects(overview: Overview) -> list[block_kit.Part]:
    """List the first projects with their ranks. Home has no tables."""
    top, total = overview.in_rank_order[:MAX_TOP], len(overview.in_rank_order)
    if not top:
        return [board_overview.nothing_ranked(overview)]
    lines: list[block_kit.Inline] = []
    text_lines = []
    for ranked in top:
        facts = _facts(overview, ranked)
        line_break = [block_kit.text("\n")] if lines else []
        link = board_overview.card_link(overview, ranked)
        lines += [*line_break, block_kit.text(f"{ranked.rank}.  "), link, block_kit.text(facts)]
        text_lines.append(f"{ranked.rank}. {escape(overview.name(ranked))}{facts}")
    title = "Top of the ranking"
    part = block_kit.Part(
        [block_kit.section(f"*{title}*"), block_kit.rich_text(*lines)], [f"{title}:", *text_lines]
    )
    more = f"and {total - MAX_TOP} more: `/roadmap`"
    return [part, block_kit.remark(more)] if total > MAX_TOP else [part]


def _facts(overview: Overview, ranked: RankedProject) -> str:
    helped = value_names(ranked.moved, overview.charter) or "no value"
    facts = [f"needle {format_decimal(ranked.needle)}", f"helps {helped}"]
    return f"  {' · '.join([*facts, *board_overview.early_scorers(ranked)])}"


def _placement(overview: Overview, ranked: RankedProject) -> str:
    """Return where the project is. Its rank shows only when its results do."""
    if not ranked.results_visible:
        return format_scorers(ranked.scorer_count, ranked.quorum)
    return " · ".join(
        [*_placement_in_words(overview, ranked), *board_overview.early_scorers(ranked)]
    )


def _placement_in_words(overview: Overview, ranked: RankedProject) -> list[str]:
    if ranked.rank is None:
        return [board_overview.SECTION_WORDS[ranked.section]]
    waits = overview.fires and ranked.section is Section.RANKED
    return [f"rank {ranked.rank}", *(["waits while something is burning"] if waits else [])]


def _quarter(board: HomeBoard) -> list[block_kit.Part]:
    """Show the quarter's progress or, once there is a ranking, how to commit."""
    if board.progress is not None:
        return [quarter_progress(board.progress), block_kit.remark(SEE_ROADMAP)]
    if not board.overview.in_rank_order:
        return []
    how = (
        "`/roadmap plan` shows what fits, and `/roadmap commit` commits it."
        if board.is_steward
        else "`/roadmap plan` shows what fits, and stewards commit it with `/roadmap commit`."
    )
    return [block_kit.statement(f"Nothing is committed for {board.quarter} yet. {how}")]


def _pause(board: HomeBoard) -> list[block_kit.Part]:
    if board.paused_until is None:
        return []
    return [block_kit.remark(f"Digests are paused until {day(board.paused_until)}.")]


def _further_boards(boards: Sequence[HomeBoard]) -> list[block_kit.Part]:
    if not boards:
        return []
    names = ", ".join(f"#{board.overview.channel}" for board in boards)
    return [block_kit.quoted(f"Your other boards: {names}. Type /roadmap there.")]


def _settings(tab: Home) -> list[block_kit.Part]:
    """Show whether reminders are on, with a button to switch them, and the button for help."""
    help_button = block_kit.button("Help", HELP, "help")
    if not tab.boards:
        return [block_kit.Part([block_kit.actions(help_button)], [])]
    status = "I remind you about missing scores at most once a week."
    switch = block_kit.button("Stop reminding me", NUDGES, OFF)
    if not tab.wants_nudges:
        status = "I won't remind you about missing scores."
        switch = block_kit.button("Remind me again", NUDGES, ON)
    blocks = [block_kit.divider(), block_kit.note(status), block_kit.actions(switch, help_button)]
    return [block_kit.Part(blocks, [])]
