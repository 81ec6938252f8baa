"""After downtime or a lost connection, Needle finds what people did meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.config import RunSettings
from bot.reconciler.intervals import Intervals
from bot.service.service import running
from slack_sandbox.client.client import Message, SandboxClient
from slack_sandbox.server import Sandbox
from slack_sandbox.surfaces.serializers import MAX_REACTION_USERS
from storage.boards import boards
from storage.database import Database
from storage.projects import votes
from tests.support.bot_process import SandboxPeople, environment
from tests.support.slack_steps import (
    INTRODUCTION,
    card_showing,
    invite,
    is_card,
    propose,
    score,
    wait_for_acknowledgement,
)
from tests.support.wait import wait_until


class Shifts:
    """Runs of the bot with pauses between them, on one store."""

    def __init__(self, sandbox: Sandbox, folder: Path, intervals: Intervals) -> None:
        variables = {name.lower(): text for name, text in environment(sandbox, folder).items()}
        self._intervals = intervals
        self._settings = RunSettings.model_validate(variables)

    @contextmanager
    def on(self) -> Iterator[Database]:
        with running(self._settings, intervals=self._intervals) as database:
            yield database


@pytest.fixture
def shifts(sandbox: Sandbox, store_file: Path, intervals: Intervals) -> Shifts:
    return Shifts(sandbox, store_file.parent, intervals)


@pytest.fixture
def card(shifts: Shifts, team: SandboxPeople) -> Message:
    """A card with a vote by Ben. The bot is stopped."""
    with shifts.on():
        invite(team)
        card = propose(team, "ana", "Retire the last NAT box")
        team.ben.reacts("+1", to=card)
        team.mia.sees(card_showing(card, "👍 1"))
    return card


def test_votes_changed_during_downtime__are_backfilled(
    shifts: Shifts, team: SandboxPeople, card: Message
) -> None:
    team.ben.removes_reaction("+1", on=card)
    for person in (team.mia, team.chloe):
        person.reacts("+1", to=card)
    team.ana.reacts("lock", to=card)
    with shifts.on():
        team.mia.sees(card_showing(card, "👍 2"))
        # Backfilled votes can still be withdrawn.
        team.chloe.removes_reaction("+1", on=card)
        team.mia.sees(card_showing(card, "👍 1"))


@pytest.mark.parametrize("sandbox_options", [{"extra_members": MAX_REACTION_USERS}])
def test_truncated_reactions__are_read_in_full(
    shifts: Shifts, team: SandboxPeople, card: Message
) -> None:
    """`users` may be truncated: https://docs.slack.dev/reference/methods/reactions.get."""
    for number in range(1, MAX_REACTION_USERS + 1):
        team.person(f"member{number:03}").reacts("+1", to=card)
    team.chloe.reacts("lock", to=card)
    with shifts.on():
        team.mia.sees(card_showing(card, f"👍 {MAX_REACTION_USERS + 1}"))


def test_card_deleted_during_downtime__is_posted_again(
    shifts: Shifts, team: SandboxPeople, card: Message
) -> None:
    team.mia.deletes(card)
    with shifts.on():
        again = team.mia.sees(is_card)
        assert again.ts != card.ts
        assert "👍 1" in again.visible_text, "the vote outlives its card"


def test_card_with_thread_deleted__is_posted_again(
    shifts: Shifts, team: SandboxPeople, card: Message
) -> None:
    team.gus.replies("Why now?", to=card)
    team.mia.deletes(card)
    with shifts.on():
        again = team.mia.sees(lambda message: is_card(message) and message.ts != card.ts)
        assert "👍 1" in again.visible_text, "the vote outlives its card"


def test_deactivated_during_downtime__vote_is_removed(
    shifts: Shifts, team: SandboxPeople, card: Message
) -> None:
    team.mia.deactivates("ben")
    with shifts.on():
        team.mia.sees(card_showing(card, "👍 0"))


def test_channels_renamed_and_joined__are_backfilled(
    shifts: Shifts, slack: SandboxClient, team: SandboxPeople, card: Message
) -> None:
    team.mia.renames("ops", "platform")
    team.ana.invites(slack.app_user_id, "random")
    with shifts.on() as database:
        team.ana.sees(INTRODUCTION, "random")
        team.mia.reacts("+1", to=card)
        team.mia.sees(card_showing(card, "👍 2"), "platform")
        with database.snapshot() as session:
            assert [board.name for board in boards.list_all(session)] == ["platform", "random"]


def test_channel_archived_during_downtime__others_continue(
    shifts: Shifts, slack: SandboxClient, team: SandboxPeople, card: Message
) -> None:
    team.chloe.reacts("+1", to=card)
    team.ana.archives("ops")
    team.ana.invites(slack.app_user_id, "random")
    with shifts.on() as database:
        team.ana.sees(INTRODUCTION, "random")
        with database.snapshot() as session:
            reactions = votes.reactions_on(session, 1, [card.ts])[card.ts]
        assert len([one for one in reactions.values() if one.present]) == 2


def test_reinvited__votes_of_the_meantime_count(
    shifts: Shifts, slack: SandboxClient, team: SandboxPeople, card: Message
) -> None:
    with shifts.on():
        team.chloe.reacts("+1", to=card)
        team.mia.sees(card_showing(card, "👍 2"))
        team.mia.removes(slack.app_user_id, "ops")
        team.dev.reacts("+1", to=card)
        team.ben.removes_reaction("+1", on=card)
        team.eli.reacts("+1", to=card)
        team.mia.invites(slack.app_user_id, "ops")
        team.mia.sees(card_showing(card, "👍 3"))


@pytest.mark.long
def test_vote_while_disconnected__counts(
    shifts: Shifts, slack: SandboxClient, team: SandboxPeople, card: Message
) -> None:
    def looks() -> int:
        return len(slack.api_calls("conversations.history"))

    before = looks()
    with shifts.on():
        wait_until(lambda: looks() > before, within=10)  # the backfill at start
        slack.inject_delivery_fault(delay=60)
        team.chloe.reacts("+1", to=card)
        slack.close_connections()
        team.mia.sees(card_showing(card, "👍 2"), timeout=30)


def test_becomes_guest_or_deactivated__vote_is_removed(
    shifts: Shifts, team: SandboxPeople, card: Message
) -> None:
    with shifts.on():
        team.mia.makes_guest("ben")
        team.mia.sees(card_showing(card, "👍 0"))
        team.mia.makes_member("ben")
        team.mia.sees(card_showing(card, "👍 1"))
        score(team, "ben", card, security=2)
        team.mia.sees(card_showing(card, "1 of 3 has scored"))
        team.mia.deactivates("ben")
        team.mia.sees(card_showing(card, "👍 0", "0 of 3 have scored"))


def test_person_events_out_of_order__newest_state_wins(
    shifts: Shifts, slack: SandboxClient, team: SandboxPeople, card: Message
) -> None:
    with shifts.on():
        team.chloe.reacts("+1", to=card)
        team.mia.sees(card_showing(card, "👍 2"))  # by now everyone is known
        slack.inject_delivery_fault(type="events_api", reorder=True)
        team.mia.makes_guest("ben")  # arrives after the next event
        team.mia.makes_member("ben")
        wait_for_acknowledgement(slack, "user_change", times=2)
        team.dev.reacts("+1", to=card)
        team.mia.sees(card_showing(card, "👍 3"))
