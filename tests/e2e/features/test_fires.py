"""After a week, Needle asks once, in a DM to the person who declared it, whether a fire burns."""

from datetime import timedelta

from slack_sandbox.client.client import SandboxClient
from storage.boards import boards, fires
from storage.database import Session
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import direct_messages

WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
ASKED = "Is it still burning?"


def declare(clock: BotDriver, slack: SandboxClient, who: str, value: str) -> int:
    """Store a fire, as `/fire` does."""
    [person] = [each["id"] for each in slack.workspace()["people"] if each["name"] == who]
    with clock.database.transaction() as session:
        declared = fires.declare(
            session, first_board(session), value=value, what="It leaks", by=person, now=FRIDAY
        )
    assert declared is not None
    return declared.id


def first_board(session: Session) -> int:
    return boards.list_all(session)[0].id


def asked(team: SandboxPeople, who: str) -> list[str]:
    return [m.visible_text for m in direct_messages(team, who) if ASKED in m.visible_text]


def test_fire_burns_a_week__asks_its_declarer_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    declare(clock, slack, "ana", "security")
    clock.run_until_posted(FRIDAY + WEEK - MINUTE)
    assert asked(team, "ana") == []
    for now in (FRIDAY + WEEK, FRIDAY + WEEK + MINUTE, FRIDAY + 3 * WEEK):
        clock.run_until_posted(now)
    assert len(asked(team, "ana")) == 1
    assert "Security has been burning in #ops since Friday 21 Aug" in asked(team, "ana")[0]
    assert asked(team, "mia") == []


def test_fire_is_out__asks_nobody(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    fire = declare(clock, slack, "ana", "security")
    with clock.database.transaction() as session:
        fires.clear(session, fire, by="U1", now=FRIDAY + MINUTE)
    clock.run_until_posted(FRIDAY + WEEK)
    assert asked(team, "ana") == []


def test_declarer_left_channel__is_not_asked(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    declare(clock, slack, "ana", "security")
    team.ana.leaves("ops")
    clock.run_until_posted(FRIDAY + WEEK)
    assert asked(team, "ana") == []
