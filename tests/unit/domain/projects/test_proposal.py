"""Limits of a proposal's fields: at each limit, and just beyond it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.projects.proposal import Proposal

LEAST: dict[str, Any] = {"title": "NAT", "summary": "One for all"}


def proposal(**fields: Any) -> Proposal:
    return Proposal.model_validate(LEAST | fields)


def test_title_and_summary_only__is_valid() -> None:
    least = proposal()
    assert (least.title, least.summary, least.effort_weeks) == ("NAT", "One for all", None)
    assert (least.steps, least.toil_per_month, least.needs_steps) == ((), None, False)


@pytest.mark.parametrize(
    ("field", "fits", "too_much"),
    [
        ("title", "x" * 3, "x" * 2),
        ("title", "x" * 150, "x" * 151),
        ("summary", "x" * 10, "x" * 9),
        ("summary", "x" * 2000, "x" * 2001),
        ("effort_weeks", 0.5, 0.49),
        ("effort_weeks", 26, 26.1),
        ("effort_weeks", None, float("nan")),
        ("steps", ("step",) * 20, ("step",) * 21),
        ("toil_source", "x" * 100, "x" * 101),
        ("toil_per_month", 1, 0),
        ("toil_per_month", 10_000, 10_001),
        ("toil_per_month", None, 1.5),
        ("software_added", "x" * 150, "x" * 151),
        ("software_removed", "x" * 150, "x" * 151),
        ("link", "https://a.example/PLAT-412", "a.example/PLAT-412"),
        ("link", "", "javascript:alert(1)"),
        ("link", f"https://a/{'x' * 990}", f"https://a/{'x' * 991}"),
    ],
)
def test_field_beyond_limit__is_rejected(field: str, fits: object, too_much: object) -> None:
    assert getattr(proposal(**{field: fits}), field) == fits
    with pytest.raises(ValidationError) as refusal:
        proposal(**{field: too_much})
    assert [error["loc"][0] for error in refusal.value.errors()] == [field]


@pytest.mark.parametrize("field", ["title", "summary"])
def test_required_field_missing_or_blank__is_rejected(field: str) -> None:
    for blank in ({field: " \n\t" * 5}, {field: None}):
        with pytest.raises(ValidationError, match=field):
            proposal(**blank)
    with pytest.raises(ValidationError, match=field):
        Proposal.model_validate({key: text for key, text in LEAST.items() if key != field})


def test_surrounding_spaces__are_stripped() -> None:
    padded = proposal(title="  NAT \n", steps=(" Drain it ", "Remove it"), toil_source=" pages ")
    assert padded.title == "NAT"
    assert padded.steps == ("Drain it", "Remove it")
    assert padded.toil_source == "pages"


def test_surrounding_spaces__do_not_count_against_the_limit() -> None:
    assert proposal(title=" " * 99 + "x" * 150).title == "x" * 150


def test_unknown_field__is_rejected() -> None:
    with pytest.raises(ValidationError, match="deadline"):
        proposal(deadline="tomorrow")


@pytest.mark.parametrize(
    ("effort_weeks", "steps", "big"),
    [
        (2, (), False),
        (2.5, (), True),
        (26, (), True),
        (26, ("Drain it",), False),
        (None, (), False),
    ],
)
def test_over_two_weeks_without_steps__needs_steps(
    effort_weeks: float | None, steps: tuple[str, ...], *, big: bool
) -> None:
    assert proposal(effort_weeks=effort_weeks, steps=steps).needs_steps is big


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=10, max_size=100).filter(
    lambda text: len(text.strip()) >= 10
)


@given(texts, texts, st.none() | st.floats(0.5, 26), st.lists(texts, max_size=3))
def test_json_round_trip__keeps_the_proposal(
    title: str, summary: str, effort_weeks: float | None, steps: list[str]
) -> None:
    original = proposal(title=title, summary=summary, effort_weeks=effort_weeks, steps=tuple(steps))
    assert Proposal.model_validate_json(original.model_dump_json()) == original
    assert Proposal.model_validate(original.model_dump(mode="json")) == original


def test_no_link__keeps_the_fingerprint_of_earlier_versions() -> None:
    """An edit form that was opened before the upgrade can still be saved."""
    assert proposal().fingerprint == "d799f07904fb4f92"
    assert proposal(link="https://a.example").fingerprint != proposal().fingerprint
