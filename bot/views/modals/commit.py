"""Forms with which a steward commits to a quarter, and changes it afterwards.

A group of checkboxes holds 10 options, and a menu holds 100 in each of its groups. So planned
projects are checkboxes in a few groups, and all others are in a menu.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import planned_weeks, quantity, weeks
from bot.views.data.board_overview import Overview
from bot.views.parts import capacity
from bot.views.parts.board_overview import SECTION_WORDS
from bot.views.parts.quarter_plan import plan_hint
from domain.formatting import collapse_whitespace, join_with_and
from domain.graphemes import cut
from domain.planning.capacity import Budget
from domain.planning.commitment import Commitment, CommittedProject, effort_in_roadmap
from domain.planning.plan import Plan
from domain.ranking.ranking import RankedProject, Section

COMMIT = "commit"
CHANGE = "change"
# https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
CHECKBOXES_PER_GROUP = 10
MAX_CHECKBOXES = 50  # For carried-over and for planned projects each. The menu holds the rest.
MAX_OFFERED = 300  # In the menu: Slack refuses a view with thousands of options.
MAX_REASON_LENGTH = 200

MAX_WARNINGS = 5
POST, ANNOUNCE, UNDO = "commit_post", "commit_announce", "commit_undo"

ADDED, REMOVED, REASON = "taken_in", "taken_out", "reason"
CHANGES = (ADDED, REMOVED)
CARRIED_OVER, PLANNED, ADDITIONAL = "carried", "planned", "others"
# The ids of everything in which the form's projects are chosen.
CHOICES = (
    *(
        f"{name}-{group}"
        for name in (CARRIED_OVER, PLANNED)
        for group in range(MAX_CHECKBOXES // CHECKBOXES_PER_GROUP)
    ),
    ADDITIONAL,
)
NO_CHANGE_CHOSEN = "Choose a project to add or remove."
REASON_MISSING = "Give a reason. The roadmap shows it."


@dataclass(frozen=True)
class BoardQuarter:
    """A board's channel, and a quarter by its key and its label."""

    channel_id: str
    quarter: str
    label: str

    @property
    def value(self) -> str:
        """The channel and the quarter, as a button's value."""
        return f"{self.channel_id}:{self.quarter}"

    @property
    def metadata(self) -> dict[str, str]:
        return {"channel": self.channel_id, "quarter": self.quarter, "label": self.label}


@dataclass(frozen=True)
class ChangeSubmission:
    """What a change form holds. Its projects are as submitted: see `Overview.numbers_of`."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reason: str = ""


def form(
    board: Overview, quarter: BoardQuarter, plan: Plan, chosen: Collection[int] | None = None
) -> dict[str, Any]:
    """Return the form with the chosen projects ticked, or all planned ones without a choice.

    Projects that aren't planned are in a menu. The capacity and the warnings are those of the
    choice.
    """
    preselected = [*plan.carried_over, *(ranked.candidate.id for ranked in plan.planned)]
    selected = frozenset(preselected if chosen is None else chosen)
    ticked = {board.permanent_ids[number] for number in selected}
    carried_over = [
        _option(board, number, _weeks_left(remaining, board.proposals[number].effort_weeks))
        for number, remaining in plan.carried_over.items()
    ]
    planned = [_ranked_option(board, ranked) for ranked in plan.planned]
    without_checkbox = carried_over[MAX_CHECKBOXES:] + planned[MAX_CHECKBOXES:]
    others = without_checkbox + [_ranked_option(board, ranked) for ranked in plan.left_out]
    blocks = [
        *_capacity(board, plan, selected),
        block_kit.note("Clear the checkboxes of projects that should wait, and add others."),
        *(plan_hint(plan.hint).blocks if plan.hint else []),
        *_checkbox_fields(CARRIED_OVER, "Carried over", carried_over[:MAX_CHECKBOXES], ticked),
        *_checkbox_fields(PLANNED, "Planned", planned[:MAX_CHECKBOXES], ticked),
        *_menu(ADDITIONAL, "Add", others, selected=ticked, dispatches=True),
        *map(block_kit.note, _not_offered(board, plan)),
    ]
    return modal.modal(
        f"Commit {quarter.label}",
        blocks,
        callback_id=COMMIT,
        submit="Commit",
        metadata=quarter.metadata,
    )


def _weeks_left(remaining: float, estimate: float | None) -> str:
    """Return what is left of a carried-over project. Without an estimate, `remaining` is 0."""
    if estimate is None and not remaining:
        return planned_weeks(None)
    return f"{planned_weeks(remaining)} left"


def _capacity(board: Overview, plan: Plan, selected: Collection[int]) -> list[block_kit.Block]:
    """Show the capacity with the selected projects committed, and warnings about them."""
    new = [
        ranked.candidate.effort_weeks or 0
        for ranked in plan.planned + plan.left_out
        if ranked.candidate.id in selected
    ]
    carried_over = {
        number: remaining for number, remaining in plan.carried_over.items() if number in selected
    }
    budget = Budget.of(plan.capacity, carried_over.values(), new)
    doubtful = [
        (ranked, carried_over[ranked.candidate.id])
        for ranked in board.ranking.projects
        if ranked.candidate.id in carried_over
    ]
    return _budget(capacity.capacity(plan.capacity, budget), budget, doubtful)


def _budget(
    parts: Sequence[block_kit.Part],
    budget: Budget,
    doubtful: Sequence[tuple[RankedProject, float]],
) -> list[block_kit.Block]:
    """Show a capacity's parts, and warnings about the budget and doubtful projects.

    `doubtful` has the projects that may have problems, with their engineer-weeks.
    """
    warnings = [
        *([f"That's {weeks(-budget.free)} over capacity."] if budget.free < 0 else []),
        *(
            f"#{ranked.candidate.id} {problem}."
            for ranked, effort in doubtful
            for problem in _problems(ranked, effort)
        ),
    ]
    return [
        *(block for part in parts for block in part.blocks),
        *(block_kit.section(f":warning: {warning}") for warning in warnings[:MAX_WARNINGS]),
    ]


def _problems(ranked: RankedProject, effort: float) -> list[str]:
    """Return why a carried-over or added project deserves a second look."""
    return [
        *(["is on hold: it hurts a number-one value"] if ranked.section is Section.HELD else []),
        *([] if ranked.results_visible else [SECTION_WORDS[Section.UNSCORED]]),
        *(
            ["has no effort estimate, so it counts as 0 weeks"]
            if ranked.candidate.effort_weeks is None and not effort
            else []
        ),
    ]


def parse_commit(view: dict[str, Any]) -> tuple[str, ...]:
    """Return the projects to commit to, as submitted: see `Overview.numbers_of`."""
    entered = modal.input_values(view)
    names = (CARRIED_OVER, PLANNED, ADDITIONAL)
    groups = [values for name, values in entered.items() if name.partition("-")[0] in names]
    return tuple(dict.fromkeys(value for values in groups for value in values or ()))


def change_form(
    board: Overview,
    quarter: BoardQuarter,
    commitment: Commitment,
    carried_over: Mapping[int, float],
    entered: ChangeSubmission = ChangeSubmission(),
    *,
    weeks_left: float | None = None,
    can_undo: bool = False,
) -> dict[str, Any]:
    """Return the form to remove open projects of the roadmap or add others, in rank order.

    It shows the capacity with the projects chosen so far. `carried_over` has the engineer-weeks
    that remain of the previous quarter's open projects, by number. `weeks_left` are what is left of
    the quarter. Slack keeps a typed reason when the form is redrawn. While nothing has changed
    since the commit, `can_undo` offers to undo all of it.
    """
    items = commitment.projects_by_number
    efforts = {
        number: effort_in_roadmap(items.get(number), board.proposals[number].effort_weeks)
        for number in commitment.current_numbers
    }
    committed, others = commitment.split(board.ranking)
    addable = {ranked.candidate.id: commitment.as_added(ranked, carried_over) for ranked in others}
    added, removed = (
        [ranked for ranked in offered if ranked.candidate.id in numbers]
        for offered, numbers in (
            (others, set(board.numbers_of(entered.added))),
            (committed, set(board.numbers_of(entered.removed))),
        )
    )
    blocks = [
        *_changed_capacity(commitment, efforts, addable, added, removed, weeks_left),
        *_menu(
            REMOVED,
            "Remove",
            [
                _described_option(board, ranked, efforts[ranked.candidate.id])
                for ranked in committed
            ],
            selected={board.permanent_ids[ranked.candidate.id] for ranked in removed},
            dispatches=True,
        ),
        *_menu(
            ADDED,
            "Add",
            [
                _described_option(
                    board,
                    ranked,
                    effort_in_roadmap(addable[ranked.candidate.id], ranked.candidate.effort_weeks),
                )
                for ranked in others
            ],
            selected={board.permanent_ids[ranked.candidate.id] for ranked in added},
            dispatches=True,
        ),
        modal.field(
            "Reason",
            modal.text_input(REASON, min_length=3, max_length=MAX_REASON_LENGTH),
            hint="Shown in the roadmap and its thread.",
        ),
        *([block_kit.actions(undo_button(quarter))] if can_undo else []),
    ]
    return modal.modal(
        f"Change {quarter.label}",
        blocks,
        callback_id=CHANGE,
        submit="Change",
        metadata=quarter.metadata,
    )


def _changed_capacity(
    commitment: Commitment,
    efforts: Mapping[int, float | None],
    addable: Mapping[int, CommittedProject],
    added: Sequence[RankedProject],
    removed: Sequence[RankedProject],
    weeks_left: float | None,
) -> list[block_kit.Block]:
    """Show the capacity of a roadmap after a change, and warnings about the added projects.

    `efforts` are the engineer-weeks of the roadmap's projects before the change, by number.
    `addable` are the others as the change would add them.
    """
    removed_numbers = {ranked.candidate.id for ranked in removed}
    kept = {number: effort for number, effort in efforts.items() if number not in removed_numbers}
    items = [addable[ranked.candidate.id] for ranked in added]
    new = {item.number: item.effort_weeks for item in items}
    budget = commitment.budget(kept | new, items)
    doubtful = [(ranked, new[ranked.candidate.id]) for ranked in added]
    parts = capacity.committed_capacity(commitment, budget, weeks_left)
    return _budget(parts, budget, doubtful)


def entered_change(view: dict[str, Any]) -> ChangeSubmission:
    """Return what a change form holds, complete or not."""
    entered = modal.input_values(view)
    return ChangeSubmission(
        added=tuple(dict.fromkeys(entered.get(ADDED) or ())),
        removed=tuple(dict.fromkeys(entered.get(REMOVED) or ())),
        reason=cut(collapse_whitespace(entered.get(REASON) or ""), MAX_REASON_LENGTH),
    )


def parse_change(view: dict[str, Any]) -> ChangeSubmission:
    """Return the submitted changes. Raise InvalidInput without a project or a reason."""
    submission = entered_change(view)
    if not submission.added and not submission.removed:
        block_id = ADDED if ADDED in modal.input_values(view) else REMOVED
        raise modal.InvalidInput({block_id: NO_CHANGE_CHOSEN})
    if not submission.reason:
        raise modal.InvalidInput({REASON: REASON_MISSING})
    return submission


def result(
    title: str, quarter: BoardQuarter, lines: Sequence[str], buttons: Sequence[block_kit.Element]
) -> dict[str, Any]:
    """Return the modal that replaces the form."""
    return modal.modal(
        title,
        [*map(block_kit.section, lines), *([block_kit.actions(*buttons)] if buttons else [])],
        close="Close",
        metadata=quarter.metadata,
    )


def post_button(quarter: BoardQuarter, channel: str) -> block_kit.Element:
    """Return the button that posts the roadmap to the channel with this name."""
    return block_kit.button(f"Post it to #{channel}", POST, quarter.value, primary=True)


def announce_button(quarter: BoardQuarter) -> block_kit.Element:
    """Return the button that tells the channel about a roadmap that is there already."""
    return block_kit.button("Announce it", ANNOUNCE, quarter.value, primary=True)


def undo_button(quarter: BoardQuarter) -> block_kit.Element:
    return block_kit.with_confirmation(
        block_kit.button("Undo commit", UNDO, quarter.value),
        f"Undo the {quarter.label} commit?",
        "If the roadmap is posted, I'll update it to show the current plan and say that you undid"
        " the commit.",
    )


def metadata_of(view: dict[str, Any]) -> Mapping[str, str]:
    """Return `channel` and `quarter`. The sender may have forged them."""
    return modal.metadata_of(view)


def _ranked_option(board: Overview, ranked: RankedProject) -> block_kit.Element:
    effort = planned_weeks(ranked.candidate.effort_weeks)
    return _option(board, ranked.candidate.id, f"rank {ranked.rank} · {effort}")


def _described_option(
    board: Overview, ranked: RankedProject, effort: float | None
) -> block_kit.Element:
    """Return an option that says where the project stands, and what it takes."""
    stands = f"rank {ranked.rank}" if ranked.rank else SECTION_WORDS[ranked.section]
    return _option(board, ranked.candidate.id, f"{stands} · {planned_weeks(effort)}")


def _option(board: Overview, number: int, description: str = "") -> block_kit.Element:
    option = block_kit.literal_option(board.name_of(number), board.permanent_ids[number])
    return option | {"description": block_kit.literal(description)} if description else option


def _checkbox_fields(
    name: str, label: str, options: Sequence[block_kit.Element], selected: Collection[str]
) -> list[block_kit.Block]:
    """Return checkboxes in groups, those of projects in `selected` ticked, by permanent id.

    The first group has the plain label.
    """
    fields = []
    for start in range(0, len(options), CHECKBOXES_PER_GROUP):
        group = list(options[start : start + CHECKBOXES_PER_GROUP])
        element: block_kit.Element = {
            "type": "checkboxes",
            "action_id": f"{name}-{start // CHECKBOXES_PER_GROUP}",
            "options": group,
        }
        if ticked := _selected_options(group, selected):
            element["initial_options"] = ticked
        group_label = f"{label}, {start + 1} to {start + len(group)}" if start else label
        fields.append(modal.field(group_label, element, optional=True, dispatches=True))
    return fields


def _menu(
    action_id: str,
    label: str,
    options: Sequence[block_kit.Element],
    *,
    selected: Collection[str] = (),
    dispatches: bool = False,
) -> list[block_kit.Block]:
    """Return a menu in which the projects in `selected` are selected, by permanent id.

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
    initial = _selected_options(offered, selected)
    if initial:
        element["initial_options"] = initial[: modal.MAX_OPTIONS]
    hints = []
    if (unselected_count := len(initial) - modal.MAX_OPTIONS) > 0:
        projects = quantity(unselected_count, "planned project isn't", "planned projects aren't")
        hints.append(f"{projects} selected, because I can select only {modal.MAX_OPTIONS} here.")
    if unlisted_count := len(options) - len(offered):
        more = quantity(unlisted_count, "lower-ranked project", "lower-ranked projects")
        hints.append(f"Not listed: {more}.")
    return [modal.field(label, element, optional=True, hint=" ".join(hints), dispatches=dispatches)]


def _selected_options(
    options: Sequence[block_kit.Element], selected: Collection[str]
) -> list[block_kit.Element]:
    return [option for option in options if option["value"] in selected]


def _not_offered(board: Overview, plan: Plan) -> list[str]:
    """Return which projects can't be committed to, why, and what to do."""
    needing_scores = board.ranking.in_section(Section.UNSCORED)
    on_hold = board.ranking.in_section(Section.HELD)
    groups = [
        (plan.unestimated, "no effort estimate", "Add an estimate with ⋯ → *Edit* on the card."),
        (needing_scores, SECTION_WORDS[Section.UNSCORED], "Click *Score* on the card."),
        (on_hold, SECTION_WORDS[Section.HELD], "Type `/roadmap why` and a number to see why."),
    ]
    return [
        f"Not listed ({reason}): {numbers}. {advice}"
        for ranked, reason, advice in groups
        if (numbers := _numbers(ranked, plan))
    ]


def _numbers(projects: Sequence[RankedProject], plan: Plan) -> str:
    """Return the numbers of projects that aren't carried over, as a list in words."""
    numbers = [
        f"#{ranked.candidate.id}"
        for ranked in projects
        if ranked.candidate.id not in plan.carried_over
    ]
    hidden_count = len(numbers) - CHECKBOXES_PER_GROUP
    more = [f"{hidden_count} more"] if hidden_count > 0 else []
    return join_with_and(numbers[:CHECKBOXES_PER_GROUP] + more)
