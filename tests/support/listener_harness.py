"""The bot's listeners on a database, called with the payloads that Slack sends.

A test can send any payload, including ones that no button or form could send.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from slack_bolt import BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.authorization.channel_membership import ChannelMembership
from bot.listeners.app import build_app
from bot.slack import background
from domain.calendar.cadence import Cadence
from domain.toil.ledger import ToilEntry
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards, fires
from storage.boards.boards import Board
from storage.boards.fires import Fire
from storage.database import Database
from storage.locks import STORE
from storage.planning import toil
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.projects import projects
from tests.support.channel import Channel
from tests.support.response_url_server import ResponseUrlServer

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
TEAM = "T1"
HERE = "C1"
THREAD_TIMEOUT = 10  # seconds
# Rows in a dump that say nothing about the team: idempotency keys, and when to check each board.
BOOKKEEPING_ROWS = ('INSERT INTO "act"', 'INSERT INTO "board_schedule"')


def sandbox_from_manifest() -> Sandbox:
    return Sandbox(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")))


def slack_response(method: str, data: object) -> SlackResponse:
    """Return what the SDK returns for an answer."""
    return SlackResponse(
        client=None,
        http_verb="POST",
        api_url=f"https://slack.com/api/{method}",
        req_args={},
        data=data,  # type: ignore[arg-type]
        headers={},
        status_code=200,
    )


class FakeSlackClient(WebClient):
    """A Slack client that returns the channel's members, or an error."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(token=sandbox.bot_token, base_url=sandbox.api_url)
        self.members = {"U1", "U2", "U3", "UGUEST", "UBOT", "USTRANGER", "UGONE", "UOTHER"}
        self.members_elsewhere: dict[str, set[str]] = {}  # in other channels
        self.error: Exception | None = None

    def auth_test(self, **asked: Any) -> SlackResponse:
        answer = super().auth_test(**asked)
        assert isinstance(answer.data, dict)
        answer.data["team_id"] = TEAM
        return answer

    def conversations_members(self, **asked: Any) -> Any:
        if self.error:
            raise self.error
        members = sorted(self.members_elsewhere.get(asked["channel"], self.members))
        return slack_response("conversations.members", {"ok": True, "members": members})


class ListenerHarness:
    """The people on the board of one channel. Everyone with a known profile is a member."""

    def __init__(
        self, store: Path, database: Database, slack: Sandbox, inbox: ResponseUrlServer
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._triggers = count(1)
        self._view_ids = (f"V{number}" for number in count(2))  # after the default, V1
        self.channel = Channel(database, HERE, TEAM)
        self.database = database
        self.slack = FakeSlackClient(slack)
        self._sandbox = SandboxClient(slack.url)
        self._sent_payloads: list[
            dict[str, Any]
        ] = []  # all user actions and events, without copies
        self._last_traffic_id = 0  # the last traffic entry that was read
        self._app = build_app(database, self.slack, ChannelMembership(self.slack))
        self.bot_user = self.slack.auth_test()["user_id"]
        self.named_team = TEAM  # the workspace that requests and events name

    @property
    def board(self) -> Board:
        return self.channel.board

    def appoints(self, *stewards: str) -> None:
        self._settles(stewards=stewards)

    def moves_the_fiscal_year(self, month: int) -> None:
        """Set the month in which the fiscal year starts."""
        self._settles(cadence=self.board.cadence.model_copy(update={"fiscal_start": month}))

    def _settles(
        self, *, stewards: Sequence[str] | None = None, cadence: Cadence | None = None
    ) -> None:
        board = self.board
        with self.database.transaction(STORE) as session:
            boards.change_settings(
                session,
                board,
                cadence=cadence or board.cadence,
                people=board.people,
                weeks_away=board.weeks_away,
                stewards=tuple(board.stewards if stewards is None else stewards),
                quorum=board.charter.quorum,
                by="U1",
                now=datetime.now(UTC),
            )

    def types(self, person: str, text: str, channel: str = HERE) -> str:
        """Run a command, and return the bot's replies."""
        command, _, rest = text.partition(" ")
        self._send(person, {"command": command, "text": rest, "channel_id": channel})
        return self._take_replies()

    def presses(
        self,
        person: str,
        action_id: str,
        channel: str | None = HERE,
        view: dict[str, Any] | None = None,
        on_message: Mapping[str, Any] | None = None,
        **action: Any,
    ) -> str:
        """Press a button or choose a menu option, and return the replies.

        Without a channel: at Home, or in the modal `view`. `on_message` is what Slack says of the
        message that has the button.
        """
        pressed = {"action_id": action_id, "block_id": "b", **action}
        where: dict[str, Any] = {"channel": {"id": channel}} if channel else {}
        if view is not None:
            where["view"] = {**view, "id": "V1", "hash": "1.a"}
        where |= on_message or {}
        body = {"type": "block_actions", "actions": [pressed], **where}
        self._send(person, body)
        return self._take_replies()

    def presses_in_form(self, person: str, action_id: str, view: dict[str, Any]) -> str:
        """Press a button in the body of a filled-in form, and return the replies."""
        return self.presses(person, action_id, channel=None, value="x", view=view)

    def calls(self, person: str, callback_id: str, message: dict[str, Any], channel: str) -> str:
        """Run a message shortcut, and return the replies."""
        body = {"type": "message_action", "callback_id": callback_id, "message": message}
        self._send(person, {**body, "channel": {"id": channel}})
        return self._take_replies()

    def submits(self, person: str, view: dict[str, Any], view_id: str = "V1") -> str:
        """Submit a form, and return what replaces it.

        With the same content and `view_id`, it's the same form again.
        """
        body = {"type": "view_submission", "view": {**view, "id": view_id}}
        return str(self._send(person, body).body or "")

    def submits_new(self, person: str, view: dict[str, Any]) -> str:
        """Submit a form that was just opened, and return what replaces it."""
        return self.submits(person, view, next(self._view_ids))

    def resends(self, ago: int = 1) -> str:
        """Deliver again what was sent `ago` user actions earlier, and return the replies."""
        answer = self._dispatch(self._sent_payloads[-ago])
        return str(answer.body or "") + self._take_replies()

    def searches(
        self, person: str, action_id: str, words: str, view: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Type into an external menu of a form, and return the options."""
        asked = {"type": "block_suggestion", "action_id": action_id, "block_id": "b"}
        answer = self._send(person, {**asked, "value": words, "view": {**view, "id": "V1"}})
        options: list[dict[str, Any]] = json.loads(answer.body)["options"]
        return options

    def reacts(
        self, person: str, emoji: str, *, ts: str, to: str | None = None, item: str = "message"
    ) -> bool:
        """React to a message of the bot, or of `to`. Return whether the event was acknowledged.

        Slack sends an event again that wasn't acknowledged. It names no author of a message that
        an incoming webhook sent: `to` is empty.
        """
        event = {
            "type": "reaction_added",
            "user": person,
            "reaction": emoji,
            "item": {"type": item, "channel": HERE, "ts": ts},
            "event_ts": "1700000000.000100",
        }
        if to != "":
            event["item_user"] = to or self.bot_user
        told = {"type": "event_callback", "event_id": "Ev1", "event": event}
        return self._send(person, told).status == HTTPStatus.OK

    def receives(self, event: dict[str, Any], event_id: str = "Ev1") -> None:
        """Handle an event, and wait for the answer."""
        self._send(event["user"], {"type": "event_callback", "event_id": event_id, "event": event})

    def joins(self, person: str, channel: str) -> None:
        event = {"type": "member_joined_channel", "user": person, "channel": channel}
        self._send(person, {"type": "event_callback", "event_id": "Ev2", "event": event})

    def leaves(self, person: str, channel: str = HERE) -> None:
        self.slack.members.discard(person)
        event = {"type": "member_left_channel", "user": person, "channel": channel}
        self._send(person, {"type": "event_callback", "event_id": "Ev3", "event": event})

    @property
    def burning(self) -> list[Fire]:
        with self.database.snapshot() as session:
            return fires.burning(session, self.board.id)

    @property
    def titles(self) -> list[str]:
        with self.database.snapshot() as session:
            return [each.proposal.title for each in projects.list_for_board(session, self.board.id)]

    @property
    def toil(self) -> list[ToilEntry]:
        with self.database.snapshot() as session:
            return toil.between(
                session,
                self.board.id,
                datetime(2000, 1, 1, tzinfo=UTC),
                datetime(2100, 1, 1, tzinfo=UTC),
            )

    def score_of(self, person: str, number: int = 1) -> dict[str, int | None] | None:
        """Return a person's score as it counts, or None."""
        return self.channel.candidate(number).scores.get(person)

    @property
    def pending_posts(self) -> list[Post]:
        with self.database.snapshot() as session:
            return outbox.pending(session)

    def dump(self) -> list[str]:
        """Return all rows of the database as SQL."""
        with sqlite3.connect(self._store) as connection:
            held = list(connection.iterdump())
        connection.close()
        return held

    def dump_facts(self) -> list[str]:
        """Return all rows except idempotency keys and schedules."""
        return [line for line in self.dump() if not line.startswith(BOOKKEEPING_ROWS)]

    def restore_facts(self, held: Sequence[str]) -> None:
        """Restore a dump of facts, and keep the current idempotency keys and schedules."""
        kept = [line for line in self.dump() if line.startswith(BOOKKEEPING_ROWS)]
        self.restore([*(line for line in held if not line.startswith(BOOKKEEPING_ROWS)), *kept])

    def restore(self, held: Sequence[str]) -> None:
        """Replace the database's content with a dump."""
        with sqlite3.connect(":memory:") as then, sqlite3.connect(self._store) as now:
            then.executescript("\n".join(held))
            then.backup(now)
        then.close()
        now.close()

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        """Restore the database's content afterwards. It is faster than a dump."""
        with (
            closing(sqlite3.connect(":memory:")) as then,
            closing(sqlite3.connect(self._store)) as now,
        ):
            now.execute("PRAGMA synchronous = OFF")
            now.backup(then)
            yield
            then.backup(now)

    def new_requests(self, method: str) -> list[dict[str, Any]]:
        """Return the calls of a Slack method since the last call of this function."""
        return [entry["request"] for entry in self._new_traffic() if entry["name"] == method]

    def new_calls(self) -> list[dict[str, Any]]:
        """Return the calls of all Slack methods since the last call of these functions."""
        return [entry["request"] for entry in self._new_traffic()]

    def opens_home(self, person: str) -> None:
        """Open the Home tab, which the bot then publishes."""
        event = {"type": "app_home_opened", "user": person, "tab": "home", "channel": "D1"}
        self._send(person, {"type": "event_callback", "event_id": "Ev4", "event": event})

    def _new_traffic(self) -> list[dict[str, Any]]:
        entries = self._sandbox.traffic(after=self._last_traffic_id)
        self._last_traffic_id = max([self._last_traffic_id, *(entry["id"] for entry in entries)])
        return entries

    def _send(self, person: str, payload: dict[str, Any]) -> BoltResponse:
        whole = {
            "team": {"id": self.named_team},
            "team_id": self.named_team,
            "user": {"id": person},
            "user_id": person,
            **payload,
        }
        if payload.get("type") != "event_callback":
            whole["trigger_id"] = f"{next(self._triggers)}.2.3"
            whole["response_url"] = self._inbox.url
        self._sent_payloads.append(whole)
        return self._dispatch(whole)

    def _dispatch(self, payload: dict[str, Any]) -> BoltResponse:
        """Handle a payload, wait for background work, and return the response."""
        answer = self._app.dispatch(BoltRequest(body=payload, mode="socket_mode"))
        assert background.wait_for_threads(time.monotonic() + THREAD_TIMEOUT)
        return answer

    def _take_replies(self) -> str:
        told = "\n".join(each["text"] for each in self._inbox.received)
        self._inbox.received.clear()
        return told
