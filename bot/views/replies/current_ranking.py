"""The current ranking and its explanations, shown to one person."""

from collections.abc import Collection

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.board_overview import Overview
from bot.views.parts import board_overview
from domain.formatting import collapse_whitespace, format_impact
from domain.ranking.charter import Charter
from domain.ranking.explanation import FormatPerson, explain_divisor
from domain.ranking.ranking import RankedProject, Section

HOW_TO_SCORE = "To score it, click *Score* on its card."


def ranking(
    board: Overview,
    first: int = 1,
    committed: Collection[int] | None = None,
    quarter: str = "",
) -> block_kit.Message:
    """Show the ranking from the rank `first` on.

    `committed` are the numbers of the current quarter's projects, or None if it isn't committed.
    Then, if `quarter` names it, the reply says how to commit.
    """
    rows = board.in_rank_order[first - 1 :]
    return block_kit.message(
        [
            block_kit.heading(f"Ranking for #{board.channel}"),
            board_overview.fire_status(board),
            board_overview.ranking_table(board, rows, committed=committed),
            *board_overview.held(board),
            *board_overview.unscored(board),
            *board_overview.out_of_scope(board),
            block_kit.remark(
                "`/roadmap why 12` explains the rank of #12. `/roadmap help` lists all commands."
            ),
            *([_commit_next(quarter)] if quarter and rows and committed is None else []),
        ]
    )


def _commit_next(quarter: str) -> block_kit.Part:
    return block_kit.statement(
        f"Nothing is committed for {quarter} yet. `/roadmap plan` shows what fits, and stewards"
        " commit it with `/roadmap commit`."
    )


def why(
    board: Overview,
    ranked: RankedProject,
    person_name: FormatPerson | None = None,
    *,
    has_scored: bool = False,
) -> block_kit.Message:
    """Explain a project's placement: in words, and value by value.

    With `person_name`, the words may name people. `has_scored` tells whether the reader has scored
    the project: people who haven't learn how, while its results are hidden.
    """
    name = f"#{ranked.candidate.id} {collapse_whitespace(ranked.candidate.title)}"
    link = block_kit.link(board.links.get(ranked.candidate.id), name, bold=True)
    return block_kit.message(
        [
            block_kit.Part([block_kit.rich_text(link)], [escape(name)]),
            block_kit.statement(ranked.explain(person_name)),
            *(_by_value(ranked, board.charter) if ranked.results_visible else []),
            *([] if ranked.results_visible or has_scored else [block_kit.remark(HOW_TO_SCORE)]),
        ]
    )


def _by_value(ranked: RankedProject, charter: Charter) -> list[block_kit.Part]:
    """Show each value with an impact, and its weight, as a table."""
    rows = [
        (value, format_impact(ranked.impact[value.key]), f"{value.weight:g}")
        for value in charter.values
        if ranked.impact[value.key]
    ]
    if not rows:
        return []
    header = [[block_kit.text(name, bold=True)] for name in ("Value", "Impact", "Weight")]
    body = [
        [
            [block_kit.emoji(value.emoji), block_kit.text(f" {value.label}")],
            [block_kit.text(impact)],
            [block_kit.text(weight)],
        ]
        for value, impact, weight in rows
    ]
    lines = [f"{value.label}: impact {impact}, weight {weight}" for value, impact, weight in rows]
    return [
        block_kit.Part([block_kit.table([header, *body], right=(1, 2))], lines),
        *_divisor(ranked),
    ]


def _divisor(ranked: RankedProject) -> list[block_kit.Part]:
    """Say what the needle's divisor is, if the explanation shows a needle."""
    if ranked.section is Section.OUT_OF_SCOPE:
        return []
    return [block_kit.remark(explain_divisor(ranked.reasons.yardstick))]
