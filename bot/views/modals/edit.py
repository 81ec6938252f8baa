"""The form to edit a project."""

from dataclasses import dataclass
from typing import Any

from bot.views.blocks import modal
from bot.views.modals import propose
from domain.formatting import collapse_whitespace
from domain.projects.proposal import Proposal

CALLBACK = "edit"
UNSET = "none"
# Names of a proposal's fields in the history, which doesn't quote the long ones.
FIELD_NAMES = {
    "title": "title",
    "summary": "description",
    "effort_weeks": "effort",
    "steps": "steps",
    "toil_source": "toil it removes",
    "toil_per_month": "toil per month",
    "software_added": "software it adds",
    "software_removed": "software it removes",
    "link": "link",
}
LONG_FIELDS = ("summary", "steps")


@dataclass(frozen=True)
class Submission:
    """A submitted form, with the fingerprint and the owner of the project that it showed."""

    channel_id: str
    project: str  # as `modal.project_of` returns it
    base_fingerprint: str
    owner: str | None
    base_owner: str | None


def form(
    channel_id: str,
    number: int,
    proposal: Proposal,
    owner: str | None = None,
    *,
    permanent_id: str,
) -> dict[str, Any]:
    return modal.modal(
        f"Edit #{number}",
        propose.inputs(propose.initial_values(proposal, owner)),
        callback_id=CALLBACK,
        submit="Save",
        metadata={
            **modal.project_metadata(channel_id, number, permanent_id),
            "edits": proposal.fingerprint,
            **({"owner": owner} if owner else {}),
        },
    )


def parse(view: dict[str, Any]) -> Submission:
    """Return the form without the proposal, which `propose.parse_proposal` returns."""
    metadata = modal.metadata_of(view)
    base_owner = metadata.get("owner")
    return Submission(
        channel_id=str(metadata.get("channel", "")),
        project=modal.project_of(view),
        base_fingerprint=str(metadata.get("edits", "")),
        owner=modal.input_values(view).get(propose.OWNER, base_owner),
        base_owner=base_owner,
    )


def changes(old: Proposal, new: Proposal) -> str:
    """Return an edit's changes, for the history: `effort: 2 → 3; steps`."""
    before, after = old.model_dump(), new.model_dump()
    return "; ".join(
        name
        if field in LONG_FIELDS
        else f"{name}: {_value_text(before[field])} → {_value_text(after[field])}"
        for field, name in FIELD_NAMES.items()
        if before[field] != after[field]
    )


def _value_text(value: str | float | None) -> str:
    if value is None or value == "":
        return UNSET
    return collapse_whitespace(value) if isinstance(value, str) else f"{value:g}"
