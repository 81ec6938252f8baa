"""The forms with which a steward commits to a quarter, and changes what it holds afterwards.

A group of checkboxes takes 10 options, a menu 100 in each of its groups: what is planned is ticked
in a few groups of boxes, all the rest is chosen from a menu.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import counted, weeks
from bot.views.data.board_overview import Overview
from bot.views.parts.quarter_plan import better
from domain.formatting import one_line
from domain.planning.plan import Plan
from domain.ranking.ranking import Ranked

COMMIT = "commit"
CHANGE = "change"
# https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
BOXES = 10
BOXED = 50  # of each kind; what is planned beyond these is chosen in the menu
MOST_OFFERED = 300  # of the menu: a form of thousands would be larger than Slack takes
LONGEST_REASON = 200

TAKEN_IN, TAKEN_OUT, REASON = "taken_in", "taken_out", "reason"
CARRIED, PLANNED, OTHERS = "carried", "planned", "others"
NOTHING_CHOSEN = "Choose what comes in or goes out."
NO_REASON = "Say why: everyone will read it on the roadmap."


@dataclass(frozen=True)
class About:
    """The board's channel and the quarter, as it is written and as people say it."""

    channel_id: str
    quarter: str
    label: str

    @property
    def metadata(self) -> dict[str, str]:
        return {"channel": self.channel_id, "quarter": self.quarter, "label": self.label}


@dataclass(frozen=True)
class Changed:
    """A filled form of changes; the projects' numbers as they came."""

    taken_in: tuple[str, ...]
    taken_out: tuple[str, ...]
    reason: str


def form(board: Overview, about: About, plan: Plan) -> dict[str, Any]:
    """All that the plan holds is ticked; what it leaves out can be added."""
    carried = [
        _choice(board, number, f"{weeks(round(left, 1))} left")
        for number, left in plan.carried_over.items()
    ]
    planned = [_ranked(board, ranked) for ranked in plan.taken]
    unboxed = carried[BOXED:] + planned[BOXED:]
    others = unboxed + [_ranked(board, ranked) for ranked in plan.left_out]
    left = f"{plan.used:g} engineer-weeks are planned, in rank order."
    blocks = [
        block_kit.section(f"*Capacity*  {plan.capacity.arithmetic}"),
        block_kit.note(f"{left} You decide: untick what shall wait, add what shall not."),
        *(better(plan.hint).blocks if plan.hint else []),
        *_boxes(CARRIED, "Carried over", carried[:BOXED]),
        *_boxes(PLANNED, "Planned", planned[:BOXED]),
        *_menu(OTHERS, "Add", others, chosen=len(unboxed)),
        *_no_effort(plan),
    ]
    return modal.modal(
        f"Commit {about.label}",
        blocks,
        callback_id=COMMIT,
        submit="Commit",
        metadata=about.metadata,
    )


def chosen(view: dict[str, Any]) -> tuple[str, ...]:
    """The numbers, as they came, of the projects that are to be committed to."""
    entered = modal.typed(view)
    names = (CARRIED, PLANNED, OTHERS)
    groups = [values for name, values in entered.items() if name.partition("-")[0] in names]
    return tuple(dict.fromkeys(value for values in groups for value in values or ()))


def change_form(
    board: Overview, about: About, held: Sequence[int], others: Sequence[int]
) -> dict[str, Any]:
    """`held` can go out, `others` come in; both in the order in which they are offered."""
    blocks = [
        *_menu(TAKEN_OUT, "Goes out", [_choice(board, number) for number in held]),
        *_menu(TAKEN_IN, "Comes in", [_choice(board, number) for number in others]),
        modal.field(
            "Why",
            modal.text_input(REASON, shortest=3, longest=LONGEST_REASON),
            hint="Everyone reads it on the roadmap.",
        ),
    ]
    return modal.modal(
        f"Change {about.label}",
        blocks,
        callback_id=CHANGE,
        submit="Change",
        metadata=about.metadata,
    )


def changed(view: dict[str, Any]) -> Changed:
    """The form as submitted. Raises `forms.Unacceptable` with what to say under which field."""
    entered = modal.typed(view)
    reason = one_line(entered.get(REASON) or "")[:LONGEST_REASON]
    found = Changed(
        taken_in=tuple(dict.fromkeys(entered.get(TAKEN_IN) or ())),
        taken_out=tuple(dict.fromkeys(entered.get(TAKEN_OUT) or ())),
        reason=reason,
    )
    if not found.taken_in and not found.taken_out:
        offered = TAKEN_IN if TAKEN_IN in entered else TAKEN_OUT
        raise modal.Unacceptable({offered: NOTHING_CHOSEN})
    if not reason:
        raise modal.Unacceptable({REASON: NO_REASON})
    return found


def done(title: str, told: Sequence[str]) -> dict[str, Any]:
    """What takes the form's place."""
    return modal.modal(title, [block_kit.section(line) for line in told], close="Close")


def about_of(view: dict[str, Any]) -> Mapping[str, str]:
    """`channel` and `quarter`, which whoever sent it may have edited."""
    return modal.metadata_of(view)


def _ranked(board: Overview, ranked: Ranked) -> block_kit.Element:
    return _choice(board, ranked.project.id, f"rank {ranked.rank} · {_effort(ranked)}")


def _effort(ranked: Ranked) -> str:
    return weeks(ranked.project.effort_weeks)


def _choice(board: Overview, number: int, word: str = "") -> block_kit.Element:
    option = {"text": block_kit.literal(board.name_of(number)), "value": f"{number}"}
    return option | {"description": block_kit.literal(word)} if word else option


def _boxes(name: str, label: str, options: Sequence[block_kit.Element]) -> list[block_kit.Block]:
    """Ticked. The label stands over the first group."""
    fields = []
    for start in range(0, len(options), BOXES):
        some = list(options[start : start + BOXES])
        element = {
            "type": "checkboxes",
            "action_id": f"{name}-{start // BOXES}",
            "options": some,
            "initial_options": some,
        }
        more = f"{label}, from the {start + 1}th" if start else label
        fields.append(modal.field(more, element, optional=True))
    return fields


def _menu(
    action_id: str, label: str, options: Sequence[block_kit.Element], *, chosen: int = 0
) -> list[block_kit.Block]:
    """A menu of several; the first `chosen` are chosen. What it can't hold it says."""
    if not options:
        return []
    offered = list(options[:MOST_OFFERED])
    element: block_kit.Element = {"type": "multi_static_select", "action_id": action_id}
    element["placeholder"] = block_kit.plain("Choose projects")
    if len(offered) <= modal.OPTIONS:
        element["options"] = offered
    else:
        element["option_groups"] = [
            {
                "label": block_kit.plain(
                    f"{start + 1} to {min(start + modal.OPTIONS, len(offered))}"
                ),
                "options": offered[start : start + modal.OPTIONS],
            }
            for start in range(0, len(offered), modal.OPTIONS)
        ]
    if chosen:
        element["initial_options"] = offered[:chosen][: modal.OPTIONS]
    hints = []
    if chosen > modal.OPTIONS:
        hints.append(f"{chosen - modal.OPTIONS} of the plan could not be chosen here.")
    if beyond := len(options) - len(offered):
        hints.append(f"{counted(beyond, 'more ranks', 'more rank')} below these.")
    return [modal.field(label, element, optional=True, hint=" ".join(hints))]


def _no_effort(plan: Plan) -> list[block_kit.Block]:
    if not plan.no_effort:
        return []
    numbers = ", ".join(f"#{ranked.project.id}" for ranked in plan.no_effort[:BOXES])
    more = " and more" if len(plan.no_effort) > BOXES else ""
    return [block_kit.note(f"No effort is given for {numbers}{more}: so they can't be planned.")]
