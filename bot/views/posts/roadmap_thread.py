"""Replies in a roadmap's thread: its commit, and what changed since."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity
from bot.views.data.people import someone
from bot.views.data.quarter import CommittedRoadmap, RoadmapUpdate
from bot.views.parts import capacity
from domain.formatting import collapse_whitespace


def announcement(roadmap: CommittedRoadmap) -> block_kit.Message:
    """Say that a quarter is committed. The channel sees it too, so it says whose roadmap it is."""
    projects = quantity(len(roadmap.rows), "project", "projects")
    return block_kit.message(
        [
            block_kit.statement(
                f":calendar: {someone(roadmap.commitment.committed_by)} committed"
                f" the {roadmap.quarter} roadmap: {projects}."
            ),
            block_kit.remark(f"{capacity.summary(roadmap.budget)} (all in engineer-weeks)"),
        ]
    )


def change(update: RoadmapUpdate) -> block_kit.Message:
    """Say what a steward added and removed, and why."""
    [first, *_] = update.changes
    reason = collapse_whitespace(first.reason)
    return block_kit.message(
        [
            block_kit.statement(
                f":calendar: {someone(first.changed_by)} changed the {update.quarter} roadmap."
            ),
            *_projects("In", update, added=True),
            *_projects("Out", update, added=False),
            block_kit.Part(
                [block_kit.rich_text(block_kit.text("Why: ", bold=True), *block_kit.typed(reason))],
                [f"Why: {escape(reason)}"],
            ),
        ]
    )


def _projects(label: str, update: RoadmapUpdate, *, added: bool) -> list[block_kit.Part]:
    """List the projects that came in or went out, or nothing if there are none."""
    changed = [item for item in update.changes if item.added is added]
    names: Sequence[block_kit.Inline] = [
        part
        for item in changed
        for part in (
            block_kit.text(", "),
            block_kit.link(update.board.links.get(item.number), update.board.name_of(item.number)),
        )
    ][1:]
    if not changed:
        return []
    text = ", ".join(update.board.name_of(item.number) for item in changed)
    return [
        block_kit.Part(
            [block_kit.rich_text(block_kit.text(f"{label}: ", bold=True), *names)],
            [f"{label}: {escape(text)}"],
        )
    ]
