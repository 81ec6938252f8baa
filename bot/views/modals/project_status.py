"""Forms for a project's status, and for the details that some changes need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.data.project_state import ProjectReference
from domain.formatting import collapse_whitespace
from domain.projects.lifecycle import Status, Transition, requires_steward, transitions_from

CALLBACK = "move"
DETAILS_CALLBACK = "move_words"
MOVE, REASON, HANDED_TO, INTO = "move", "reason", "handed_to", "into"
MAX_LENGTH = 500

MOVE_LABELS = {
    Transition.START: ("Start", "Work on it has begun."),
    Transition.SHIP: (
        "Ship",
        "It's done. The next digest thanks everyone who backed or scored it.",
    ),
    Transition.MERGE: ("Merge into another", "Its votes and scores count there, once per person."),
    Transition.DROP: ("Drop", "The proposer no longer wants it."),
    Transition.DECLINE: ("Decline", "The team won't do it. You give a reason."),
    Transition.HAND_OFF: ("Out of scope", "Another team should do it. You say why, and who."),
    Transition.REOPEN: ("Reopen", "It's ranked again with its votes and scores."),
}
NOT_STARTED_LABEL = ("Not started", "Work on it hasn't begun.")
DETAIL_MISSING = {REASON: "Give a reason.", HANDED_TO: "Say who should do it."}
MOVES_WITH_DETAILS = frozenset({Transition.MERGE, Transition.DECLINE, Transition.HAND_OFF})


@dataclass(frozen=True)
class Submission:
    """A submitted form. Details that the form doesn't ask for are empty."""

    channel_id: str
    number: str
    move: Transition
    reason: str = ""
    handed_to: str = ""
    into: str = ""


def form(
    channel_id: str, number: int, title: str, status: Status, *, steward: bool
) -> dict[str, Any]:
    """Return the form with the status changes that this person may make."""
    moves = [
        move for move in transitions_from(status) if steward or not requires_steward(move, status)
    ]
    choices = []
    for move in moves:
        label = (
            NOT_STARTED_LABEL
            if (move, status) == (Transition.REOPEN, Status.STARTED)
            else MOVE_LABELS[move]
        )
        choices.append(block_kit.option(label[0], move, description=label[1]))
    return modal.modal(
        f"Status of #{number}",
        [
            _title(number, title),
            modal.field("New status", modal.radio_buttons(MOVE, choices)),
        ],
        callback_id=CALLBACK,
        submit="Continue",
        metadata={"channel": channel_id, "number": number},
    )


def details_form(
    channel_id: str, number: int, title: str, move: Transition, others: Sequence[ProjectReference]
) -> dict[str, Any]:
    """Return the form for the details of a change. `others` are open projects to merge into."""
    return modal.modal(
        f"{MOVE_LABELS[move][0]}: #{number}",
        [_title(number, title), *_questions(move, others)],
        callback_id=DETAILS_CALLBACK,
        submit="Save",
        metadata={"channel": channel_id, "number": number, "move": move},
    )


def _questions(move: Transition, others: Sequence[ProjectReference]) -> list[block_kit.Block]:
    if move is Transition.MERGE:
        select = modal.select(INTO, project_options(others), placeholder="Choose")
        if len(others) > modal.MAX_OPTIONS:
            select = modal.external_select(INTO, placeholder="Type its number or part of its title")
        return [modal.field("Merge into", select)]
    reason = modal.field("Reason", modal.text_input(REASON, max_length=MAX_LENGTH, multiline=True))
    if move is Transition.DECLINE:
        return [reason]
    handed_to_input = modal.text_input(
        HANDED_TO, max_length=MAX_LENGTH, placeholder="The network team takes it: ask in #net."
    )
    return [reason, modal.field("Who should do it instead?", handed_to_input)]


def project_options(projects: Sequence[ProjectReference]) -> list[block_kit.Element]:
    return [block_kit.literal_option(project.name, str(project.number)) for project in projects]


def nothing_to_merge_into(number: int) -> dict[str, Any]:
    explanation = f"No other project is open, so there's nothing to merge #{number} into."
    return modal.modal("Merge into another", [block_kit.section(explanation)], close="Close")


def parse(view: dict[str, Any]) -> Submission:
    """Return either submitted form. Raise InvalidInput if a detail is missing."""
    metadata, entered = modal.metadata_of(view), modal.input_values(view)
    try:
        move = Transition(str(entered.get(MOVE) or metadata.get("move")))
    except ValueError:
        raise modal.InvalidInput({MOVE: "Choose a status."}) from None
    details = {
        name: (entered[name] or "").strip() for name in (REASON, HANDED_TO) if name in entered
    }
    errors = {name: DETAIL_MISSING[name] for name, text in details.items() if not text}
    if INTO in entered and not entered[INTO]:
        errors[INTO] = "Choose the project to merge into."
    if errors:
        raise modal.InvalidInput(errors)
    return Submission(
        channel_id=str(metadata.get("channel", "")),
        number=str(metadata.get("number", "")),
        move=move,
        reason=details.get(REASON, "")[:MAX_LENGTH],
        handed_to=details.get(HANDED_TO, "")[:MAX_LENGTH],
        into=entered.get(INTO) or "",
    )


def _title(number: int, title: str) -> block_kit.Block:
    return block_kit.rich_text(
        block_kit.text(f"#{number}  {collapse_whitespace(title)}", bold=True)
    )
