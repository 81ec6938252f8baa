"""A story of a team's quarter, in which people retry what failed.

People do once what Slack itself handles, such as a reaction. They repeat what needs the bot's
response until they get it, as people do when Slack says that the app didn't respond, or the app
that nothing was saved.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from slack_sandbox.client.client import ActionFailed, Message, NotSeen, Person, SandboxClient
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import SUMMARY, card_showing, is_card

PATIENCE = 60  # seconds: much longer than the bot needs to recover from a kill
TITLES = ("Retire the last NAT box", "Rotate every long-lived key", "Right-size the workers")
DIGEST = "Digest for #ops"
TO_TUESDAY = timedelta(days=4)  # past the Monday on which a digest is due
TO_OCTOBER = timedelta(days=38)  # past a quarter's first working day


Awake = Callable[[], None]  # waits until the app is connected


class FormRefused(Exception):
    """The errors under the fields of a form, such as that nothing was saved."""


class Passes(Protocol):
    def passes(self, span: timedelta) -> None: ...


def run_story(slack: SandboxClient, bot: Passes) -> None:
    """Play the story, from the invitation to the next quarter's roadmap."""
    team = SandboxPeople(slack)

    def awake() -> None:
        slack.wait_for_connections(1, timeout=PATIENCE)

    team.mia.invites(slack.app_user_id, "ops")
    team.mia.sees("decide what to work on, based on its values", timeout=PATIENCE)
    first, second, third = [
        _propose(awake, team.person(who), title)
        for who, title in zip(("ana", "ben", "chloe"), TITLES, strict=True)
    ]
    _vote(team, first, second, third)
    for who, impact in (("mia", 3), ("ana", 3), ("ben", -3)):
        score(awake, team.person(who), first, impact)
    team.mia.sees(card_showing(first, "Scored by 3", "👍 2"), timeout=PATIENCE)
    for command, heard in (
        ("/fire cost the bill has doubled", "Cost is burning"),
        ("/fire out cost", "Cost is no longer burning"),
    ):
        _tell(awake, team, command, heard)
    bot.passes(TO_TUESDAY)
    first_digest = team.mia.sees(DIGEST, timeout=PATIENCE)
    bot.passes(TO_OCTOBER)
    team.mia.sees("Roadmap for #ops", timeout=PATIENCE)
    team.mia.sees(lambda m: DIGEST in m.visible_text and m.ts > first_digest.ts, timeout=PATIENCE)


def _vote(team: SandboxPeople, first: Message, second: Message, third: Message) -> None:
    team.ben.reacts("+1", to=first)
    team.eli.reacts("+1::skin-tone-3", to=first)
    team.dev.reacts("+1", to=first)
    team.dev.removes_reaction("+1", on=first)
    team.chloe.reacts("lock", to=second)
    team.gus.reacts("moneybag", to=third)


def _propose(awake: Awake, person: Person, title: str) -> Message:
    propose(awake, person, title)
    return person.sees(lambda m: is_card(m) and title in m.visible_text, timeout=PATIENCE)


def propose(awake: Awake, person: Person, title: str) -> None:
    _opens(awake, person, "Propose a project", lambda: person.types(f"/propose {title}"))
    retry_until_accepted(awake, lambda: _submit(person, title=title, summary=SUMMARY))


def score(awake: Awake, person: Person, card: Message, impact: int) -> None:
    number = card.visible_text.split()[0]
    _opens(awake, person, f"Score {number}", lambda: person.presses("Score", on=card))
    retry_until_accepted(awake, lambda: _submit(person, availability=str(impact)))
    person.closes()  # the form continued with the next project


def _tell(awake: Awake, team: SandboxPeople, command: str, heard: str) -> None:
    """Repeat a command about a fire until the channel hears of it: a repetition changes nothing."""

    def told() -> None:
        team.fatima.types(command)
        team.mia.sees(heard, timeout=10)

    retry_until_accepted(awake, told)


def _submit(person: Person, **fields: str) -> None:
    """Submit a form. Raise FormRefused if it stays open with errors under its fields."""
    person.submits(**fields)
    if person.modal and person.modal.errors:
        raise FormRefused(person.modal.errors)


def _opens(awake: Awake, person: Person, title: str, act: Callable[[], None]) -> None:
    """Repeat an action until its form is open, even if the app died before acknowledging it."""

    def asked() -> None:
        modal = person.modal  # the form of an earlier attempt may open late
        if modal is None or title not in modal.title:
            act()
            person.sees_modal(title, timeout=3)

    retry_until_accepted(awake, asked)


def retry_until_accepted(awake: Awake, act: Callable[[], None]) -> None:
    """Repeat an action until it works. Raise its last error if it fails for too long."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except (ActionFailed, FormRefused, NotSeen):
            if time.monotonic() > until:
                raise
            awake()
