"""Fires in the channel, and the question after a week whether one still burns."""

from datetime import timedelta

from slack_sandbox.client.client import SandboxClient
from storage.boards import boards, fires
from storage.database import Session
from storage.locks import STORE
from tests.support.bot_driver import FRIDAY, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import direct_messages

WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)
ASKED = "Is it still burning?"


def declare(clock: BotDriver, slack: SandboxClient, who: str, value: str) -> int:
    """Store a fire, as `/fire` does."""
    [person] = [each["id"] for each in slack.workspace()["people"] if each["name"] == who]
    with clock.database.transaction(STORE) as session:
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
    with clock.database.transaction(STORE) as session:
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


def test_fire_declared_and_cleared_150_times__no_flood(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.run_until_posted(FRIDAY)
    before = len(team.mia.messages("ops"))
    for _ in range(150):
        fire = declare(clock, slack, "ana", "cost")
        with clock.database.transaction(STORE) as session:
            fires.clear(session, fire, by="U1", now=FRIDAY)
    clock.propose("Rotate every key", FRIDAY)
    clock.run_pass(FRIDAY + MINUTE)
    messages = [message.visible_text for message in team.mia.messages("ops")]
    assert "Rotate every key" in messages[-1]
    clock.run_until_posted(FRIDAY + 2 * MINUTE)
    assert len(team.mia.messages("ops")) == before + 1


def test_fire_out_after_its_post__both_are_told_in_order(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    fire = declare(clock, slack, "ana", "cost")
    clock.run_until_posted(FRIDAY)
    with clock.database.transaction(STORE) as session:
        fires.clear(session, fire, by="U1", now=FRIDAY)
    clock.run_until_posted(FRIDAY + MINUTE)
    *_, start, end = [message.visible_text for message in team.mia.messages("ops")]
    assert "is burning" in start
    assert "is no longer burning" in end


def test_queued_fires__wait_for_a_card(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    clock.run_until_posted(FRIDAY)
    for value in ("cost", "security", "availability"):
        declare(clock, slack, "ana", value)
    clock.propose("Rotate every key", FRIDAY)
    clock.run_pass(FRIDAY + MINUTE)
    assert "Rotate every key" in team.mia.messages("ops")[-1].visible_text
    clock.run_pass(FRIDAY + 2 * MINUTE)
    assert "is burning" in team.mia.messages("ops")[-1].visible_text
