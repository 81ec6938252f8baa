"""Rows of the tables of rules: a call that passes, a call that fails, and Slack's error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from slack_sandbox.client.http import ActionFailed
from strictness.workspace import Rejected, Workspace

Json = dict[str, Any]
Action = Callable[[Workspace], object]


@dataclass(frozen=True)
class Rule:
    """A rule of Slack, with a call just within it and a call just beyond it.

    `source` is a path on docs.slack.dev, `slack_sdk`, a GitHub repository with an issue, or `help/`
    with the number of an article on slack.com/help/articles.

    `message` is part of what Slack returns with the error.
    """

    name: str
    source: str
    passing: Action
    failing: Action
    error: str
    message: str = ""


@dataclass(frozen=True)
class Effect:
    """A behavior of Slack that isn't an error. `check` asserts it."""

    name: str
    source: str
    check: Action


@dataclass(frozen=True)
class Rejection:
    error: str
    message: str


def rejection(action: Action, workspace: Workspace) -> Rejection | None:
    try:
        action(workspace)
    except SlackApiError as error:
        metadata = error.response.get("response_metadata", {})
        return Rejection(error.response["error"], "\n".join(metadata.get("messages", [])))
    except ActionFailed as error:
        return Rejection(error.error, str(error))
    except Rejected as error:
        return Rejection(error.error, "")
    return None
