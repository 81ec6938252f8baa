"""The people of the demo: they do what people do in Slack, and nothing else."""

import time
from collections.abc import Callable, Iterable

from bot.demo.story import (
    CHANNEL,
    FIRE,
    PEOPLE,
    QUARTER,
    STEWARD,
    TEAM,
    WEEKS_AWAY,
    Idea,
)
from sandbox.client import Message, Person, SandboxClient
from storage import posts
from storage.database import Database

CARDS_SHOWN_WITHIN = 60  # seconds: Slack takes one post a second in a channel
POLL_SECONDS = 0.2

Track = Callable[[Iterable[Idea], str], Iterable[Idea]]


def act_quarter(slack: SandboxClient, database: Database, track: Track) -> None:
    """Invite the bot, propose, score, react, raise a fire; return when every card shows it."""
    people = {name: slack.person(name) for name in TEAM}
    steward = people[STEWARD]
    steward.invites(slack.app_user, CHANNEL)
    steward.sees("choose its work by its values", CHANNEL)
    _set_up(steward)
    for idea in track(QUARTER, "Proposing"):
        _propose(people[idea.by], idea)
    cards = {
        idea.title: steward.sees(idea.title, CHANNEL, within=CARDS_SHOWN_WITHIN)
        for idea in track(QUARTER, "Posting cards, one a second")
    }
    for idea in track(QUARTER, "Scoring"):
        for name, impacts in idea.scores.items():
            _score(people[name], cards[idea.title], impacts)
    for idea in track(QUARTER, "Reacting"):
        for emoji, names in idea.reactions.items():
            for name in names:
                people[name].reacts(emoji, to=cards[idea.title])
    who, value, what = FIRE
    people[who].types(f"/fire {value} {what}", CHANNEL)
    steward.sees(what, CHANNEL)
    _until_shown(database)


def _set_up(steward: Person) -> None:
    steward.types("/roadmap settings", CHANNEL)
    steward.sees_modal("Settings")
    steward.submits(people=PEOPLE, weeks_away=WEEKS_AWAY)
    steward.sees_no_modal()


def _propose(person: Person, idea: Idea) -> None:
    source, times = idea.toil
    person.types(f"/propose {idea.title}", CHANNEL)
    person.sees_modal("Propose a project")
    person.submits(
        summary=idea.summary,
        effort_weeks=idea.weeks,
        steps="\n".join(idea.steps) or None,
        toil_source=source or None,
        toil_per_month=times or None,
        software_removed=idea.removes or None,
        software_added=idea.adds or None,
    )
    person.sees_no_modal()


def _score(person: Person, card: Message, impacts: dict[str, int]) -> None:
    """One project, and not the next that the form then offers."""
    person.presses("Score", on=card)
    person.sees_modal("Score #")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.closes()


def _until_shown(database: Database) -> None:
    """Until Slack shows all that the store says."""
    until = time.monotonic() + CARDS_SHOWN_WITHIN
    while time.monotonic() < until:
        with database.snapshot() as session:
            if not posts.stale(session) and not posts.unposted(session):
                return
        time.sleep(POLL_SECONDS)
    raise TimeoutError(f"the cards are not up to date after {CARDS_SHOWN_WITHIN} seconds")
