"""Web addresses in typed text: where they begin and end, and their labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projects.links import is_web_address, link_label, split_links


def links_in(text: str) -> list[str]:
    return [part.text for part in split_links(text) if part.is_link]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/B_(c) next", ["https://a.example/B_(c)"]),
        ("<https://a.example|good>", ["https://a.example|good"]),
        ("HTTPS://A.EXAMPLE/?q=1&r=2#x!", ["HTTPS://A.EXAMPLE/?q=1&r=2#x"]),
        ("http://a https://b", ["http://a", "https://b"]),
        ("“https://a.example”", ["https://a.example"]),
        ("https://", []),
        ("https://a.example/cut…", []),
        ("https://a:port/", []),
        ("javascript:alert(1) ftp://a.example example.com", []),
        ("", []),
    ],
)
def test_text_with_addresses__has_their_links(text: str, links: list[str]) -> None:
    assert links_in(text) == links


@given(st.text(alphabet=st.sampled_from("https://a.b()[]., \n<>|")) | st.text())
def test_any_text__keeps_every_character(text: str) -> None:
    parts = [*split_links(text)]
    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)
    assert all(is_web_address(part.text) for part in parts if part.is_link)


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("https://jira.example/browse/PLAT-412", "PLAT-412"),
        ("https://jira.example/browse/PLAT-412?focus=1#c", "PLAT-412"),
        ("https://github.com/acme/ops/pull/87", "pull/87"),
        ("https://github.com/acme/ops/issues/87/", "issues/87"),
        ("https://docs.example/d/1AbC/edit", "docs.example"),
        ("https://www.example.com", "example.com"),
        ("https://good.example@evil.example/x", "evil.example"),
        ("https://a.example/%E2%80%AEX-1", "a.example"),
    ],
)
def test_link__is_labeled_by_its_issue_or_host(link: str, label: str) -> None:
    assert link_label(link) == label
