"""The Bolt app: every listener with what it needs."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt import App, BoltContext
from slack_bolt.error import BoltError
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk import WebClient

from bot.authorization.channel_membership import ChannelMembership, require_channel_membership
from bot.clock import Clock, utc_now
from bot.listeners import errors, fire, home, toil
from bot.listeners.board import channel_events, settings, workspace_events
from bot.listeners.charter import draft, draft_answers
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
from bot.listeners.roadmap import command, commit
from bot.metrics import EVENTS, LAST_EVENT
from bot.slack.ack_deadline import commit_deadline
from bot.slack.respond import Responder
from storage.database import Database
from storage.idempotency import Request

# Bolt tries them in this order: votes come the most often.
LISTENERS = (
    vote,
    errors,
    draft_answers,
    draft,
    commit,
    edit,
    fire,
    home,
    channel_events,
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


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt finds SLACK_BOT_TOKEN in the environment too: that the client has it is meant so."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


def build_app(
    database: Database, client: WebClient, membership: ChannelMembership, clock: Clock = utc_now
) -> App:
    """An app that answers with that client's token, at that client's address, once Slack takes it.

    Raises SlackApiError and OSError, as Slack is asked.
    """
    bolt_log = logging.getLogger("slack_bolt")
    bolt_log.addFilter(_is_news)
    try:
        app = App(
            client=client,
            name="needle",
            logger=bolt_log,
            # An event is acknowledged after its listener has stored it: if that fails, Slack sends
            # it again. Acknowledged before, which is Bolt's default, it would be gone.
            process_before_response=True,
            request_verification_enabled=False,
        )
    except BoltError as error:  # whatever Slack answered, Bolt says that the token is invalid
        raise error.__context__ or error from None

    def provide(
        context: BoltContext,
        body: dict[str, Any],
        next: Callable[[], Any],  # noqa: A002 — Bolt's name
    ) -> None:
        """Listeners take these as arguments, by name."""
        now = clock()
        context["database"] = database
        # Bolt's own request has the name `request`. Events and searches have no trigger id.
        context["slack_request"] = Request(database, body.get("trigger_id"), now, commit_deadline())
        context["now"] = now
        context["membership"] = membership
        context["client"] = client  # Bolt gives each request a plain one
        if context.response_url is not None:
            context["respond"] = Responder(context.response_url, client)
        EVENTS.labels(str(body.get("type", "slash_command"))).inc()
        LAST_EVENT.set_to_current_time()
        next()

    def guard(
        body: dict[str, Any],
        now: datetime,
        next: Callable[[], Any],  # noqa: A002 — Bolt's name
    ) -> None:
        """Events are of what Slack shows already; a person's acts may name anything."""
        if body.get("type") != "event_callback":
            require_channel_membership(database, membership, body, now)
        next()

    app.middleware(provide)
    app.middleware(guard)
    for listener in LISTENERS:
        listener.register(app)
    return app
