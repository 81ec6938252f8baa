"""Forms for a project's status and owner, and for the details that some changes need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.data.project_state import ProjectReference
from domain.formatting import collapse_whitespace
from domain.graphemes import cut
from domain.projects.lifecycle import (
    ASSIGNERS,
    RANKED_STATUSES,
    Role,
    Status,
    Transition,
    roles_for,
    transitions_from,
)

CALLBACK = "move"
DETAILS_CALLBACK = "move_words"
MOVE, REASON, HANDED_TO, INTO = "move", "reason", "handed_to", "into"
OWNER, CLAIM = "owner", "claim"
MINE, NOBODYS = "mine", "nobodys"
MAX_LENGTH = 500

MOVE_LABELS = {
    Transition.START: ("Start", "Work on it has begun."),
    Transition.SHIP: (
        "Ship",
        "It's done. The next digest thanks its owner and proposer.",
    ),
    Transition.MERGE: (
        "Merge into another project",
        "This project's votes count for the other project, once per person.",
    ),
    Transition.DROP: ("Drop", "The proposer no longer wants it."),
    Transition.DECLINE: ("Decline", "The team won't do it. I'll ask you for a reason."),
    Transition.HAND_OFF: (
        "Hand off",
        "Another team should do it. I'll ask you why, and which team.",
    ),
    Transition.REOPEN: ("Reopen", "It's open again and keeps its votes."),
}
NOT_STARTED_LABEL = ("Not started", "Work on it hasn't begun.")
DETAIL_MISSING = {REASON: "Give a reason.", HANDED_TO: "Say who should do it."}
# The changes that need details, with what the title of their form says before the number.
DETAILS_TITLES = {
    Transition.MERGE: "Merge",
    Transition.DECLINE: "Decline",
    Transition.HAND_OFF: "Hand off",
}
MOVES_WITH_DETAILS = frozenset(DETAILS_TITLES)


@dataclass(frozen=True)
class Submission:
    """A submitted form. Details that the form doesn't ask for are empty.

    `owner` is the chosen owner, and `base_owner` the one that the form showed. `claim` is "mine" if
    the person takes the project on, "nobodys" if nobody owns it anymore, or else "".
    """

    channel_id: str
    project: str  # as `modal.project_of` returns it
    move: Transition | None
    reason: str = ""
    handed_to: str = ""
    into: str = ""
    owner: str | None = None
    base_owner: str | None = None
    claim: str = ""


def form(
    channel_id: str,
    number: int,
    title: str,
    status: Status,
    *,
    roles: Collection[Role],
    owner: str | None = None,
    permanent_id: str,
) -> dict[str, Any]:
    """Return the form with what a person with these roles may change.

    Every member may take on a project that nobody owns.
    """
    return modal.modal(
        f"More actions: #{number}",
        [
            _title(number, title),
            *_status_field(status, roles),
            *(_owner_fields(roles, owner) if status in RANKED_STATUSES else []),
        ],
        callback_id=CALLBACK,
        submit="Save",
        metadata={
            **modal.project_metadata(channel_id, number, permanent_id),
            **({"owner": owner} if owner else {}),
        },
    )


def has_actions(status: Status, roles: Collection[Role], owner: str | None) -> bool:
    """Return whether the form has anything for a person with these roles."""
    may_claim = status in RANKED_STATUSES and owner is None
    return may_claim or bool(_moves(status, roles))


def _moves(status: Status, roles: Collection[Role]) -> list[Transition]:
    return [move for move in transitions_from(status) if roles_for(move, status) & {*roles}]


def _status_field(status: Status, roles: Collection[Role]) -> list[block_kit.Block]:
    choices = []
    for move in _moves(status, roles):
        label, description = (
            NOT_STARTED_LABEL
            if (move, status) == (Transition.REOPEN, Status.STARTED)
            else MOVE_LABELS[move]
        )
        choices.append(block_kit.option(label, move, description=description))
    if not choices:
        return []
    return [modal.field("Status", modal.radio_buttons(MOVE, choices), optional=True)]


def _owner_fields(roles: Collection[Role], owner: str | None) -> list[block_kit.Block]:
    may_choose = bool(ASSIGNERS & {*roles})
    fields = []
    if owner is None:
        claim = block_kit.option(
            "I'll own this", MINE, description="I make sure that it gets done."
        )
        fields.append(_claim_field(claim))
    elif may_choose:
        claim = block_kit.option(
            "Remove the owner", NOBODYS, description="The card will say: No owner."
        )
        fields.append(_claim_field(claim))
    if may_choose:
        select = modal.user_select(OWNER, initial=owner, placeholder="Who will do it?")
        hint = "A full member in this channel. The owner can start and ship the project."
        fields.append(modal.field("Or choose the owner", select, hint=hint, optional=True))
    return fields


def _claim_field(claim: block_kit.Element) -> block_kit.Block:
    return modal.field("Owner", modal.checkboxes(CLAIM, [claim], ticked=()), optional=True)


def details_form(
    channel_id: str,
    number: int,
    title: str,
    move: Transition,
    others: Sequence[ProjectReference],
    *,
    permanent_id: str,
) -> dict[str, Any]:
    """Return the form for the details of a change. `others` are open projects to merge into."""
    return modal.modal(
        f"{DETAILS_TITLES[move]} #{number}",
        [_title(number, title), *_questions(move, others)],
        callback_id=DETAILS_CALLBACK,
        submit="Save",
        metadata={
            **modal.project_metadata(channel_id, number, permanent_id),
            "move": move,
        },
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
        HANDED_TO, max_length=MAX_LENGTH, placeholder="The network team. Ask in #net."
    )
    return [reason, modal.field("Who should do it instead?", handed_to_input)]


def project_options(projects: Sequence[ProjectReference]) -> list[block_kit.Element]:
    """Return an option for each project, whose value is its permanent id."""
    return [block_kit.literal_option(project.name, project.permanent_id) for project in projects]


def nothing_to_merge_into(number: int) -> dict[str, Any]:
    explanation = f"No other project is open, so there's nothing to merge #{number} into."
    return modal.modal(
        f"{DETAILS_TITLES[Transition.MERGE]} #{number}",
        [block_kit.section(explanation)],
        close="Close",
    )


def parse(view: dict[str, Any]) -> Submission:
    """Return either submitted form. Raise InvalidInput if a detail is missing."""
    metadata, entered = modal.metadata_of(view), modal.input_values(view)
    chosen = entered.get(MOVE) or metadata.get("move")
    try:
        move = Transition(str(chosen)) if chosen else None
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
        project=modal.project_of(view),
        move=move,
        reason=cut(details.get(REASON, ""), MAX_LENGTH),
        handed_to=cut(details.get(HANDED_TO, ""), MAX_LENGTH),
        into=entered.get(INTO) or "",
        owner=entered.get(OWNER),
        base_owner=metadata.get("owner"),
        claim=next(iter(entered.get(CLAIM) or ()), ""),
    )


def _title(number: int, title: str) -> block_kit.Block:
    return block_kit.rich_text(
        block_kit.text(f"#{number}  {collapse_whitespace(title)}", bold=True)
    )
