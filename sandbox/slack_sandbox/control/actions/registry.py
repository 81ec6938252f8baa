"""The table of acts: what a person can do, as the page and the tests ask for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_sandbox.delivery.envelopes import Envelope, Unacknowledged
from slack_sandbox.model.errors import Refused
from slack_sandbox.model.workspace import Channel, Json, Message, Person
from slack_sandbox.slack import Slack

# What the acting person reads when the app does not take what they did.
UNANSWERED = {
    "timed_out": "the app did not respond",
    "no_connection": "the app is not connected",
    "dispatch_failed": "the app's server could not be reached, or answered with an error",
}


@dataclass(frozen=True)
class Act:
    """One act of one person, with what they gave."""

    slack: Slack
    person: Person
    given: Json

    def text(self, name: str) -> str:
        value = self.given.get(name)
        if not isinstance(value, str) or not value:
            raise Refused("invalid_arguments", f"{name!r} is missing")
        return value

    def channel(self) -> Channel:
        key = self.text("channel")
        unseen = Refused("channel_not_found", f"You can't see a channel {key}.")
        try:
            channel = self.slack.workspace.channel(key)
        except Refused:
            raise unseen from None
        if not self.slack.workspace.may_see(self.person, channel):
            raise unseen
        return channel

    def joined_channel(self) -> Channel:
        """A channel that the person may write in."""
        channel = self.channel()
        if self.person.id not in channel.members:
            raise Refused("not_in_channel", f"You aren't in #{channel.name}.")
        if channel.is_archived:
            raise Refused("is_archived", f"#{channel.name} is archived.")
        return channel

    def message(self, channel: Channel) -> Message:
        message = channel.messages.get(self.text("ts"))
        if message is None or not message.seen_by(self.person.id):
            raise Refused("message_not_found")
        return message

    async def ask_app(self, what: str, name: str, payload: Json, *, envelope: str = "") -> Json:
        """Send an interaction; if nobody acks it, flash that `what` failed."""
        kind = envelope or "interactive"
        try:
            return await self.slack.deliveries.ask(
                Envelope(
                    kind,
                    payload,
                    "command" if kind == "slash_commands" else "interactive",
                    name,
                    accepts_response_payload=payload.get("type") != "block_actions",
                )
            )
        except Unacknowledged as failure:
            why = f"{what} failed because {UNANSWERED[failure.reason]}."
            self.slack.screens.show_notice(self.person, why)
            raise Refused(failure.reason, why) from None

    def refuse_answer(self, what: str, name: str, ack: Json, refusal: Refused) -> None:
        """The app acked with what Slack does not take: the person reads that it failed."""
        self.slack.traffic.record("slack", "ack", name, request=ack, error=refusal.error)
        self.slack.screens.show_notice(
            self.person, f"{what} failed: the answer was {refusal.error}."
        )


ActFunction = Callable[[Act], Awaitable[Json]]
ACTS: dict[str, ActFunction] = {}


def act(name: str) -> Callable[[ActFunction], ActFunction]:
    def enter(function: ActFunction) -> ActFunction:
        ACTS[name] = function
        return function

    return enter


async def perform(slack: Slack, key: str, name: str, given: Any) -> Json:
    """Let a person do something; what it answers, or Refused."""
    if name not in ACTS:
        raise Refused("unknown_act")
    if not isinstance(given, dict):
        raise Refused("invalid_arguments", "the body is not a JSON object")
    person = slack.workspace.person(key)
    if person.deleted:
        raise Refused("account_inactive", f"{person.name} is deactivated")
    return {"ok": True, **await ACTS[name](Act(slack, person, given))}
