"""One Web API method hangs. What doesn't need it happens within five seconds of its normal time."""

import inspect
import math
import re
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.service.service import Bot, running_bot
from bot.slack.call_status import WITHOUT
from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from slack_sandbox.client.client import ActionFailed, Message, SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Session
from storage.locks import STORE
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import WeekSubject
from storage.projects import history, projects
from storage.tables import AccountType, PostKind, PostState
from tests.support.bot_process import ROOT, SandboxPeople, environment
from tests.support.slack_steps import invite, is_card
from tests.support.wait import wait_until

OPEN_CONNECTION = "apps.connections.open"
FIRST, CLOSED, DELETED = "The first project", "A project to close", "A project without a card"
HERE, ELSEWHERE = "ops", "random"  # a method that names a channel hangs only in the first
HANG = 60.0  # seconds
EXTRA = 5.0  # seconds
PATIENCE = 60.0  # seconds, until something counts as never done
POLL_INTERVAL = 0.05  # seconds


@dataclass(frozen=True)
class Hang:
    """A method that hangs: in one channel if its calls name one; and the effects that need it."""

    in_channel: bool = False
    needed_by: frozenset[str] = field(default_factory=frozenset)


def in_channel(*needed_by: str) -> Hang:
    return Hang(in_channel=True, needed_by=frozenset(needed_by))


def everywhere(*needed_by: str) -> Hang:
    return Hang(needed_by=frozenset(needed_by))


HANGS = {
    OPEN_CONNECTION: everywhere(),
    "auth.test": everywhere(),
    "chat.getPermalink": in_channel(),
    "chat.postEphemeral": in_channel(),
    "chat.postMessage": in_channel(f"card in {HERE}"),
    "chat.update": in_channel(f"vote in {HERE}"),
    "conversations.history": in_channel(),
    "conversations.info": in_channel(),
    "conversations.members": in_channel(f"command in {HERE}"),
    "conversations.replies": in_channel(),
    "reactions.get": in_channel(),
    "response_url": everywhere(f"command in {HERE}", f"command in {ELSEWHERE}"),
    "users.conversations": everywhere(),
    "users.info": everywhere(),
    "views.open": everywhere(),
    "views.publish": everywhere(),
    "views.push": everywhere(),
    "views.update": everywhere(),
}


def called_methods() -> set[str]:
    """Return the Web API methods that Needle's code calls."""
    sources = [path.read_text() for path in (ROOT / "bot").rglob("*.py")]
    names = {name for text in sources for name in re.findall(r"\.([a-z]+_\w+)", text)}
    functions = dict(inspect.getmembers(WebClient, inspect.isfunction))
    return {
        method
        for name in names & functions.keys()
        for method in re.findall(r'api_call\(\s*"([\w.]+)"', inspect.getsource(functions[name]))
    }


def test_called_methods__are_all_tried() -> None:
    assert called_methods() | {"response_url"} == HANGS.keys()


def test_called_methods__have_an_effect_for_the_log() -> None:
    assert called_methods() - {OPEN_CONNECTION} == WITHOUT.keys()


@dataclass(frozen=True)
class Effect:
    """Something that happens in Slack after an action."""

    act: Callable[[], object]
    is_seen: Callable[[], bool]


class Story:
    """Two channels, in which people vote, ask, and propose."""

    def __init__(self, bot: Bot, team: SandboxPeople) -> None:
        self._bot = bot
        self._database = bot.database
        self._team = team
        workspace = team.slack.workspace()
        self._ids = {person["name"]: person["id"] for person in workspace["people"]}
        with self._database.transaction(STORE) as session:
            for name in self._ids.keys() - {"eli"}:  # Needle looks him up when he votes
                people.save_profile(
                    session,
                    workspace["team"]["id"],
                    self._ids[name],
                    AccountType.MEMBER,
                    None,
                    datetime.now(UTC),
                    None,
                )
            by_channel = {each.channel_id: each.id for each in boards.list_all(session)}
        self.channel_ids = {each["name"]: each["id"] for each in team.mia.screen()["channels"]}
        self._board_ids = {name: by_channel[self.channel_ids[name]] for name in (HERE, ELSEWHERE)}
        proposed = ((HERE, FIRST), (HERE, CLOSED), (HERE, DELETED), (ELSEWHERE, FIRST))
        for channel, title in proposed:
            self._propose(channel, title)
        for channel, title in proposed:
            wait_until(partial(self._shows_card, channel, title), within=PATIENCE)
        for name, title in (("chloe", FIRST), ("dev", CLOSED)):
            person = team.person(name)
            person.presses("Score", on=self._card(HERE, title))
            person.sees_modal("Score #")

    def effects(self, number: int) -> dict[str, Effect]:
        """Return what is done in a round; each round has its own number and voter."""
        voter = self._team.person(("ana", "ben")[number - 1])
        title = f"Project of round {number}"
        effects: dict[str, Effect] = {}
        for channel in (HERE, ELSEWHERE):
            effects |= {
                f"vote in {channel}": Effect(
                    partial(voter.reacts, "+1", to=self._card(channel, FIRST)),
                    partial(self._shows_card, channel, f"👍 {number}"),
                ),
                f"command in {channel}": Effect(
                    partial(self._team.mia.types, "/roadmap", channel),
                    partial(self._shows_answers, channel, number),
                ),
                f"card in {channel}": Effect(
                    partial(self._propose, channel, title),
                    partial(self._shows_card, channel, title),
                ),
            }
        effects["digest"] = Effect(
            partial(self._enqueue_digest, number), partial(self._is_digest_posted, number)
        )
        return effects

    def provocations(self, method: str) -> list[Callable[[], None]]:
        """Return actions that make Needle call the method, and nearly every other one.

        A method that names a channel is called for the first channel.
        """
        if method == OPEN_CONNECTION:  # whatever Slack sends when connections change may get lost
            return [partial(self._team.slack.refresh_connections, close_after=10)]
        team = self._team
        return [
            self._delete_card_unnoticed,
            self._lose_reply,
            self._close_project,
            partial(team.fatima.leaves, HERE),
            partial(team.eli.reacts, "lock", to=self._card(HERE, FIRST)),
            partial(team.chloe.presses_in_modal, "Save and score next"),
            partial(team.chloe.opens_home),
            partial(team.dev.types, "@needle what now?", HERE),
            partial(team.gus.types, "/propose Another project", HERE),
            partial(team.gus.types, "/roadmap", HERE),
        ]

    def _delete_card_unnoticed(self) -> None:
        """Delete a card. Needle isn't told, so only a backfill finds out."""
        self._team.mia.deletes(self._card(HERE, DELETED))
        self._bot.reconciler.request_backfill()

    def _lose_reply(self) -> None:
        """Queue a reply that a killed process may have posted."""
        with self._database.transaction(STORE) as session:
            project = self._project_id(session, FIRST)
            killed_at = datetime.now(UTC) - 2 * outbox.LEASE
            history.add(
                session, project, history.COMMENTED, by="U1", now=killed_at, detail="Why now?"
            )
            [reply] = [post for post in outbox.pending(session) if post.project_id == project]
            claimed = outbox.claim(session, reply.id, killed_at)
            assert claimed is not None
            outbox.mark_attempt(session, claimed, killed_at, outbox.PostedContent())

    def _close_project(self) -> None:
        """Close a project while a person fills in its score form. Needle refuses the score."""
        with self._database.transaction(STORE) as session:
            project = self._project_id(session, CLOSED)
            projects.set_status(session, project, Status.DROPPED, by="U1", now=datetime.now(UTC))
        self._team.dev.presses_in_modal("Save and score next")

    def _project_id(self, session: Session, title: str) -> int:
        in_channel = projects.list_for_board(session, self._board_ids[HERE])
        return next(each.id for each in in_channel if each.proposal.title == title)

    def _propose(self, channel: str, title: str) -> None:
        with self._database.transaction(STORE) as session:
            projects.propose(
                session,
                self._board_ids[channel],
                origin=f"{channel} {title}",
                proposer=self._ids["gus"],
                proposal=Proposal(title=title, summary="It saves money."),
                now=datetime.now(UTC),
            )

    def _card(self, channel: str, title: str) -> Message:
        [card] = self._cards(channel, title)
        return card

    def _cards(self, channel: str, text: str) -> list[Message]:
        messages = self._team.mia.messages(channel)
        return [each for each in messages if is_card(each) and text in each.visible_text]

    def _shows_card(self, channel: str, text: str) -> bool:
        return bool(self._cards(channel, text))

    def _shows_answers(self, channel: str, number: int) -> bool:
        messages = self._team.mia.messages(channel)
        return len([each for each in messages if "Ranking for" in each.visible_text]) == number

    def _enqueue_digest(self, edition: int) -> None:
        with self._database.transaction(STORE) as session:
            board = boards.get(session, self._board_ids[ELSEWHERE])
            week = WeekSubject(board.cadence.iso_week(datetime.now(UTC)))
            outbox.enqueue(session, board.id, PostKind.DIGEST, week, edition=edition)

    def _is_digest_posted(self, edition: int) -> bool:
        with self._database.snapshot() as session:
            post = outbox.latest(session, self._board_ids[ELSEWHERE], PostKind.DIGEST)
        return post is not None and (post.edition, post.state) == (edition, PostState.POSTED)


@contextmanager
def in_background(actions: list[Callable[[], None]]) -> Iterator[None]:
    """Start all actions at once. Slack may refuse those that need the hanging method."""

    def try_to(action: Callable[[], None]) -> None:
        with suppress(ActionFailed):
            action()

    with ThreadPoolExecutor(len(actions)) as pool:
        started = [pool.submit(try_to, action) for action in actions]
        yield
        for action in started:
            action.result()


def seconds_until_seen(
    effects: dict[str, Effect], *, besides: Collection[str] = ()
) -> dict[str, float]:
    """Do everything at once. Return how long it took until each effect was seen, `besides` some."""
    awaited = effects.keys() - besides
    with ThreadPoolExecutor(len(effects)) as pool:
        started = time.monotonic()
        acts = {name: pool.submit(effect.act) for name, effect in effects.items()}
        seen: dict[str, float] = {}
        while len(seen) < len(awaited) and time.monotonic() < started + PATIENCE:
            for name in awaited - seen.keys():
                if acts[name].done():
                    acts[name].result()
                if effects[name].is_seen():
                    seen[name] = time.monotonic() - started
            time.sleep(POLL_INTERVAL)
    return {name: seen.get(name, math.inf) for name in awaited}


def was_called(slack: SandboxClient, method: str, channel: str | None, after: int) -> bool:
    """Return whether Needle called the method, in a channel if one is given, after an entry."""
    return any(
        (entry["kind"], entry["name"]) == ("api", method)
        and channel in (None, entry["request"].get("channel"))
        for entry in slack.traffic(after)
    )


@pytest.fixture
def ack_timeout() -> float:
    return 3  # Slack's, because a slow acknowledgement is what these tests look for


@pytest.fixture
def story(
    sandbox: Sandbox, team: SandboxPeople, store_file: Path, intervals: Intervals
) -> Iterator[Story]:
    """A running bot in two channels, whose people it knows."""
    variables = {
        name.lower(): text for name, text in environment(sandbox, store_file.parent).items()
    }
    with running_bot(RunSettings.model_validate(variables), intervals=intervals) as bot:
        for channel in (HERE, ELSEWHERE):
            invite(team, channel=channel)
        yield Story(bot, team)


@pytest.mark.parametrize("method", HANGS)
def test_hanging_method__delays_only_what_needs_it(
    slack: SandboxClient, story: Story, method: str
) -> None:
    normal = seconds_until_seen(story.effects(1))
    assert max(normal.values()) < PATIENCE
    hang = HANGS[method]
    channel = story.channel_ids[HERE] if hang.in_channel else None
    # The sandbox records a call when it is processed. So it hangs afterward.
    slack.inject_fault(
        method, channel=channel or "", delay=HANG, after_processing=True, times=10_000
    )
    last_entry = slack.traffic()[-1]["id"]
    with in_background(story.provocations(method)):
        wait_until(partial(was_called, slack, method, channel, last_entry), within=PATIENCE)
        seen = seconds_until_seen(story.effects(2), besides=hang.needed_by)
    late = {name: took for name, took in seen.items() if took > normal[name] + EXTRA}
    assert late == {}, normal
