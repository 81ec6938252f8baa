"""Bolt app with every listener and the arguments that listeners take by name."""

import json
import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from slack_bolt import App, BoltContext
from slack_bolt.error import BoltError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk import WebClient

from bot.authorization.channel_membership import ChannelMembership, require_channel_membership
from bot.clock import Clock, utc_now
from bot.listeners import errors, fire, home, mention, toil
from bot.listeners.actor import Actor
from bot.listeners.board import channel_events, settings, workspace_events
from bot.listeners.charter import draft, draft_answers, objection
from bot.listeners.known_posts import require_known_post
from bot.listeners.project import (
    card_menu,
    edit,
    outcome,
    propose,
    score,
    shortcuts,
    status,
    steps,
    vote,
)
from bot.listeners.project.ownership import OwnerCheck
from bot.listeners.roadmap import command, commit
from bot.metrics import EVENTS, LAST_EVENT
from bot.slack.ack_deadline import commit_deadline
from bot.slack.payload import remove_unstorable
from bot.slack.respond import Responder
from storage.database import Database
from storage.idempotency import Request

# Bolt tries listeners in this order. Reactions are the most frequent.
LISTENERS = (
    vote,
    errors,
    draft_answers,
    draft,
    objection,
    commit,
    edit,
    fire,
    home,
    channel_events,
    mention,
    status,
    card_menu,
    outcome,
    propose,
    command,
    score,
    settings,
    shortcuts,
    steps,
    toil,
    workspace_events,
)


def _is_not_token_warning(record: logging.LogRecord) -> bool:
    """Return False for Bolt's warning that it ignores SLACK_BOT_TOKEN: the client has the token."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


def _idempotency_key(body: dict[str, Any]) -> str | None:
    """Return what identifies a user action, or None for events and menu searches.

    For most actions it is Slack's trigger id. A form that is submitted again with the same content
    has another trigger id: the answer was lost, or someone clicked twice. So the key of a form is
    its content. `hash` changes when another form takes its place in the same view:
    https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
    """
    if body.get("type") != "view_submission":
        return body.get("trigger_id")
    view = body["view"]
    identifying = ("id", "hash", "callback_id", "private_metadata", "state")
    submission = [body["user"]["id"], *(view.get(name) for name in identifying)]
    return sha256(json.dumps(submission, sort_keys=True).encode()).hexdigest()


def _own_team(context: BoltContext) -> str:
    """Return the workspace that Slack named when it accepted the bot token.

    Bolt takes the workspace from the request, which may name another one. In a shared channel, an
    event names its sender's workspace. A button at Home names the first one with the app:
    https://docs.slack.dev/apis/slack-connect
    https://github.com/slackapi/bolt-python/issues/1229
    """
    authorized = context.authorize_result
    return (authorized and authorized.team_id) or ""


def build_app(
    database: Database, client: WebClient, membership: ChannelMembership, clock: Clock = utc_now
) -> App:
    """Return the app with all listeners. It uses the client's token and address.

    Raise SlackApiError or OSError if Slack rejects the token or can't be reached.
    """
    bolt_log = logging.getLogger("slack_bolt")
    bolt_log.addFilter(_is_not_token_warning)
    try:
        app = App(
            client=client,
            name="needle",
            logger=bolt_log,
            # Acknowledge an event after its listener has stored it. If that fails, Slack sends it
            # again. Bolt's default acknowledges first, which would lose the event.
            process_before_response=True,
            request_verification_enabled=False,
        )
    except BoltError as error:  # Bolt reports every failure as an invalid token.
        raise error.__context__ or error from None

    def check_request(body: dict[str, Any], actor: Actor) -> None:
        """Raise Refusal unless the sender of a request is in the channels of the boards it names.

        Also raise Refusal if the request comes from a message that the store doesn't know.
        """
        require_channel_membership(database, membership, actor.team_id, actor.user_id, body)
        require_known_post(database, actor.team_id, body)

    def provide(
        context: BoltContext,
        body: dict[str, Any],
        next_: Callable[[], Any],
    ) -> None:
        """Set the arguments that listeners take by name, and check who may send the request.

        Remove text that can't be stored. This is one middleware, because Bolt takes as long to call
        a second one as the database for a statement.
        """
        remove_unstorable(body)
        now = clock()
        team_id = _own_team(context)
        context["team_id"] = team_id
        context["actor"] = Actor.from_body(body, team_id)
        context["database"] = database
        # Bolt's own request has the name `request`.
        context["slack_request"] = Request(database, _idempotency_key(body), now, commit_deadline())
        context["now"] = now
        context["membership"] = membership
        context["owner_check"] = OwnerCheck(database, client, membership, team_id)
        # Bolt's own `view` is only there when a form is submitted, not when a button is pressed.
        context["current_view"] = body.get("view")
        context["client"] = client  # Bolt's own has no rate limiter and no short time-out.
        if context.response_url is not None:
            context["respond"] = Responder(context.response_url, client)
        EVENTS.labels(str(body.get("type", "slash_command"))).inc()
        LAST_EVENT.set_to_current_time()
        # Events need no check: Slack, not a person, chooses what they name.
        if body.get("type") != "event_callback":
            check_request(body, context["actor"])
        next_()

    app.middleware(provide)
    for listener in LISTENERS:
        listener.register(app)
    return app
