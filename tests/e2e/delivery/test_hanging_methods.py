"""One Web API method hangs. What doesn't need it happens within five seconds of its normal time."""

import inspect
import math
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
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
from domain.projects.proposal import Proposal
from slack_sandbox.client.client import ActionFailed, Message, SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.people import people
from storage.posts import outbox
from storage.posts.subjects import WeekSubject
from storage.projects import projects
from storage.tables import AccountType, PostKind, PostState
from tests.support.bot_process import ROOT, SandboxPeople, environment
from tests.support.slack_steps import invite, is_card
from tests.support.wait import wait_until

FIRST = "The first project"
HERE, ELSEWHERE = "ops", "random"  # a method that names a channel hangs only in the first
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


NEED_EVENTS = [
    f"{what} in {channel}" for what in ("vote", "command") for channel in (HERE, ELSEWHERE)
]
HANGS = {
    # The connection that is still open is about to close, and the SDK reads nothing from it.
    "apps.connections.open": everywhere(*NEED_EVENTS),
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
    assert called_methods() - {"apps.connections.open"} == WITHOUT.keys()


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
        with self._database.transaction() as session:
            for person in self._ids.values():
                people.save_profile(
                    session,
                    workspace["team"]["id"],
                    person,
                    AccountType.MEMBER,
                    None,
                    datetime.now(UTC),
                    None,
                )
            by_channel = {each.channel_id: each.id for each in boards.list_all(session)}
        self.channel_ids = {each["name"]: each["id"] for each in team.mia.screen()["channels"]}
        self._board_ids = {name: by_channel[self.channel_ids[name]] for name in (HERE, ELSEWHERE)}
        for channel in (HERE, ELSEWHERE):
            self._propose(channel, FIRST)
            wait_until(partial(self._shows_card, channel, FIRST), within=PATIENCE)

    def effects(self, number: int) -> dict[str, Effect]:
        """Return what is done in a round; each round has its own number and voter."""
        voter = self._team.person(("ana", "ben")[number - 1])
        title = f"Project of round {number}"
        effects: dict[str, Effect] = {}
        for channel in (HERE, ELSEWHERE):
            [card] = self._cards(channel, FIRST)
            effects |= {
                f"vote in {channel}": Effect(
                    partial(voter.reacts, "+1", to=card),
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

    def provoke(self, method: str) -> None:
        """Make Needle call what it calls after a reconnect, and for a form, Home, and a mention."""
        if method == "apps.connections.open":
            self._team.slack.refresh_connections(close_after=10)  # acknowledgments may get lost
            return
        self._bot.reconciler.request_backfill()
        with suppress(ActionFailed):
            self._team.chloe.types("/propose Another project", HERE)
        with suppress(ActionFailed):
            self._team.chloe.opens_home()
        with suppress(ActionFailed):
            self._team.dev.types("<@Needle> help", HERE)

    def _propose(self, channel: str, title: str) -> None:
        with self._database.transaction() as session:
            projects.propose(
                session,
                self._board_ids[channel],
                origin=f"{channel} {title}",
                proposer=self._ids["gus"],
                proposal=Proposal(title=title, summary="It saves money."),
                now=datetime.now(UTC),
            )

    def _cards(self, channel: str, text: str) -> list[Message]:
        messages = self._team.mia.messages(channel)
        return [each for each in messages if is_card(each) and text in each.visible_text]

    def _shows_card(self, channel: str, text: str) -> bool:
        return bool(self._cards(channel, text))

    def _shows_answers(self, channel: str, number: int) -> bool:
        messages = self._team.mia.messages(channel)
        return len([each for each in messages if "Ranking for" in each.visible_text]) == number

    def _enqueue_digest(self, edition: int) -> None:
        with self._database.transaction() as session:
            board = boards.get(session, self._board_ids[ELSEWHERE])
            week = WeekSubject(board.cadence.iso_week(datetime.now(UTC)))
            outbox.enqueue(session, board.id, PostKind.DIGEST, week, edition=edition)

    def _is_digest_posted(self, edition: int) -> bool:
        with self._database.snapshot() as session:
            post = outbox.latest(session, self._board_ids[ELSEWHERE], PostKind.DIGEST)
        return post is not None and (post.edition, post.state) == (edition, PostState.POSTED)


def seconds_until_seen(
    effects: dict[str, Effect], *, besides: Callable[[], None]
) -> dict[str, float]:
    """Do everything at once. Return how long it took until each effect was seen."""
    with ThreadPoolExecutor(len(effects) + 1) as pool:
        pool.submit(besides)
        started = time.monotonic()
        acts = [pool.submit(effect.act) for effect in effects.values()]
        seen: dict[str, float] = {}
        while len(seen) < len(effects) and time.monotonic() < started + PATIENCE:
            for name, effect in effects.items():
                if name not in seen and effect.is_seen():
                    seen[name] = time.monotonic() - started
            time.sleep(POLL_INTERVAL)
        for act in acts:
            act.result()
    return {name: seen.get(name, math.inf) for name in effects}


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
    normal = max(seconds_until_seen(story.effects(1), besides=lambda: None).values())
    assert normal < PATIENCE
    hang = HANGS[method]
    limits = {"channel": story.channel_ids[HERE]} if hang.in_channel else {}
    slack.inject_fault(method, delay=60, times=10_000, **limits)
    needless = {
        name: effect for name, effect in story.effects(2).items() if name not in hang.needed_by
    }
    seen = seconds_until_seen(needless, besides=partial(story.provoke, method))
    late = {name: took for name, took in seen.items() if took > normal + EXTRA}
    assert late == {}, normal
