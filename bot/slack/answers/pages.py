"""Answers that come in pages: https://docs.slack.dev/apis/web-api/pagination"""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.web import SlackResponse

from bot.slack.answers.answer import Answer, MalformedAnswer, method_in, parse_answer


class ResponseMetadata(Answer):
    """Where the next page starts. The cursor is empty after the last page."""

    next_cursor: str = ""


class Page(Answer):
    """One page of a list."""

    response_metadata: ResponseMetadata = ResponseMetadata()

    @property
    def next_cursor(self) -> str | None:
        """The cursor of the next page, or None after the last one."""
        return self.response_metadata.next_cursor or None


def all_pages(call: Callable[..., SlackResponse], **arguments: Any) -> Iterator[SlackResponse]:
    """Yield all pages of a list. Raise MalformedAnswer if a cursor comes twice."""
    seen: set[str] = set()
    response = call(**arguments)
    yield response
    while cursor := parse_answer(Page, response).next_cursor:
        if cursor in seen:
            raise MalformedAnswer(method_in(response.api_url), "repeats a cursor")
        seen.add(cursor)
        response = call(**arguments, cursor=cursor)
        yield response
