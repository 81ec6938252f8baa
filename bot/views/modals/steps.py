"""The form to tick off a project's safe steps."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import steps_done
from domain.formatting import collapse_whitespace
from domain.projects.progress import Progress
from domain.projects.proposal import Proposal

CALLBACK = "steps"
GROUP = "steps"  # Followed by a number: Slack accepts ten checkboxes in a group.


@dataclass(frozen=True)
class Submission:
    """The steps, by index, that someone ticked and unticked."""

    channel_id: str
    project: str  # as `modal.project_of` returns it
    base_fingerprint: str  # of the proposal that the form showed
    done: frozenset[int]
    undone: frozenset[int]


def form(
    channel_id: str,
    number: int,
    proposal: Proposal,
    done: Collection[str],
    *,
    permanent_id: str,
) -> dict[str, Any]:
    ticked = [str(index) for index, step in enumerate(proposal.steps) if step in done]
    options = [
        block_kit.literal_option(step, str(index)) for index, step in enumerate(proposal.steps)
    ]
    groups = [
        modal.field(
            f"Steps {first + 1} to {min(first + modal.MAX_CHECKBOXES, len(options))}"
            if len(options) > modal.MAX_CHECKBOXES
            else "Steps",
            modal.checkboxes(
                f"{GROUP}{first}", options[first : first + modal.MAX_CHECKBOXES], ticked=ticked
            ),
            optional=True,
        )
        for first in range(0, len(options), modal.MAX_CHECKBOXES)
    ]
    return modal.modal(
        f"Steps for #{number}",
        [
            block_kit.rich_text(
                block_kit.text(f"#{number}  {collapse_whitespace(proposal.title)}", bold=True)
            ),
            block_kit.note(
                f"{steps_done(Progress.of(proposal.steps, done))}. Select the steps that are done."
            ),
            *groups,
        ],
        callback_id=CALLBACK,
        submit="Save",
        metadata={
            **modal.project_metadata(channel_id, number, permanent_id),
            "of": proposal.fingerprint,
            "ticked": ticked,
        },
    )


def parse(view: dict[str, Any]) -> Submission:
    """Return only this person's changes: someone else may have ticked another step meanwhile."""
    metadata = modal.metadata_of(view)
    entered = modal.input_values(view)
    groups = {name: indexes for name, indexes in entered.items() if name.startswith(GROUP)}
    after = frozenset(int(index) for indexes in groups.values() for index in indexes)
    before = frozenset(
        index for index in map(int, metadata.get("ticked", ())) if _group(index) in groups
    )
    return Submission(
        channel_id=str(metadata.get("channel", "")),
        project=modal.project_of(view),
        base_fingerprint=str(metadata.get("of", "")),
        done=after - before,
        undone=before - after,
    )


def _group(index: int) -> str:
    """Return the name of the checkboxes that have this step."""
    return f"{GROUP}{index - index % modal.MAX_CHECKBOXES}"
