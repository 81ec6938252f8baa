"""Slack's built-in commands `/invite`, `/remove` and `/leave`.

Each does the same as a button of the page. Slack's other built-in commands aren't supported.
https://slack.com/help/articles/201259356-Slash-commands-in-Slack
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from slack_sandbox.control.actions.registry import ACTIONS, Action
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.manifest import Command
from slack_sandbox.model.mentions import resolve_mentions
from slack_sandbox.model.workspace import SLACKBOT, Json
from slack_sandbox.operations import messages

WORD = re.compile(r"<([@#])(\w+)(?:\|[^>]*)?>|(\S+)")


@dataclass(frozen=True)
class BuiltIn:
    """A built-in command: the action it performs, and the people and channels it can name."""

    declared: Command
    action: str
    max_people: int = 0
    takes_channel: bool = False


BUILT_IN = {
    built_in.declared.command: built_in
    for built_in in (
        BuiltIn(
            Command("/invite", "Invite people or apps to a channel", "@someone [#channel]"),
            "invite",
            max_people=100,  # https://docs.slack.dev/reference/methods/conversations.invite
            takes_channel=True,
        ),
        BuiltIn(
            Command("/remove", "Remove someone from this channel", "@someone"),
            "remove",
            max_people=1,
        ),
        BuiltIn(Command("/leave", "Leave this channel"), "leave"),
    )
}


async def run_built_in(action: Action, built_in: BuiltIn, text: str) -> Json:
    """Run a built-in command, and show errors only to the person who ran it.

    Raise the first error if nothing succeeded.
    """
    try:
        requests = _requests(action, built_in, text)
    except SlackError as error:
        _refuse(action, [error])
    errors = []
    for request in requests:
        try:
            await ACTIONS[built_in.action](Action(action.slack, action.person, request))
        except SlackError as error:
            errors.append(error)
    if len(errors) == len(requests):
        _refuse(action, errors)
    if errors:
        _show_errors(action, errors)
    return {}


def _requests(action: Action, built_in: BuiltIn, text: str) -> list[Json]:
    """Return the fields of one action for each person that the command names, or of a single one.

    Raise SlackError if the arguments don't fit the command.
    """
    here = {"channel": action.channel().id}
    if not built_in.max_people:
        return [here]  # Slack's /leave takes no arguments
    people, channels = _named(resolve_mentions(action.slack.workspace, action.person, text))
    if not 1 <= len(people) <= built_in.max_people or len(channels) > built_in.takes_channel:
        command = built_in.declared
        raise SlackError("invalid_arguments", f"Type {command.command} {command.usage_hint}")
    target = {"channel": channels[0]} if channels else here
    return [target | {"user": person} for person in people]


def _named(text: str) -> tuple[list[str], list[str]]:
    """Return the people and the channels in a text: ids, or the typed names if unknown."""
    people: list[str] = []
    channels: list[str] = []
    for sign, reference, name in WORD.findall(text):
        named = channels if "#" in (sign, name[:1]) else people
        named.append(reference or name)
    return list(dict.fromkeys(people)), channels


def _refuse(action: Action, errors: list[SlackError]) -> NoReturn:
    """Show the errors, and raise the first one.

    `answered` tells the page to show no notice of its own.
    """
    _show_errors(action, errors)
    raise SlackError(errors[0].error, errors[0].detail, answered=True)


def _show_errors(action: Action, errors: list[SlackError]) -> None:
    """Post the errors as Slackbot, in the same place as the command, visible only to its author."""
    text = "\n".join(error.detail or error.error for error in errors)
    messages.post(
        action.slack,
        action.channel(),
        SLACKBOT,
        resolve_mentions(action.slack.workspace, action.person, text),
        only_visible_to=action.person.id,
        thread_ts=action.fields.get("thread_ts"),
    )
