"""People who vote, propose, score and declare fires, and a model that remembers what they said.

Votes are reactions, so Slack has them whatever the app does. Voters don't wait for the app. Members
repeat what needs the app's response until they get it.
"""

import random
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from string import ascii_lowercase

import yaml

from slack_sandbox.client.client import Message, SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import ROOT, SandboxPeople
from tests.support.chaos.facts import Facts
from tests.support.chaos.model import EMOJI, Model
from tests.support.chaos.outcome import Outcome
from tests.support.chaos.shown_cards import cards_by_number
from tests.support.chaos.story import TITLES, propose, retry_until_accepted, score

UserAction = Callable[[str, random.Random], None]
MEMBERS = ("mia", "ana", "ben", "chloe", "dev")
VOTERS_PER_THREAD = 6
VOTER_THREADS = 2
VOTES_PER_SECOND = 8  # of each thread
RETRY_SECONDS = 0.2
IMPACTS = (-3, -2, -1, 1, 2, 3)
TITLE_LETTERS = 12  # random ones, because people are asked about titles that are similar
# Each value's fires are told by one person, so that the answers can't be mistaken for each other.
FIRES = {"availability": "eli", "security": "fatima", "cost": "gus"}
DECLARED = ("Declared.", "was already burning")
CLEARED = ("Cleared.", "isn't burning")
ANSWER_SECONDS = 5
# The tests don't measure speed: a busy machine can stop all processes for seconds.
ACK_TIMEOUT = 10
EVENTS_AN_HOUR = 10**6


@contextmanager
def crowded_sandbox(retry_delays: Sequence[float]) -> Iterator[Sandbox]:
    """Run a sandbox with as many members as a crowd has."""
    with Sandbox(
        yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8")),
        ack_timeout=ACK_TIMEOUT,
        retry_delays=retry_delays,
        events_per_hour=EVENTS_AN_HOUR,
        extra_members=VOTER_THREADS * VOTERS_PER_THREAD,
    ) as sandbox:
        yield sandbox


class Crowd:
    """The people of #ops, whose board has projects by mia."""

    def __init__(self, slack: SandboxClient, rng: random.Random) -> None:
        self.team = SandboxPeople(slack)
        self.model = Model(titles=list(TITLES))
        self._proposers = ["mia"] * len(TITLES)
        self._fires: list[tuple[str, str, str | None]] = []
        self._rng = rng
        self._voted = threading.Event()
        self._cards: dict[int, Message] = {}
        self._cast: list[str] = []  # who voted, because appending is atomic

    @property
    def votes_cast(self) -> int:
        """How often someone voted or took back a vote so far."""
        return len(self._cast)

    def act(self, votes: int, max_projects: int) -> None:
        """Let voters vote this many times. Meanwhile, the members do other things."""
        self._cards = {number: shown[-1] for number, shown in cards_by_number(self.team).items()}
        seeds = [self._rng.random() for _ in range(VOTER_THREADS + 1)]
        with ThreadPoolExecutor(len(seeds)) as pool:
            voting = [
                pool.submit(self._vote, thread, votes // VOTER_THREADS, _random(seeds[thread]))
                for thread in range(VOTER_THREADS)
            ]
            others = pool.submit(self._do_other_things, max_projects, _random(seeds[-1]))
            try:
                for each in voting:
                    each.result()
            finally:
                self._voted.set()
            others.result()

    def expected_outcome(self) -> Outcome:
        """Return what must be stored and shown."""
        said = zip(self.model.titles, self._proposers, strict=True)
        expected = Facts(
            boards=1,
            projects=[(number, title, who) for number, (title, who) in enumerate(said, 1)],
            votes=self.model.standing(),
            scores={
                (number, who, "availability", impact)
                for (number, who), impact in self.model.scores.items()
            },
            fires=self._fires,
        )
        return Outcome(expected, self.model.cards())

    def _vote(self, thread: int, votes: int, rng: random.Random) -> None:
        first = thread * VOTERS_PER_THREAD + 1
        voters = [f"member{number:03}" for number in range(first, first + VOTERS_PER_THREAD)]
        for _ in range(votes):
            number = rng.choice(list(self._cards))
            who, emoji, card = rng.choice(voters), rng.choice(EMOJI), self._cards[number]
            stands = not self.model.votes.get((number, who, emoji), False)
            if stands:
                self.team.person(who).reacts(emoji, to=card)
            else:
                self.team.person(who).removes_reaction(emoji, on=card)
            self.model.votes[number, who, emoji] = stands
            self._cast.append(who)
            self._voted.wait(rng.expovariate(VOTES_PER_SECOND))

    def _do_other_things(self, max_projects: int, rng: random.Random) -> None:
        while not self._voted.is_set():
            who = rng.choice(MEMBERS)
            other_things: list[UserAction] = [self._score, self._burn]
            if len(self.model.titles) < max_projects:
                other_things.append(self._propose)
            rng.choice(other_things)(who, rng)

    def _propose(self, who: str, rng: random.Random) -> None:
        title = "".join(rng.choices(ascii_lowercase, k=TITLE_LETTERS))
        propose(self._wait, self.team.person(who), title)
        self.model.titles.append(title)
        self._proposers.append(who)
        for posted, cards in cards_by_number(self.team).items():
            self._cards.setdefault(posted, cards[-1])

    def _score(self, who: str, rng: random.Random) -> None:
        number, impact = rng.choice(list(self._cards)), rng.choice(IMPACTS)
        score(self._wait, self.team.person(who), self._cards[number], impact)
        self.model.scores[number, who] = impact

    def _burn(self, _who: str, rng: random.Random) -> None:
        """Declare a fire, or say that it's out. Repeat that until the app says that it's stored."""
        value, who = rng.choice([*FIRES.items()])
        burning = [fire for fire in self._fires if fire[0] == value and fire[2] is None]
        command = f"/fire out {value}" if burning else f"/fire {value} it burns"
        answers = CLEARED if burning else DECLARED
        retry_until_accepted(self._wait, lambda: self._types(who, command, answers))
        if burning:
            self._fires[self._fires.index(burning[0])] = (value, burning[0][1], who)
        else:
            self._fires.append((value, who, None))

    def _types(self, who: str, command: str, answers: Collection[str]) -> None:
        """Run a command. Raise NotSeen without one of these answers."""
        person = self.team.person(who)
        earlier = {each.ts for each in person.messages()}
        person.types(command)
        person.sees(
            lambda message: (
                message.ephemeral
                and message.ts not in earlier
                and any(answer in message.visible_text for answer in answers)
            ),
            timeout=ANSWER_SECONDS,
        )

    def _wait(self) -> None:
        """Wait before a repetition: all processes may be down."""
        self._voted.wait(RETRY_SECONDS)


def _random(seed: float) -> random.Random:
    return random.Random(seed)  # noqa: S311 — repeatable, not secret
