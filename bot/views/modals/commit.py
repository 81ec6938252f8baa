"""Forms with which a steward commits to a quarter, and changes it afterwards.

A group of checkboxes holds 10 options, and a menu holds 100 in each of its groups. So planned
projects are checkboxes in a few groups, and all others are in a menu.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import quantity, weeks
from bot.views.data.board_overview import Overview
from bot.views.parts import capacity
from bot.views.parts.quarter_plan import plan_hint
from domain.formatting import collapse_whitespace, join_with_and
from domain.planning.plan import Plan
from domain.ranking.ranking import RankedProject

COMMIT = "commit"
CHANGE = "change"
# https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
CHECKBOXES_PER_GROUP = 10
MAX_CHECKBOXES = 50  # For carried-over and for planned projects each. The menu holds the rest.
MAX_OFFERED = 300  # In the menu: Slack refuses a view with thousands of options.
MAX_REASON_LENGTH = 200

ADDED, REMOVED, REASON = "taken_in", "taken_out", "reason"
CARRIED_OVER, PLANNED, ADDITIONAL = "carried", "planned", "others"
NO_CHANGE_CHOSEN = "Choose a project to add or remove."
REASON_MISSING = "Give a reason. The roadmap shows it."


@dataclass(frozen=True)
class BoardQuarter:
    """A board's channel, and a quarter by its key and its label."""

    channel_id: str
    quarter: str
    label: str

    @property
    def metadata(self) -> dict[str, str]:
        return {"channel": self.channel_id, "quarter": self.quarter, "label": self.label}


@dataclass(frozen=True)
class ChangeSubmission:
    """A submitted change form. Project numbers are strings, as submitted."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    reason: str


def form(board: Overview, quarter: BoardQuarter, plan: Plan) -> dict[str, Any]:
    """Return the form with all planned projects ticked, and the others in a menu."""
    carried_over = [
        _option(board, number, f"{weeks(round(remaining, 1))} left")
        for number, remaining in plan.carried_over.items()
    ]
    planned = [_ranked_option(board, ranked) for ranked in plan.planned]
    without_checkbox = carried_over[MAX_CHECKBOXES:] + planned[MAX_CHECKBOXES:]
    others = without_checkbox + [_ranked_option(board, ranked) for ranked in plan.left_out]
    blocks = [
        *(block for part in capacity.capacity(plan.capacity, plan.budget) for block in part.blocks),
        block_kit.note("Untick what should wait, and add what shouldn't."),
        *(plan_hint(plan.hint).blocks if plan.hint else []),
        *_checkbox_fields(CARRIED_OVER, "Carried over", carried_over[:MAX_CHECKBOXES]),
        *_checkbox_fields(PLANNED, "Planned", planned[:MAX_CHECKBOXES]),
        *_menu(ADDITIONAL, "Add", others, selected_count=len(without_checkbox)),
        *_no_effort(plan),
    ]
    return modal.modal(
        f"Commit {quarter.label}",
        blocks,
        callback_id=COMMIT,
        submit="Commit",
        metadata=quarter.metadata,
    )


def parse_commit(view: dict[str, Any]) -> tuple[str, ...]:
    """Return the numbers of the projects to commit to, as strings."""
    entered = modal.input_values(view)
    names = (CARRIED_OVER, PLANNED, ADDITIONAL)
    groups = [values for name, values in entered.items() if name.partition("-")[0] in names]
    return tuple(dict.fromkeys(value for values in groups for value in values or ()))


def change_form(
    board: Overview, quarter: BoardQuarter, committed: Sequence[int], others: Sequence[int]
) -> dict[str, Any]:
    """Return the form to remove `committed` projects or add `others`, in the given order."""
    blocks = [
        *_menu(REMOVED, "Remove", [_option(board, number) for number in committed]),
        *_menu(ADDED, "Add", [_option(board, number) for number in others]),
        modal.field(
            "Reason",
            modal.text_input(REASON, min_length=3, max_length=MAX_REASON_LENGTH),
            hint="The roadmap shows it.",
        ),
    ]
    return modal.modal(
        f"Change {quarter.label}",
        blocks,
        callback_id=CHANGE,
        submit="Change",
        metadata=quarter.metadata,
    )


def parse_change(view: dict[str, Any]) -> ChangeSubmission:
    """Return the submitted changes. Raise InvalidInput without a project or a reason."""
    entered = modal.input_values(view)
    reason = collapse_whitespace(entered.get(REASON) or "")[:MAX_REASON_LENGTH]
    submission = ChangeSubmission(
        added=tuple(dict.fromkeys(entered.get(ADDED) or ())),
        removed=tuple(dict.fromkeys(entered.get(REMOVED) or ())),
        reason=reason,
    )
    if not submission.added and not submission.removed:
        block_id = ADDED if ADDED in entered else REMOVED
        raise modal.InvalidInput({block_id: NO_CHANGE_CHOSEN})
    if not reason:
        raise modal.InvalidInput({REASON: REASON_MISSING})
    return submission


def result(title: str, lines: Sequence[str]) -> dict[str, Any]:
    """Return the modal that replaces the form."""
    return modal.modal(title, [block_kit.section(line) for line in lines], close="Close")


def metadata_of(view: dict[str, Any]) -> Mapping[str, str]:
    """Return `channel` and `quarter`. The sender may have forged them."""
    return modal.metadata_of(view)


def _ranked_option(board: Overview, ranked: RankedProject) -> block_kit.Element:
    return _option(board, ranked.candidate.id, f"rank {ranked.rank} · {_effort(ranked)}")


def _effort(ranked: RankedProject) -> str:
    return weeks(ranked.candidate.effort_weeks)


def _option(board: Overview, number: int, description: str = "") -> block_kit.Element:
    option = {"text": block_kit.literal(board.name_of(number)), "value": f"{number}"}
    return option | {"description": block_kit.literal(description)} if description else option


def _checkbox_fields(
    name: str, label: str, options: Sequence[block_kit.Element]
) -> list[block_kit.Block]:
    """Return ticked checkboxes in groups. The first group has the plain label."""
    fields = []
    for start in range(0, len(options), CHECKBOXES_PER_GROUP):
        group = list(options[start : start + CHECKBOXES_PER_GROUP])
        element = {
            "type": "checkboxes",
            "action_id": f"{name}-{start // CHECKBOXES_PER_GROUP}",
            "options": group,
            "initial_options": group,
        }
        group_label = f"{label}, from number {start + 1}" if start else label
        fields.append(modal.field(group_label, element, optional=True))
    return fields


def _menu(
    action_id: str, label: str, options: Sequence[block_kit.Element], *, selected_count: int = 0
) -> list[block_kit.Block]:
    """Return a menu with the first `selected_count` options selected.

    A hint tells about options that don't fit.
    """
    if not options:
        return []
    offered = list(options[:MAX_OFFERED])
    element: block_kit.Element = {"type": "multi_static_select", "action_id": action_id}
    element["placeholder"] = block_kit.plain_text("Choose projects")
    if len(offered) <= modal.MAX_OPTIONS:
        element["options"] = offered
    else:
        element["option_groups"] = [
            {
                "label": block_kit.plain_text(
                    f"{start + 1} to {min(start + modal.MAX_OPTIONS, len(offered))}"
                ),
                "options": offered[start : start + modal.MAX_OPTIONS],
            }
            for start in range(0, len(offered), modal.MAX_OPTIONS)
        ]
    if selected_count:
        element["initial_options"] = offered[:selected_count][: modal.MAX_OPTIONS]
    hints = []
    if selected_count > modal.MAX_OPTIONS:
        hints.append(
            f"{selected_count - modal.MAX_OPTIONS} planned projects don't fit in this menu."
        )
    if unlisted_count := len(options) - len(offered):
        hints.append(f"Not listed: {quantity(unlisted_count, 'lower rank', 'lower ranks')}.")
    return [modal.field(label, element, optional=True, hint=" ".join(hints))]


def _no_effort(plan: Plan) -> list[block_kit.Block]:
    if not plan.unestimated:
        return []
    numbers = [f"#{ranked.candidate.id}" for ranked in plan.unestimated[:CHECKBOXES_PER_GROUP]]
    if len(plan.unestimated) > CHECKBOXES_PER_GROUP:
        numbers.append(f"{len(plan.unestimated) - CHECKBOXES_PER_GROUP} more")
    verb, pronoun = ("has", "it") if len(plan.unestimated) == 1 else ("have", "them")
    return [
        block_kit.note(
            f"{join_with_and(numbers)} {verb} no effort estimate, so I can't plan {pronoun}."
        )
    ]
