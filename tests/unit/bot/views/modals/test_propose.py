"""Submitted propose forms."""

from typing import Any

import pytest

from bot.views.blocks.modal import InvalidInput
from bot.views.modals import propose
from domain.projects.proposal import Proposal
from tests.support.modal_input import answering, submitted

TITLE, SUMMARY = "Retire the last NAT box", "When it dies we are paged."
ONE_BOARD = [("C1", "ops")]
TWO_BOARDS = [("C1", "ops"), ("C2", "net")]


def form(**inputs: Any) -> dict[str, Any]:
    return submitted(propose.form(TITLE, ONE_BOARD), **{"summary": SUMMARY} | inputs)


def errors(view: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refusal:
        propose.parse(view)
    return refusal.value.errors


def submitted_proposal(**inputs: Any) -> Proposal:
    return propose.parse(form(**inputs)).proposal


def test_typed_title__is_filled_in() -> None:
    assert propose.parse(form()) == propose.Submission(
        "C1", Proposal(title=TITLE, summary=SUMMARY), owner=None, elsewhere=False
    )


def test_filled_form__sets_every_field() -> None:
    assert submitted_proposal(
        effort_weeks="4.5",
        steps="Move staging\nMove production",
        toil_source="pages",
        toil_per_month="6",
        software_added="a gateway",
        software_removed="keepalived",
        link="https://example.com/PLAT-412",
    ) == Proposal(
        title=TITLE,
        summary=SUMMARY,
        effort_weeks=4.5,
        steps=("Move staging", "Move production"),
        toil_source="pages",
        toil_per_month=6,
        software_added="a gateway",
        software_removed="keepalived",
        link="https://example.com/PLAT-412",
    )


def test_steps__lose_bullets_and_empty_lines() -> None:
    typed = "- one\n* two\n• three\n\n 4. four\n5) five\n  \n-six\n10 times seven\r\neight"
    assert submitted_proposal(steps=typed).steps == (
        ("one", "two", "three", "four", "five", "-six", "10 times seven", "eight")
    )


def test_repeated_step__is_kept_once() -> None:
    assert submitted_proposal(steps="Move staging\nDrain\n- Move staging").steps == (
        "Move staging",
        "Drain",
    )


def test_proposal__fills_the_form_again() -> None:
    proposal = submitted_proposal(
        effort_weeks="4.5", steps="one\ntwo", toil_per_month="6", toil_source="pages"
    )
    again = propose.form("", ONE_BOARD, initial=propose.initial_values(proposal, "U2"))
    submission = propose.parse(submitted(again))
    assert (submission.proposal, submission.owner) == (proposal, "U2")


def test_surrounding_space__is_stripped() -> None:
    assert submitted_proposal(title="  Rotate keys \n").title == "Rotate keys"


@pytest.mark.parametrize("elsewhere", [True, False])
def test_submission__tells_whether_typed_elsewhere(elsewhere: bool) -> None:  # noqa: FBT001
    view = propose.form(TITLE, ONE_BOARD, elsewhere=elsewhere)
    assert propose.parse(submitted(view, summary=SUMMARY)).elsewhere == elsewhere


def test_form_with_one_board__names_it() -> None:
    assert "For #ops" in str(propose.form(TITLE, ONE_BOARD)["blocks"][0])


def test_form_with_several_boards__requires_a_choice() -> None:
    view = propose.form(TITLE, TWO_BOARDS)
    chosen = submitted(view, summary=SUMMARY, board="C2")
    assert propose.parse(chosen).channel_id == "C2"
    assert errors(submitted(view, summary=SUMMARY)) == {"board": "Choose a board."}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", None),
        ("title", "no"),
        ("title", "   "),
        ("title", "x" * 151),
        ("summary", None),
        ("summary", "too short"),
        ("summary", "x" * 2001),
        ("effort_weeks", "-1"),
        ("effort_weeks", "0.4"),
        ("effort_weeks", "26.5"),
        ("effort_weeks", "nan"),
        ("effort_weeks", "inf"),
        ("effort_weeks", "soon"),
        ("steps", "\n".join(map(str, range(21)))),
        ("toil_source", "x" * 101),
        ("toil_per_month", "0"),
        ("toil_per_month", "1.5"),
        ("toil_per_month", "10001"),
        ("software_added", "x" * 151),
        ("software_removed", "x" * 151),
    ],
)
def test_invalid_field__has_its_own_error(field: str, value: str | None) -> None:
    # Slack's client rejects most of these values, but a forged request can contain them.
    assert errors(answering(form(), **{field: value})) == {field: propose.ERRORS[field]}


def test_several_invalid_fields__have_errors_at_once() -> None:
    messages = errors(answering(form(), title="x", effort_weeks="-1"))
    assert messages == {
        "title": "Use 3 to 150 characters.",
        "effort_weeks": "Enter a number from 0.5 to 26.",
    }


def test_errors__name_blocks_of_the_form() -> None:
    input_blocks = [
        block for block in propose.form("", TWO_BOARDS)["blocks"] if block["type"] == "input"
    ]
    blocks = {block["block_id"] for block in input_blocks}
    assert blocks == {*propose.ERRORS, propose.OWNER, propose.BOARD}


def test_long_typed_title__is_shortened() -> None:
    [title] = [
        block["element"]["initial_value"]
        for block in propose.form("long " * 100, ONE_BOARD)["blocks"]
        if block.get("block_id") == "title"
    ]
    assert len(title) == 150
    assert title.endswith("…")
