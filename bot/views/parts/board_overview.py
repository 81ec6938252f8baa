"""Ranking tables and project lists, shared by digest, roadmap, and replies."""

from collections.abc import Mapping, Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import hurt_values, moved_values, quantity, value_names, weeks
from bot.views.data.board_overview import Overview
from domain.formatting import collapse_whitespace, format_decimal, shorten
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Section

# Slack accepts 100 rows in a table (https://docs.slack.dev/reference/block-kit/blocks/table-block),
# but only about 13,200 characters in all blocks together. This limit is undocumented and counts
# more than the visible text: see msg_blocks_too_long in slackapi/bolt-js issues 2509 and 2867.
# A row has a title and about 40 more characters, so a full digest stays below half of that.
MAX_ROWS = 25
MAX_LISTED = 5

NOTHING_RANKED = block_kit.statement(
    "Nothing is ranked yet. `/propose` a project, or score those that need it."
)
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
        return block_kit.remark(
            "No fire is burning: several values at once count extra.", ":sunny:"
        )
    blocks, text_lines = [], []
    for value in board.charter.values:
        if value.key in board.fires:
            sentence = f"{value.label} is burning."
            reason = shorten(collapse_whitespace(board.fires[value.key]), 200)
            bold_sentence = block_kit.text(f" {sentence} ", bold=True)
            blocks.append(
                block_kit.rich_text(
                    block_kit.emoji("fire"),
                    bold_sentence,
                    *([block_kit.text(reason)] if reason else []),
                )
            )
            text_lines.append(f"{sentence} {escape(reason)}".rstrip())
    order = _order_in_fire(board)
    return block_kit.Part([*blocks, block_kit.note(order)], [*text_lines, order])


def _order_in_fire(board: Overview) -> str:
    burning = len(board.ranking.in_section(Section.BURNING))
    if not burning:
        return "No ranked project helps with what's burning. `/propose` one."
    if burning == 1:
        first = "Rank 1 helps with what's burning, so it comes first"
    else:
        first = f"Ranks 1 to {burning} help with what's burning, so they come first"
    return f"{first}, whatever the needle. Everything else waits."


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


def ranking_table(
    board: Overview, rows: Sequence[RankedProject], previous_ranks: Mapping[str, int] | None = None
) -> block_kit.Part:
    """Show ranked projects as a table, with their movement if there is a previous digest."""
    if not rows:
        return NOTHING_RANKED
    shows_movement = previous_ranks is not None
    column_names = [
        "Rank",
        *(["Move"] if shows_movement else []),
        "Project",
        "Needle",
        "Moves",
        "Backers",
        "Weeks",
    ]
    number_columns = [
        column for column, name in enumerate(column_names) if name in ("Needle", "Backers", "Weeks")
    ]
    body = [
        [
            _rank_cell(ranked),
            *([[block_kit.text(movement(ranked, previous_ranks))]] if shows_movement else []),
            [card_link(board, ranked)],
            [block_kit.text(format_decimal(ranked.needle))],
            _moved_emoji(ranked, board.charter),
            [block_kit.text(f"{len(ranked.candidate.backers)}")],
            [block_kit.text(_effort(ranked))],
        ]
        for ranked in rows[:MAX_ROWS]
    ]
    header_row = [[block_kit.text(name, bold=True)] for name in column_names]
    blocks = [block_kit.table([header_row, *body], right=number_columns)]
    text_lines = [_row_text(board, ranked, previous_ranks) for ranked in rows[:MAX_ROWS]]
    if len(rows) > MAX_ROWS:
        command = f"`/roadmap from {rows[MAX_ROWS].rank}` for you alone"
        more = f"and {len(rows) - MAX_ROWS} more: {command}"
        return block_kit.Part([*blocks, block_kit.note(more)], [*text_lines, more])
    return block_kit.Part(blocks, text_lines)


def _row_text(
    board: Overview, ranked: RankedProject, previous_ranks: Mapping[str, int] | None
) -> str:
    """Return a row in words: `2. #1 Retire the NAT box: needle 13.3, up 1, moves cost, 3 backers,
    …`.
    """
    movement_text = movement_in_words(movement(ranked, previous_ranks))
    facts = [
        f"needle {format_decimal(ranked.needle)}",
        *([movement_text] if movement_text else []),
        f"moves {value_names(ranked.moved, board.charter) or 'none'}",
        quantity(len(ranked.candidate.backers), "backer", "backers"),
        weeks(ranked.candidate.effort_weeks),
    ]
    return f"{ranked.rank}. {escape(board.name(ranked))}: {', '.join(facts)}"


def held(board: Overview) -> list[block_kit.Part]:
    """List held projects, with the number-one values that they hurt."""
    rows = [
        (ranked, f"hurts {_hurt_names(board, ranked)}")
        for ranked in board.ranking.in_section(Section.HELD)
    ]
    return ranked_list(board, "Held until they no longer hurt", rows)


def unscored(board: Overview) -> list[block_kit.Part]:
    """List projects below the quorum with their backers, but without results."""
    rows = [
        (
            ranked,
            f"{ranked.scorer_count} of {board.charter.quorum} have scored"
            f" · {quantity(len(ranked.candidate.backers), 'backer', 'backers')}",
        )
        for ranked in board.ranking.in_section(Section.UNSCORED)
    ]
    return ranked_list(board, "Needs your score", rows)


def out_of_scope(board: Overview) -> list[block_kit.Part]:
    rows = [(ranked, "") for ranked in board.ranking.in_section(Section.OUT_OF_SCOPE)]
    return ranked_list(board, "Moves none of our values", rows)


def ranked_list(
    board: Overview, title: str, rows: Sequence[tuple[RankedProject, str]]
) -> list[block_kit.Part]:
    """Show a title and a short list of ranked projects with a note each, or nothing if there are
    none.
    """
    return project_list(board, title, [(ranked.candidate.id, note) for ranked, note in rows])


def project_list(
    board: Overview, title: str, rows: Sequence[tuple[int, str]]
) -> list[block_kit.Part]:
    """Show a title and a short list of projects with a note each, or nothing if there are none."""
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
        [block_kit.section(f"*{title}*"), block_kit.bullets(items)], [f"{title}:", *text_lines]
    )
    more = (
        [block_kit.remark(f"and {len(rows) - MAX_LISTED} more")] if len(rows) > MAX_LISTED else []
    )
    return [list_part, *more]


def _hurt_names(board: Overview, ranked: RankedProject) -> str:
    return value_names([value.key for value in hurt_values(ranked, board.charter)], board.charter)


def _rank_cell(ranked: RankedProject) -> list[block_kit.Inline]:
    """Return the rank, marked if the project comes first because of a fire."""
    if ranked.section is Section.BURNING:
        return [block_kit.emoji("fire"), block_kit.text(f" {ranked.rank}")]
    return [block_kit.text(f"{ranked.rank}")]


def _moved_emoji(ranked: RankedProject, charter: Charter) -> list[block_kit.Inline]:
    """Return the emoji of the values moved, or a dash: Slack refuses an empty cell."""
    return [block_kit.emoji(value.emoji) for value in moved_values(ranked, charter)] or [
        block_kit.text("–")
    ]


def _effort(ranked: RankedProject) -> str:
    return "?" if ranked.candidate.effort_weeks is None else f"{ranked.candidate.effort_weeks:g}"
