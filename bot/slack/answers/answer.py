"""Answers of Slack's Web API, checked: each has the fields that Needle reads, or it is malformed.

A proxy, a firewall, or an outage can change an answer. Only the modules of this package read
answers, so that everything else works with values that Slack documents.
"""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from slack_sdk.web import SlackResponse

# https://docs.slack.dev/messaging/retrieving-messages#individual_messages
MessageTs = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+$")]
SlackId = Annotated[str, Field(pattern=r"^[A-Z0-9]+$")]


class MalformedAnswer(Exception):
    """An answer that lacks what Slack documents. The call may have succeeded all the same."""

    def __init__(self, method: str, problem: str) -> None:
        super().__init__(f"the response to {method} {problem}")
        self.method = method


class Answer(BaseModel):
    """Part of an answer. A field that is null counts as missing; unknown fields are ignored."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if value is not None}


AnswerT = TypeVar("AnswerT", bound=Answer)


def parse_answer(model: type[AnswerT], response: SlackResponse) -> AnswerT:
    """Return the answer as a model. Raise MalformedAnswer, which never quotes the answer."""
    try:
        return model.model_validate(response.data)
    except ValidationError as error:
        path = ".".join(str(part) for part in error.errors()[0]["loc"])
        problem = f"has no valid {path}" if path else "isn't a JSON object"
        raise MalformedAnswer(method_in(response.api_url), problem) from None


def method_in(api_url: str) -> str:
    """Return the method in the address of a call, such as `chat.update`."""
    return api_url.rpartition("/")[2]
