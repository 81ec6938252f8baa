"""The retrospective of a quarter: planned and shipped work, and the values that it moved."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import planned_weeks, quantity, weeks
from bot.views.data.board_overview import Overview
from bot.views.data.quarter import QuarterReview
from bot.views.parts import board_overview
from bot.views.parts.board_overview import MAX_LISTED
from bot.views.parts.roadmap_changes import MAX_REASON_LENGTH, changes
from bot.views.parts.software import ICON
from bot.views.posts.outcome import foresight
from domain.formatting import (
    collapse_whitespace,
    format_decimal,
    format_percent,
    format_signed,
    join_with_and,
    shorten,
)
from domain.planning.retrospective import QuarterProject, Retrospective, total_weeks

EMPTY_QUARTER = "Nothing was committed for this quarter, and nothing shipped."


def retrospective(review: QuarterReview) -> block_kit.Message:
    board, results = review.board, review.retrospective
    return block_kit.message(
        [
            block_kit.heading(f"Retrospective for #{board.channel} · {review.quarter}"),
            *([] if results.projects else [block_kit.statement(EMPTY_QUARTER)]),
            *_committed(results),
            *_time_to_ship(results),
            *_planned_share(results),
            *_needle_moved(board, results),
            *_toil(results),
            *_software(results),
            *foresight(review.foresight, board.charter),
            *_projects(board, "Shipped as planned", results.shipped_as_planned),
            *_projects(board, "Shipped outside the roadmap", results.shipped_unplanned),
            *_projects(
                board,
                "Still open (carried over)" if review.ended else "Still open",
                results.carried_over,
            ),
            *_projects(board, "Closed", results.closed),
            *changes("Changes and reasons", review.changes),
        ]
    )


def _committed(results: Retrospective) -> list[block_kit.Part]:
    if not results.committed:
        return []
    shipped = results.committed_and_shipped
    totals = (
        f"{len(shipped)} of {quantity(len(results.committed), 'project', 'projects')} shipped,"
        f" {total_weeks(shipped):g} of {weeks(total_weeks(results.committed))}"
    )
    return [block_kit.labeled("Committed", totals)]


def _time_to_ship(results: Retrospective) -> list[block_kit.Part]:
    days = results.median_days_to_ship
    if days is None:
        return []
    median = "1 day" if days == 1 else f"{days:g} days"
    return [block_kit.labeled("From start to ship", f"{median} (median)")]


def _planned_share(results: Retrospective) -> list[block_kit.Part]:
    """Show the share of time that toil left, beside the share that the commit planned with."""
    if results.planned_share is None:
        return []
    share = f"{format_percent(results.planned_share)} of working time was left after toil"
    if results.assumed_share is not None:
        share += f"; the plan assumed {format_percent(results.assumed_share)}"
    return [block_kit.labeled("Time for projects", share)]


def _needle_moved(board: Overview, results: Retrospective) -> list[block_kit.Part]:
    """Show how far the shipped projects moved the needle and each value, by their scores."""
    if not results.shipped:
        return []
    impact = results.impact
    moved_values = [value for value in board.charter.values if round(impact.get(value.key, 0.0), 1)]
    emoji_list = "   ".join(
        f":{value.emoji}: {format_signed(impact[value.key])}" for value in moved_values
    )
    words = join_with_and(
        [f"{value.label.lower()} {format_signed(impact[value.key])}" for value in moved_values]
    )
    needle = f"{format_decimal(results.needle)} in total for shipped projects"
    block = block_kit.section(f"*Needle*  {needle}" + (f"\n{emoji_list}" if emoji_list else ""))
    return [block_kit.Part([block], [f"Needle: {needle}" + (f"; {words}" if words else "")])]


def _toil(results: Retrospective) -> list[block_kit.Part]:
    if not results.toil_removed_per_month:
        return []
    removed = quantity(results.toil_removed_per_month, "occurrence", "occurrences")
    return [
        block_kit.labeled("Toil removed", f"about {removed} a month, according to the proposals")
    ]


def _software(results: Retrospective) -> list[block_kit.Part]:
    """Show the software balance, with the names of added and removed software."""
    if not results.software:
        return []
    balance = f"{results.software.summary}"
    entries = [
        (project.number, sign, text)
        for project in results.shipped
        for sign, text in (
            ("−", project.proposal.software_removed),
            ("+", project.proposal.software_added),
        )
        if text
    ]
    title = block_kit.Part(
        [block_kit.section(f"{ICON} *Software you run*  {balance}")],
        [f"Software you run: {balance}"],
    )
    lines = [
        f"{sign} {shorten(collapse_whitespace(text), MAX_REASON_LENGTH)} (#{number})"
        for number, sign, text in entries[:MAX_LISTED]
    ]
    names = block_kit.Part(
        [block_kit.bullets([[block_kit.text(line)] for line in lines])],
        [escape(line) for line in lines],
    )
    return [title, names]


def _projects(
    board: Overview, title: str, projects: Sequence[QuarterProject]
) -> list[block_kit.Part]:
    """List projects with their efforts. No command lists the same ones, so none is named."""
    rows = [
        (
            project.number,
            planned_weeks(project.effort_weeks) if project.effort_weeks else "",
        )
        for project in projects
    ]
    return board_overview.project_list(board, title, rows)
