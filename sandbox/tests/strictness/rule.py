"""A rule of Slack's as a row: what just keeps it, what just breaks it, how Slack refuses that."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from slack_sandbox.client.http import NotPossible
from strictness.world import TurnedDown, World

Json = dict[str, Any]
Do = Callable[[World], object]


@dataclass(frozen=True)
class Rule:
    """`source` is a path on docs.slack.dev, `slack_sdk`, a GitHub repository with an issue, or
    `help/` with the number of an article on slack.com/help/articles.

    `says` is in what the refusal says beside its error.
    """

    words: str
    source: str
    keeps: Do
    breaks: Do
    error: str
    says: str = ""


@dataclass(frozen=True)
class Effect:
    """A rule by which Slack refuses nothing, but does it in its own way; `shows` asserts that."""

    words: str
    source: str
    shows: Do


@dataclass(frozen=True)
class Refusal:
    error: str
    says: str


def refusal(do: Do, world: World) -> Refusal | None:
    try:
        do(world)
    except SlackApiError as error:
        metadata = error.response.get("response_metadata", {})
        return Refusal(error.response["error"], "\n".join(metadata.get("messages", [])))
    except NotPossible as refused:
        return Refusal(refused.error, str(refused))
    except TurnedDown as refused:
        return Refusal(refused.error, "")
    return None
