"""Lists of projects by status and by words of their titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projects.lifecycle import Status
from domain.projects.listing import STATUSES, ProjectFilter, has_words, parse_filter


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("", (ProjectFilter.ALL, "")),
        ("open", (ProjectFilter.OPEN, "")),
        ("  SHIPPED \t nat  box ", (ProjectFilter.SHIPPED, "nat box")),
        ("nat open", (ProjectFilter.ALL, "nat open")),
        ("opened", (ProjectFilter.ALL, "opened")),
    ],
)
def test_first_word__is_a_filter_if_it_names_one(
    text: str, parsed: tuple[ProjectFilter, str]
) -> None:
    assert parse_filter(text) == parsed


@given(st.sampled_from(ProjectFilter), st.text())
def test_filter_and_any_words__are_told_apart(wanted: ProjectFilter, words: str) -> None:
    assert parse_filter(f"{wanted} {words}") == (wanted, " ".join(words.split()))


def test_open_shipped_and_closed__cover_each_status_once() -> None:
    filters = (ProjectFilter.OPEN, ProjectFilter.SHIPPED, ProjectFilter.CLOSED)
    assert sorted(status for item in filters for status in STATUSES[item]) == sorted(Status)


@given(st.text(), st.text())
def test_each_word_of_a_title__is_found(before: str, after: str) -> None:
    title = f"{before} NAT {after}"
    assert has_words(title, "nat")
    assert has_words(title, title)
    assert has_words(title, "")


def test_title_without_one_of_the_words__does_not_match() -> None:
    assert has_words("Retire the last NAT box", "box nat")
    assert not has_words("Retire the last NAT box", "nat gateway")
