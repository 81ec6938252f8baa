"""Texts of blocks and views as Slack stores them and later sends them to the app."""

import re
from typing import Any

from slack_sandbox.model.links import link_urls

AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


def with_stored_texts(value: Any) -> Any:
    """Return blocks or a view with plain_text escaped, and with URLs in mrkdwn as links.

    https://github.com/slackapi/bolt-python/issues/513
    """
    if isinstance(value, list):
        return [with_stored_texts(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "plain_text":
        return {**value, "text": _escape(value["text"])}
    if value.get("type") == "mrkdwn":
        return value if value.get("verbatim") else {**value, "text": link_urls(value["text"])}
    return {name: with_stored_texts(field) for name, field in value.items()}


def _escape(text: str) -> str:
    """Return text with `&`, `<` and `>` as entities. Don't escape existing entities again."""
    return AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
