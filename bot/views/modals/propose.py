"""The form to propose a project."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from bot.views.blocks import block_kit, modal
from bot.views.data.project_state import ProjectReference
from bot.views.parts.project_state import card_link
from domain.formatting import collapse_whitespace, is_blank
from domain.projects.proposal import Proposal

CALLBACK = "propose"
BOARD = "board"
MAX_SIMILAR = 3
MAX_TITLE_LENGTH = 150
NO_VALUES: Mapping[str, str] = MappingProxyType({})

# Messages for invalid input, by the proposal's field.
ERRORS = {
    "title": "Use 3 to 150 characters.",
    "summary": "Use 10 to 2000 characters.",
    "effort_weeks": "Enter a number from 0.5 to 26.",
    "steps": "Enter at most 20 steps, one per line.",
    "toil_source": "Use at most 100 characters.",
    "toil_per_month": "Enter a whole number from 1 to 10000.",
    "software_added": "Use at most 150 characters.",
    "software_removed": "Use at most 150 characters.",
    "link": "Enter a full web address, such as https://example.com/PLAT-412.",
}
OWNER = "owner"


@dataclass(frozen=True)
class Submission:
    """A submitted form: the channel of the board, the proposal, and who does it."""

    channel_id: str
    proposal: Proposal
    owner: str | None
    elsewhere: bool  # The command was typed outside the board's channel.
    similar: tuple[int, ...] = ()  # numbers of the similar projects that the form showed


def form(
    title: str,
    boards: Sequence[tuple[str, str]],
    *,
    elsewhere: bool = False,
    initial: Mapping[str, str] = NO_VALUES,
    similar: Sequence[ProjectReference] = (),
) -> dict[str, Any]:
    """Return the form for one of `boards`, (channel id, name) pairs, with a choice if there are
    several.

    `initial` fills the inputs; `similar` are open projects with much the same title.
    """
    blocks = [
        *_similar(similar),
        board_field(boards),
        *inputs({"title": collapse_whitespace(title), **initial}),
    ]
    metadata = {"channel": boards[0][0]} if len(boards) == 1 else {}
    similar_metadata = {"alike": [project.number for project in similar]} if similar else {}
    return modal.modal(
        "Propose a project",
        blocks,
        callback_id=CALLBACK,
        submit="Propose anyway" if similar else "Propose",
        metadata={**metadata, "elsewhere": elsewhere, **similar_metadata},
    )


def long_title(typed: str) -> dict[str, str]:
    """Return the summary. It keeps a title that is too long for its input."""
    title = collapse_whitespace(typed)
    return {"summary": title} if len(title) > MAX_TITLE_LENGTH else {}


def _similar(projects: Sequence[ProjectReference]) -> list[block_kit.Block]:
    """Show similar projects, once.

    One project with all votes is better than two projects with half of them.
    """
    if not projects:
        return []
    return [
        block_kit.section(":eyes: *Is it one of these?* If so, back or score that one instead."),
        block_kit.bullets([[card_link(project)] for project in projects]),
    ]


def inputs(initial: Mapping[str, str]) -> list[block_kit.Block]:
    """Return a proposal's inputs, with their initial values."""

    def text(name: str, **limits: Any) -> block_kit.Element:
        return modal.text_input(name, initial=initial.get(name, ""), **limits)

    def number(name: str, **limits: Any) -> block_kit.Element:
        return modal.number_input(name, initial=initial.get(name, ""), **limits)

    return [
        modal.field("Title", text("title", min_length=3, max_length=MAX_TITLE_LENGTH)),
        modal.field(
            "What gets better, and for whom?",
            text("summary", min_length=10, max_length=2000, multiline=True),
        ),
        modal.field(
            "Effort in engineer-weeks",
            number("effort_weeks", min_value="0.5", max_value="26", decimal=True),
            optional=True,
        ),
        modal.field(
            "Owner",
            modal.user_select(
                OWNER, initial=initial.get(OWNER) or None, placeholder="Who will do it?"
            ),
            hint="A full member in the board's channel. Leave this empty if there's no owner yet.",
            optional=True,
        ),
        modal.field(
            "Link to an issue, document or pull request",
            modal.url_input(
                "link",
                initial=initial.get("link", ""),
                placeholder="https://example.com/PLAT-412",
            ),
            optional=True,
        ),
        modal.field(
            "Small safe steps, one per line",
            text("steps", max_length=3000, multiline=True),
            hint="Ambitious projects ship as a series of small, safe steps.",
            optional=True,
        ),
        modal.field(
            "Toil it removes",
            text("toil_source", max_length=100, placeholder="pages from db-primary"),
            optional=True,
        ),
        modal.field(
            "How many times a month does that toil happen?",
            number("toil_per_month", min_value="1", max_value="10000", decimal=False),
            optional=True,
        ),
        modal.field("Software it removes", text("software_removed", max_length=150), optional=True),
        modal.field(
            "Software it adds",
            text("software_added", max_length=150),
            hint="Could software that you already run do the job?",
            optional=True,
        ),
    ]


def initial_values(proposal: Proposal, owner: str | None) -> dict[str, str]:
    """Return a proposal and its owner as their inputs show them."""
    texts = {
        name: f"{value:g}" if isinstance(value, float) else str(value)
        for name, value in proposal.model_dump(exclude={"steps"}).items()
        if value is not None
    }
    return texts | {"steps": "\n".join(proposal.steps), OWNER: owner or ""}


def board_field(boards: Sequence[tuple[str, str]]) -> block_kit.Block:
    """Return a select of boards, or a line with the name of the only board."""
    if len(boards) == 1:
        return block_kit.context(block_kit.literal(f"For #{boards[0][1]}"))
    choices = [
        block_kit.option(f"#{name}", channel) for channel, name in boards[: modal.MAX_OPTIONS]
    ]
    hint = (
        "Not listed? Run the command in that board's channel."
        if len(boards) > modal.MAX_OPTIONS
        else ""
    )
    return modal.field("Board", modal.select(BOARD, choices, placeholder="Choose"), hint=hint)


def parse(view: dict[str, Any]) -> Submission:
    """Return the submitted form. Raise InvalidInput if a field is invalid."""
    metadata = modal.metadata_of(view)
    proposal = parse_proposal(view)
    channel = modal.input_values(view).get(BOARD) or metadata.get("channel")
    if not channel:
        raise modal.InvalidInput({BOARD: "Choose a board."})
    return Submission(
        channel_id=channel,
        proposal=proposal,
        owner=modal.input_values(view).get(OWNER),
        elsewhere=metadata["elsewhere"],
        similar=tuple(metadata.get("alike", ())),
    )


def parse_proposal(view: dict[str, Any], stored: Proposal | None = None) -> Proposal:
    """Return the proposal in the inputs. Fields that the view lacks come from `stored`.

    Raise InvalidInput if a field is invalid.
    """
    entered = modal.input_values(view)
    kept = stored.model_dump(exclude=set(entered)) if stored else {}
    fields = {name: entered[name] for name in ERRORS if entered.get(name) is not None}
    if "steps" in entered:
        fields["steps"] = _steps(entered["steps"] or "")
    try:
        return Proposal.model_validate(kept | fields)
    except ValidationError as error:
        raise modal.InvalidInput(modal.field_errors(ERRORS, error)) from error


def confirmation(number: int, title: str, board: str) -> dict[str, Any]:
    """Return the modal that replaces the form where the card can't be seen."""
    blocks = [
        block_kit.rich_text(block_kit.text(f"#{number}  {collapse_whitespace(title)}", bold=True)),
        block_kit.rich_text(
            block_kit.text(f"Proposed in #{board}. Its card will appear there in a moment.")
        ),
    ]
    return modal.modal("Proposed", blocks, close="Close")


def _steps(text: str) -> list[str]:
    """Return a step for each line, without typed bullets and without duplicates."""
    lines = (re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line).strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if not is_blank(line)))
