"""The retrospective of a quarter: planned against shipped, and what it moved."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity, weeks
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
from domain.planning.retrospective import QuarterProject, Retrospective
from domain.planning.retrospective import total_weeks as weeks_of
from domain.toil.ledger import DEFAULT_PLANNED_SHARE

EMPTY_QUARTER = "Nothing was committed for this quarter, and nothing shipped."


def retrospective(review: QuarterReview) -> block_kit.Message:
    board, seen = review.board, review.retrospective
    return block_kit.message(
        [
            block_kit.heading(f"Retrospective of #{board.channel} · {review.quarter}"),
            *([] if seen.projects else [block_kit.statement(EMPTY_QUARTER)]),
            *_planned(seen),
            *_share(seen),
            *_moved(board, seen),
            *_toil(seen),
            *_software(seen),
            *foresight(review.foresight, board.charter),
            *board_overview.project_list(
                board, "Shipped as planned", _efforts(seen.shipped_as_planned)
            ),
            *board_overview.project_list(
                board, "Shipped without being planned", _efforts(seen.shipped_unplanned)
            ),
            *board_overview.project_list(
                board, "Still open, carried over", _efforts(seen.carried_over)
            ),
            *board_overview.project_list(board, "Closed", _efforts(seen.closed)),
            *changes("Changes, and why", review.changes),
        ]
    )


def _planned(seen: Retrospective) -> list[block_kit.Part]:
    if not seen.committed:
        return []
    kept = seen.committed_and_shipped
    told = (
        f"{len(kept)} of {quantity(len(seen.committed), 'project', 'projects')} shipped,"
        f" {round(weeks_of(kept), 1):g} of {weeks(round(weeks_of(seen.committed), 1))}"
    )
    return [block_kit.labeled("Committed", told)]


def _share(seen: Retrospective) -> list[block_kit.Part]:
    """Show the share of planned work beside the share that a team can aim for."""
    if seen.planned_share is None:
        return []
    told = (
        f"{format_percent(round(seen.planned_share, 2))} of the time;"
        f" {format_percent(DEFAULT_PLANNED_SHARE)} is the aim"
    )
    return [block_kit.labeled("Planned work", told)]


def _moved(board: Overview, seen: Retrospective) -> list[block_kit.Part]:
    """Show how far the shipped projects moved the needle and each value, by their scores."""
    if not seen.shipped:
        return []
    moved = seen.impact
    known = [value for value in board.charter.values if round(moved.get(value.key, 0.0), 1)]
    shown = "   ".join(f":{value.emoji}: {format_signed(moved[value.key])}" for value in known)
    said = join_with_and(
        [f"{value.label.lower()} {format_signed(moved[value.key])}" for value in known]
    )
    needle = f"by {format_decimal(seen.needle)} in all"
    block = block_kit.section(f"*Needle moved*  {needle}" + (f"\n{shown}" if shown else ""))
    return [block_kit.Part([block], [f"Needle moved: {needle}" + (f"; {said}" if said else "")])]


def _toil(seen: Retrospective) -> list[block_kit.Part]:
    if not seen.toil_removed_per_month:
        return []
    times = quantity(seen.toil_removed_per_month, "interrupt", "interrupts")
    return [block_kit.labeled("Toil removed", f"about {times} a month, according to the projects")]


def _software(seen: Retrospective) -> list[block_kit.Part]:
    """Show the software balance, and what came and went by name."""
    if not seen.software:
        return []
    told = f"{seen.software.summary}"
    named_ones = [
        (work.number, sign, text)
        for work in seen.shipped
        for sign, text in (
            ("−", work.proposal.software_removed),
            ("+", work.proposal.software_added),
        )
        if text
    ]
    title = block_kit.Part(
        [block_kit.section(f"{ICON} *Software to run*  {told}")], [f"Software to run: {told}"]
    )
    lines = [
        f"{sign} {shorten(collapse_whitespace(text), MAX_REASON_LENGTH)} (#{number})"
        for number, sign, text in named_ones[:MAX_LISTED]
    ]
    names = block_kit.Part(
        [block_kit.bullets([[block_kit.text(line)] for line in lines])],
        [escape(line) for line in lines],
    )
    return [title, names]


def _efforts(works: Sequence[QuarterProject]) -> list[tuple[int, str]]:
    return [
        (work.number, weeks(round(work.effort_weeks, 1)) if work.effort_weeks else "")
        for work in works
    ]
