"""A board on the sandbox, with one or more bots that share a database."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from sqlmodel import select

from bot.reconciler.intervals import Intervals
from bot.service.service import running
from slack_sandbox.client.client import Message, SandboxClient
from slack_sandbox.server import Sandbox
from storage.database import Database
from storage.posts.subjects import ProjectSubject
from storage.tables import PostRow, ProjectRow, ReactionRow, ScoreRow
from tests.support.bot_process import ROOT, SandboxPeople, environment, settings_from
from tests.support.chaos.clock import AdvancingClock, HostClock
from tests.support.chaos.model import Model
from tests.support.chaos.shown_cards import cards_by_number, shown_counts
from tests.support.chaos.story import propose, score

RETRIES = (0.0, 0.2, 1.0)  # seconds
EVENTS_AN_HOUR = 10**6
INTERVALS = Intervals(between_redraws=timedelta(seconds=5), debounce=timedelta(seconds=0.05))
POLL = 0.1  # seconds
WITHIN = 30  # seconds
A_MOMENT = timedelta(seconds=2)
LIMITS_AGE = timedelta(seconds=61)  # the period of Slack's rate limits
RETRIES_END = timedelta(minutes=7)  # when the bot runs its second backfill after a lost connection
NewDatabase = Callable[[Path], str]  # from the folder for a file to the URL


class LiveBoard:
    """#ops with a guest, and the bots. Each user action is also applied to the model."""

    def __init__(self, bots: int, new_database: NewDatabase) -> None:
        self.model = Model()
        self.passing = AdvancingClock()
        self._lost = False
        self._on_card: dict[str, set[tuple[str, str]]] = {}
        self._ended = ExitStack()
        folder = Path(self._ended.enter_context(TemporaryDirectory()))
        manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
        sandbox = self._ended.enter_context(
            Sandbox(
                manifest,
                clock=self.passing.seconds,
                retry_delays=RETRIES,
                events_per_hour=EVENTS_AN_HOUR,
            )
        )
        self.slack = SandboxClient(sandbox.url)
        self.team = SandboxPeople(self.slack)
        self._names = {each["id"]: each["name"] for each in self.slack.workspace()["people"]}
        channels = self.team.mia.screen()["channels"]
        [self.channel] = [each["id"] for each in channels if each["name"] == "ops"]
        self.hosts = [HostClock(self.passing) for _ in range(bots)]
        variables = environment(sandbox, folder) | {"DATABASE_URL": new_database(folder)}
        self._bots = [self._bot(variables, host) for host in self.hosts]
        self._connected()
        self.team.mia.invites(self.slack.app_user_id, "ops")
        self.team.mia.invites("gia", "ops")
        self.model.no_members.add("gia")
        self.team.mia.sees("decide what to work on, based on its values", timeout=WITHIN)

    def _bot(self, variables: dict[str, str], host: HostClock) -> Database:
        bot = running(
            settings_from(variables),
            host.now,
            intervals=INTERVALS,
            monotonic=self.passing.monotonic,
        )
        return self._ended.enter_context(bot)

    def close(self) -> None:
        self._ended.close()

    def _connected(self) -> None:
        self.slack.wait_for_connections(len(self._bots), timeout=WITHIN)

    def proposes(self, who: str, title: str) -> None:
        propose(self._connected, self.team.person(who), title)
        self.model.titles.append(title)
        self.settles()

    def toggles(self, who: str, emoji: str, number: int) -> None:
        """Add a reaction to the project's current card, or remove it."""
        card = self.card(number)
        given = self._on_card.setdefault(card.ts, set())
        stands = (who, emoji) not in given
        if stands:
            self.team.person(who).reacts(emoji, to=card)
            given.add((who, emoji))
        else:
            self.team.person(who).removes_reaction(emoji, on=card)
            given.remove((who, emoji))
        self.model.votes[number, who, emoji] = stands

    def scores(self, who: str, number: int, impact: int) -> None:
        score(self._connected, self.team.person(who), self.card(number), impact)
        self.model.scores[number, who] = impact

    def deletes(self, number: int) -> None:
        """Delete a card. Without an event, the bot notices it at the next redraw or backfill."""
        self.settles()
        self.team.mia.deletes(self.card(number))
        self.settles(timedelta(hours=1, minutes=1))

    def makes(self, who: str, *, member: bool) -> None:
        if member:
            self.team.mia.makes_member(who)
            self.model.no_members.discard(who)
        else:
            self.team.mia.makes_guest(who)
            self.model.no_members.add(who)

    def card(self, number: int) -> Message:
        return cards_by_number(self.team)[number][-1]

    def loses_connections(self, how: str) -> None:
        getattr(self.slack, f"{how}_connections")()
        self._lost = True

    def settles(self, later: timedelta = LIMITS_AGE) -> None:
        """Set the clocks right, advance time, and wait until database and cards match the model."""
        if self._lost:
            self._connected()
            self._lost, later = False, max(later, RETRIES_END)
        for host in self.hosts:
            host.set_right()
        self.passing.jump(later)
        until = time.monotonic() + WITHIN
        while difference := self._difference():
            assert time.monotonic() < until, difference
            for bot in self._bots:
                bot.changed.set()
            time.sleep(POLL)
            # Slack finishes a call soon after the bot gave up, long before the bot's claim ends.
            if not self.slack.delayed_calls():
                self.passing.jump(A_MOMENT)

    def _difference(self) -> str:
        for what, told, found in (
            ("projects", self.model.titles, self._titles()),
            ("votes", self.model.standing(), self._votes()),
            ("scores", self.model.scores, self._scores()),
            ("cards", self.model.cards(), shown_counts(self.team)),
        ):
            if told != found:
                return f"{what}: {found}, but people said {told}"
        return ""

    def _titles(self) -> list[str]:
        with self._bots[0].snapshot() as session:
            rows = session.exec(select(ProjectRow).order_by("number")).all()
        return [row.proposal["title"] for row in rows]

    def _votes(self) -> set[tuple[int, str, str]]:
        """Return the votes that count: the last event about any card of the project decides."""
        with self._bots[0].snapshot() as session:
            number = {
                row.ts: ProjectSubject.decode(row.subject).number
                for row in session.exec(select(PostRow)).all()
                if row.project_id
            }
            rows = session.exec(select(ReactionRow).order_by("event_ts")).all()
        last = {
            (number[row.message_ts], self._names[row.person], row.emoji): row.present
            for row in rows
            if row.message_ts in number
        }
        return {vote for vote, present in last.items() if present}

    def _scores(self) -> dict[tuple[int, str], int]:
        with self._bots[0].snapshot() as session:
            numbers = {row.id: row.number for row in session.exec(select(ProjectRow)).all()}
            return {
                (numbers[row.project_id], self._names[row.person]): impact
                for row in session.exec(select(ScoreRow)).all()
                if (impact := row.impacts.get("availability")) is not None
            }
