"""Ranking tables and project lists, shared by digest, roadmap, and replies."""

from collections.abc import Collection, Mapping, Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import hurt_values, moved_values, quantity, value_names
from bot.views.data.board_overview import Overview
from domain.formatting import (
    collapse_whitespace,
    format_decimal,
    format_scored_by,
    format_scorers,
    shorten,
)
from domain.ranking.ranking import RankedProject, Section

# Slack accepts 100 rows in a table (https://docs.slack.dev/reference/block-kit/blocks/table-block),
# but only about 13,200 characters in all blocks together. This limit is undocumented and counts
# more than the visible text: see msg_blocks_too_long in slackapi/bolt-js issues 2509 and 2867.
# A row has a title and about 40 more characters, so a full digest stays below half of that.
MAX_ROWS = 25
MAX_LISTED = 5

# Shows the section and the numbers of every open project.
EXPORT = "/roadmap export"

# How texts name the sections whose projects have no rank.
SECTION_WORDS = {
    Section.UNSCORED: "needs scores",
    Section.HELD: "on hold",
    Section.OUT_OF_SCOPE: "out of scope",
}
# Movement signs in words, for a message's text.
MOVEMENT_WORDS = {"▲": "up ", "▼": "down ", "=": "as before", "–": ""}


def card_link(board: Overview, ranked: RankedProject) -> block_kit.Inline:
    """Return the project's name, linked to its card if that is posted."""
    return card_link_to(board, ranked.candidate.id)


def card_link_to(board: Overview, number: int) -> block_kit.Inline:
    """Return the name of the project with that number, linked to its card if that is posted."""
    return block_kit.link(board.links.get(number), board.name_of(number))


def fire_status(board: Overview) -> block_kit.Part:
    """Show the fires and how they affect the order, or that there is none."""
    if not board.fires:
        bonus = " Projects that help several values get a bonus, which a fire would suspend."
        return block_kit.remark(
            f"No fires.{bonus if board.charter.breadth_bonus else ''}", ":sunny:"
        )
    blocks, text_lines = [], []
    for value in board.charter.values:
        if value.key in board.fires:
            reason = shorten(collapse_whitespace(board.fires[value.key]), 200)
            announcement = f"{value.label} is burning{':' if reason else '.'}"
            blocks.append(
                block_kit.rich_text(
                    block_kit.emoji("fire"),
                    block_kit.text(f" {announcement} ", bold=True),
                    *(block_kit.typed(reason) if reason else []),
                )
            )
            text_lines.append(f"{announcement} {escape(reason)}".rstrip())
    order = _order_in_fire(board)
    return block_kit.Part([*blocks, block_kit.note(order)], [*text_lines, order])


def _order_in_fire(board: Overview) -> str:
    burning = len(board.ranking.in_section(Section.BURNING))
    if not burning:
        return "No ranked project helps with what's burning. Propose one with `/propose`."
    if burning == 1:
        first = "The project at rank 1 helps with what's burning, so it comes first"
    else:
        first = f"The projects at ranks 1 to {burning} help with what's burning, so they come first"
    return f"{first} regardless of the needle. Everything else waits."


def movement(ranked: RankedProject, previous_ranks: Mapping[str, int] | None) -> str:
    """Return the movement since the previous digest: `▲2`, `▼1`, `new`, `=`, or `–` if unknown.

    `previous_ranks` maps project numbers to ranks.
    """
    if previous_ranks is None or ranked.rank is None:
        return "–"
    previous_rank = previous_ranks.get(str(ranked.candidate.id))
    if previous_rank is None:
        return "new"
    climbed = previous_rank - ranked.rank
    if climbed == 0:
        return "="
    return f"▲{climbed}" if climbed > 0 else f"▼{-climbed}"


def movement_in_words(signs: str) -> str:
    """Return a movement in words, for a message's text."""
    for sign, word in MOVEMENT_WORDS.items():
        signs = signs.replace(sign, word)
    return signs


def nothing_ranked(board: Overview) -> block_kit.Part:
    """Explain why the ranking is empty, and what to do next."""
    waiting = len(board.ranking.in_section(Section.UNSCORED))
    if waiting:
        projects_need = quantity(waiting, "project needs", "projects need")
        reason = f"{projects_need} scores. Click *Score* on a card."
    elif board.ranking.projects:
        reason = "All projects are on hold or out of scope. Propose another one with `/propose`."
    else:
        reason = "No project is open. Propose one with `/propose`."
    return block_kit.statement(f"Nothing is ranked yet. {reason}")


def ranking_table(
    board: Overview,
    rows: Sequence[RankedProject],
    previous_ranks: Mapping[str, int] | None = None,
    committed: Collection[int] | None = None,
) -> block_kit.Part:
    """Show ranked projects as a table.

    `previous_ranks` maps project numbers to the ranks in the previous digest: without it, no
    movement shows. `committed` are the numbers of the quarter's projects: None, if no quarter is
    committed, leaves the column out.
    """
    if not rows:
        return nothing_ranked(board)
    visible_rows, hidden_rows = rows[:MAX_ROWS], rows[MAX_ROWS:]
    header_row = [
        [block_kit.text(name, bold=True)]
        for name in ("Rank", "Project", "Needle", *(["Plan"] if committed is not None else []))
    ]
    body = [
        [
            _rank_cell(ranked, previous_ranks),
            project_cell(board, ranked),
            [block_kit.text(format_decimal(ranked.needle))],
            *([_commitment_cell(ranked, committed)] if committed is not None else []),
        ]
        for ranked in visible_rows
    ]
    more = [_more_ranks(hidden_rows)] if hidden_rows else []
    return block_kit.Part(
        [
            block_kit.table([header_row, *body], right=[2], fixed=[0, 3]),
            *map(block_kit.note, more),
        ],
        [*[_row_text(board, ranked, previous_ranks, committed) for ranked in visible_rows], *more],
        "/roadmap",
    )


def _more_ranks(rows: Sequence[RankedProject]) -> str:
    return f"and {len(rows)} more: `/roadmap from {rows[0].rank}`"


def _row_text(
    board: Overview,
    ranked: RankedProject,
    previous_ranks: Mapping[str, int] | None,
    committed: Collection[int] | None,
) -> str:
    """Return a row in words: `2. #1 Retire the NAT box: up 1, needle 13.3, helps cost, 3 backers,
    3 weeks, committed`.
    """
    facts = [
        movement_in_words(visible_movement(ranked, previous_ranks)),
        f"needle {format_decimal(ranked.needle)}",
        project_facts(board, ranked),
        _commitment_in_words(ranked, committed),
    ]
    return f"{ranked.rank}. {escape(board.name(ranked))}: {', '.join(filter(None, facts))}"


def project_facts(board: Overview, ranked: RankedProject) -> str:
    """Return what `project_cell` shows under the name: `helps cost, 3 backers, 3 weeks`."""
    return ", ".join(
        [
            f"helps {value_names(ranked.moved, board.charter) or 'no value'}",
            quantity(len(ranked.candidate.backers), "backer", "backers"),
            _effort(ranked),
            *early_scorers(ranked),
        ]
    )


def early_scorers(ranked: RankedProject) -> list[str]:
    """Return how many have scored a project whose results show before the quorum, or nothing."""
    if not ranked.revealed_early:
        return []
    return [format_scored_by(ranked.scorer_count, ranked.quorum)]


def _commitment_in_words(ranked: RankedProject, committed: Collection[int] | None) -> str:
    if committed is None:
        return ""
    return "committed" if ranked.candidate.id in committed else "not committed"


def held(board: Overview) -> list[block_kit.Part]:
    """List projects on hold, with the number-one values that they hurt."""
    rows = [
        (ranked, " · ".join([f"hurts {_hurt_names(board, ranked)}", *early_scorers(ranked)]))
        for ranked in board.ranking.in_section(Section.HELD)
    ]
    return ranked_list(board, SECTION_WORDS[Section.HELD].capitalize(), rows, EXPORT)


def unscored(board: Overview) -> list[block_kit.Part]:
    """List projects below the quorum with their backers, but without results."""
    rows = [
        (
            ranked,
            f"{format_scorers(ranked.scorer_count, ranked.quorum)}"
            f" · {quantity(len(ranked.candidate.backers), 'backer', 'backers')}",
        )
        for ranked in board.ranking.in_section(Section.UNSCORED)
    ]
    return ranked_list(board, SECTION_WORDS[Section.UNSCORED].capitalize(), rows, EXPORT)


def out_of_scope(board: Overview) -> list[block_kit.Part]:
    """List projects that are out of scope."""
    rows = [
        (ranked, " · ".join(["helps none of your values", *early_scorers(ranked)]))
        for ranked in board.ranking.in_section(Section.OUT_OF_SCOPE)
    ]
    return ranked_list(board, SECTION_WORDS[Section.OUT_OF_SCOPE].capitalize(), rows, EXPORT)


def ranked_list(
    board: Overview,
    title: str,
    rows: Sequence[tuple[RankedProject, str]],
    command: str = "",
) -> list[block_kit.Part]:
    """Show a title and a short list of ranked projects with a note each, or nothing if there are
    none.

    `command` shows the projects that don't fit, if there is one.
    """
    notes = [(ranked.candidate.id, note) for ranked, note in rows]
    return project_list(board, title, notes, command)


def project_list(
    board: Overview, title: str, rows: Sequence[tuple[int, str]], command: str = ""
) -> list[block_kit.Part]:
    """Show a title and a short list of projects with a note each, or nothing if there are none.

    `command` shows the projects that don't fit, if there is one.
    """
    if not rows:
        return []
    listed = rows[:MAX_LISTED]
    items = [
        [card_link_to(board, number), *([block_kit.text(f"  {note}")] if note else [])]
        for number, note in listed
    ]
    text_lines = [
        escape(f"{board.name_of(number)}: {note}" if note else board.name_of(number))
        for number, note in listed
    ]
    list_part = block_kit.Part(
        [block_kit.section(f"*{title}*"), block_kit.bullets(items)],
        [f"{title}:", *text_lines],
        command,
    )
    hidden = len(rows) - MAX_LISTED
    more = f"and {hidden} more: `{command}`" if command else f"and {hidden} more"
    return [list_part, *([block_kit.remark(more)] if hidden > 0 else [])]


def _hurt_names(board: Overview, ranked: RankedProject) -> str:
    return value_names([value.key for value in hurt_values(ranked, board.charter)], board.charter)


def _rank_cell(
    ranked: RankedProject, previous_ranks: Mapping[str, int] | None
) -> list[block_kit.Inline]:
    """Return the rank and its movement, marked if the project comes first because of a fire."""
    cell = block_kit.text(f"{ranked.rank} {visible_movement(ranked, previous_ranks)}".rstrip())
    if ranked.section is Section.BURNING:
        return [block_kit.emoji("fire"), block_kit.text(" "), cell]
    return [cell]


def visible_movement(ranked: RankedProject, previous_ranks: Mapping[str, int] | None) -> str:
    """Return the movement, or an empty string if the rank is the same or was never shown."""
    signs = movement(ranked, previous_ranks)
    return "" if signs in ("=", "–") else signs


def project_cell(board: Overview, ranked: RankedProject) -> list[block_kit.Inline]:
    """Return the project's name and, on a second line, whom it helps and what it takes.

    Slack keeps the line break in a cell's rich text:
    https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
    """
    values = [block_kit.emoji(value.emoji) for value in moved_values(ranked, board.charter)]
    separator = [block_kit.text("  ")] if values else []
    facts = [f" {len(ranked.candidate.backers)}", _effort(ranked), *early_scorers(ranked)]
    return [
        card_link(board, ranked),
        block_kit.text("\n"),
        *values,
        *separator,
        block_kit.emoji("+1"),
        block_kit.text(" · ".join(facts)),
    ]


def _commitment_cell(ranked: RankedProject, committed: Collection[int]) -> list[block_kit.Inline]:
    return [block_kit.text("✓" if ranked.candidate.id in committed else "–")]


def _effort(ranked: RankedProject) -> str:
    """Return an effort as `3 weeks`, where it's clear that these are engineer-weeks."""
    effort = ranked.candidate.effort_weeks
    if effort is None:
        return "no estimate"
    return "1 week" if effort == 1 else f"{effort:g} weeks"
