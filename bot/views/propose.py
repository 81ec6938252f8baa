"""The form to propose a project."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.views import forms, kit
from bot.views.text import one_line
from values.proposal import Proposal

CALLBACK = "propose"
BOARD = "board"

# What to say under a field, by the proposal's own field.
EXPECTED = {
    "title": "A title takes 3 to 150 characters.",
    "summary": "Say it in 10 to 2000 characters.",
    "effort_weeks": "Effort is between 0.5 and 26 engineer-weeks.",
    "steps": "At most 20 steps, one a line.",
    "toil_source": "At most 100 characters.",
    "toil_per_month": "A whole number of times a month, from 1 to 10000.",
    "software_added": "At most 150 characters.",
    "software_removed": "At most 150 characters.",
}


@dataclass(frozen=True)
class Submission:
    """A filled form: the channel whose board it is for, and the proposal."""

    channel_id: str
    proposal: Proposal
    elsewhere: bool  # it was typed outside the board's channel


def form(
    title: str, boards: Sequence[tuple[str, str]], *, elsewhere: bool = False
) -> dict[str, Any]:
    """The form, for one of the boards, (channel id, name) pairs; a choice only if there is one."""
    blocks = [
        board_choice(boards),
        forms.field(
            "Title",
            forms.text_input("title", shortest=3, longest=150, initial=one_line(title)),
        ),
        forms.field(
            "What will be better, and for whom?",
            forms.text_input("summary", shortest=10, longest=2000, multiline=True),
        ),
        forms.field(
            "Effort in engineer-weeks",
            forms.number_input("effort_weeks", least="0.5", most="26", decimal=True),
            optional=True,
        ),
        forms.field(
            "Small safe steps, one a line",
            forms.text_input("steps", longest=3000, multiline=True),
            hint="Ambitious projects ship as a series of small, safe steps.",
            optional=True,
        ),
        forms.field(
            "Toil it removes",
            forms.text_input("toil_source", longest=100, placeholder="pages from db-primary"),
            optional=True,
        ),
        forms.field(
            "… how many times a month?",
            forms.number_input("toil_per_month", least="1", most="10000", decimal=False),
            optional=True,
        ),
        forms.field(
            "Software it removes", forms.text_input("software_removed", longest=150), optional=True
        ),
        forms.field(
            "Software it adds",
            forms.text_input("software_added", longest=150),
            hint="Could blocks that we already run do it?",
            optional=True,
        ),
    ]
    known = {"channel": boards[0][0]} if len(boards) == 1 else {}
    return forms.modal(
        "Propose a project",
        blocks,
        callback_id=CALLBACK,
        submit="Propose",
        metadata={**known, "elsewhere": elsewhere},
    )


def board_choice(boards: Sequence[tuple[str, str]]) -> kit.Block:
    """Which board it is for, or a line that says so if there is only one."""
    if len(boards) == 1:
        return kit.context(kit.literal(f"For #{boards[0][1]}"))
    choices = [kit.option(f"#{name}", channel) for channel, name in boards[: forms.OPTIONS]]
    hint = "Not here? Use it in its channel." if len(boards) > forms.OPTIONS else ""
    return forms.field("Board", forms.select(BOARD, choices, placeholder="Choose"), hint=hint)


def parse(view: dict[str, Any]) -> Submission:
    """The form as submitted. Raises `forms.Unacceptable` with what to say under which field."""
    entered, known = forms.typed(view), forms.metadata_of(view)
    channel = entered.pop(BOARD, None) or known.get("channel")
    fields = {name: entered.get(name) for name in EXPECTED if entered.get(name) is not None}
    fields["steps"] = _steps(entered.get("steps") or "")
    try:
        proposal = Proposal.model_validate(fields)
    except ValidationError as error:
        raise forms.Unacceptable(forms.expected(EXPECTED, error)) from error
    if not channel:
        raise forms.Unacceptable({BOARD: "Choose the board that it is for."})
    return Submission(channel_id=channel, proposal=proposal, elsewhere=known["elsewhere"])


def proposed(number: int, title: str, board: str) -> dict[str, Any]:
    """What takes the form's place where its card can't be seen."""
    blocks = [
        kit.rich(kit.words(f"#{number}  {one_line(title)}", bold=True)),
        kit.rich(kit.words(f"It is proposed in #{board}; its card appears there in a moment.")),
    ]
    return forms.modal("Proposed", blocks, close="Close")


def _steps(text: str) -> list[str]:
    """One a line, without the bullets that people type."""
    lines = (re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", line).strip() for line in text.splitlines())
    return [line for line in lines if line]
