"""Registry of the actions that a person can perform, on the page or over the control API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.delivery.envelopes import DeliveryFailed, Envelope
from slack_sandbox.model.errors import SlackError
from slack_sandbox.model.workspace import Channel, Json, Message, Person
from slack_sandbox.operations.messages import open_direct_message
from slack_sandbox.slack import Slack

# Reasons why an app doesn't get what a person does, as shown to that person.
REASONS = {
    "timed_out": "the app didn't respond",
    "no_connection": "the app isn't connected",
    "not_installed": "the app isn't installed",
    "dispatch_failed": "the app's server couldn't be reached or answered with an error",
}


@dataclass(frozen=True)
class Action:
    """An action of a person, with the fields of the request."""

    slack: Slack
    person: Person
    fields: Json

    def text(self, name: str) -> str:
        """Return a field. Raise SlackError if it's missing or empty."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value:
            raise SlackError("invalid_arguments", f"{name!r} is missing.")
        return value

    def channel(self) -> Channel:
        """Return the channel. Raise SlackError if the person can't see it.

        The app's handle, such as `@lunch`, names the direct message with the app.
        """
        key = self.text("channel")
        if key == f"@{self.slack.bot.name}" and self.slack.app.has_messages_tab:
            return open_direct_message(self.slack, self.person)
        unseen = SlackError("channel_not_found", f"You can't see a channel {key}.")
        try:
            channel = self.slack.workspace.channel(key)
        except SlackError:
            raise unseen from None
        if not self.slack.workspace.can_see(self.person, channel):
            raise unseen
        return channel

    def joined_channel(self) -> Channel:
        """Return the channel. Raise SlackError if the person can't post in it."""
        channel = self.channel()
        if self.person.id not in channel.members:
            raise SlackError("not_in_channel", f"You aren't in #{channel.name}.")
        if channel.is_archived:
            raise SlackError("is_archived", f"#{channel.name} is archived.")
        return channel

    def message(self, channel: Channel) -> Message:
        """Return the message. Raise SlackError if the person can't see it."""
        message = channel.messages.get(self.text("ts"))
        if message is None or not message.is_visible_to(self.person.id):
            raise SlackError("message_not_found")
        return message

    async def send_to_app(self, what: str, name: str, payload: Json, *, envelope: str = "") -> Json:
        """Send an interaction or a command, and return the payload of the acknowledgment.

        If the app is uninstalled or doesn't acknowledge it, show a notice that `what` failed and
        raise SlackError.
        """
        envelope_type = envelope or "interactive"
        try:
            if not self.slack.installation.is_installed:
                raise DeliveryFailed("not_installed", "")
            return await self.slack.deliveries.send(
                Envelope(
                    envelope_type,
                    payload,
                    "command" if envelope_type == "slash_commands" else "interactive",
                    name,
                    accepts_response_payload=payload.get("type") != "block_actions",
                )
            )
        except DeliveryFailed as failure:
            notice = f"{what} failed because {REASONS[failure.reason]}."
            self.slack.screens.show_notice(self.person, notice)
            raise SlackError(failure.reason, notice) from None

    def report_invalid_ack(self, what: str, name: str, ack: Json, refusal: SlackError) -> None:
        """Record an acknowledgment that Slack rejects, and show the person that `what` failed."""
        self.slack.traffic.record("slack", "ack", name, request=ack, error=refusal.error)
        self.slack.screens.show_notice(
            self.person, f"{what} failed: the app answered with {refusal.error}."
        )


ActionFunction = Callable[[Action], Awaitable[Json]]
ACTIONS: dict[str, ActionFunction] = {}


def register(name: str) -> Callable[[ActionFunction], ActionFunction]:
    def add(function: ActionFunction) -> ActionFunction:
        ACTIONS[name] = function
        return function

    return add


async def perform(slack: Slack, key: str, name: str, fields: Any) -> Json:
    """Perform an action as a person, and return the response.

    Raise SlackError if Slack refuses it or the app doesn't acknowledge it.
    """
    if name not in ACTIONS:
        raise SlackError("unknown_action")
    if not isinstance(fields, dict):
        raise SlackError("invalid_arguments", "The body isn't a JSON object.")
    person = slack.workspace.person(key)
    if person.deleted:
        raise SlackError("account_inactive", f"{person.name} is deactivated.")
    return {"ok": True, **await ACTIONS[name](Action(slack, person, fields))}
