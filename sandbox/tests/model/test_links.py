"""URLs in texts become links."""

import pytest

from slack_sandbox.model.links import link_urls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no link", "no link"),
        ("https://a.io", "<https://a.io>"),
        (
            "See (http://a.io/b_c), or *https://a.io*.",
            "See (<http://a.io/b_c>), or *<https://a.io>*.",
        ),
        (
            "<https://a.io> <https://a.io|https://b.io>",
            "<https://a.io> <https://a.io|https://b.io>",
        ),
        ("https://a.io/?b=1&amp;c=2;", "<https://a.io/?b=1&amp;c=2>;"),
        ("https://a.io/?b&amp;", "<https://a.io/?b&amp;>"),
        ("&lt;https://a.io&gt;", "&lt;<https://a.io>&gt;"),
        ("`curl https://a.io`", "`curl <https://a.io>`"),
        ("https:// a.io", "https:// a.io"),
    ],
)
def test_url__becomes_a_link(text: str, expected: str) -> None:
    assert link_urls(text) == expected
    assert link_urls(expected) == expected
