"""The reconciler behind a proxy that changes Slack's answers: each post still appears once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.reconciler.tasks import HELD_RETRY_INTERVAL
from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.locks import STORE
from storage.posts import outbox
from storage.projects import votes
from tests.support.answer_proxy import AnswerProxy, Change, answer_proxy, body, edited
from tests.support.bot_driver import FRIDAY, RECONCILER_METHODS, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_titles, cards, invitations

LATER = FRIDAY + timedelta(minutes=10)
SECOND = timedelta(seconds=1)
FIRST, SECOND_CARD = "#1  Retire the last NAT box", "#2  Rotate every key"
MALFORMED = {
    "null": body("null"),
    "a list": body("[]"),
    "a page": body("<html>Sign in to the network</html>"),
    "half of it": body('{"ok": tru'),
    "only ok": body('{"ok": true}'),
    "only not ok": body('{"ok": false}'),
    "null as error": body('{"ok": false, "error": null}'),
    "a list with an error": body("[]", status=502),
}


def drop_metadata(page: dict[str, Any]) -> None:
    for message in page["messages"]:
        message.pop("metadata", None)


@pytest.fixture
def proxy(sandbox: Sandbox) -> Iterator[AnswerProxy]:
    with answer_proxy(sandbox.api_url) as running_proxy:
        yield running_proxy


@pytest.fixture
def api_url(proxy: AnswerProxy) -> str:
    return proxy.url


def run_for(clock: BotDriver, minutes: int) -> None:
    """Run a pass every 15 seconds."""
    for seconds in range(0, minutes * 60, 15):
        clock.run_pass(LATER + seconds * SECOND)


@pytest.mark.parametrize("answer", MALFORMED.values(), ids=MALFORMED)
def test_malformed_answers_to_all_methods__shown_once(
    clock: BotDriver,
    proxy: AnswerProxy,
    slack: SandboxClient,
    team: SandboxPeople,
    answer: Change,
) -> None:
    for method in RECONCILER_METHODS:
        proxy.change_next(method, answer, answer)
    clock.propose("Rotate every key", LATER)
    clock.create_dispute(slack)
    clock.add_unknown_people(slack, "ben")
    clock.outdate_all_cards()
    clock.reconnect()
    run_for(clock, minutes=15)
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []
        assert outbox.stale(session) == []
    assert sorted(card_titles(team)) == [FIRST, SECOND_CARD]
    [first, _] = cards(team)
    assert len(invitations(team, first)) == 1


@pytest.mark.parametrize(
    "answer",
    [body("null"), body('{"ok": false, "error": "never_heard_of"}'), body("", status=502)],
    ids=["null", "unknown error", "no body"],
)
def test_lost_answers_without_metadata__one_card(
    clock: BotDriver, proxy: AnswerProxy, slack: SandboxClient, team: SandboxPeople, answer: Change
) -> None:
    for method in ("conversations.history", "conversations.replies"):
        proxy.change_all(method, edited(drop_metadata))
    proxy.change_next("chat.postMessage", answer, answer, answer)
    clock.propose("Rotate every key", LATER)
    clock.create_dispute(slack)
    run_for(clock, minutes=5)
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []
    assert card_titles(team) == [FIRST, SECOND_CARD]
    [first, _] = cards(team)
    assert len(invitations(team, first)) == 1


def test_lost_answer_to_a_broadcast_reply__one_reply(
    clock: BotDriver, proxy: AnswerProxy, slack: SandboxClient, team: SandboxPeople
) -> None:
    def broadcast(page: dict[str, Any]) -> None:
        for message in page["messages"]:
            message["subtype"] = "thread_broadcast"

    proxy.change_all("conversations.replies", edited(broadcast))
    proxy.change_next("chat.postMessage", body("null"))
    clock.create_dispute(slack)
    run_for(clock, minutes=2)
    [first] = cards(team)
    assert len(invitations(team, first)) == 1


@pytest.fixture
def plain_card_in_doubt(clock: BotDriver, proxy: AnswerProxy, slack: SandboxClient) -> None:
    """A card that Slack took as plain text only, whose answer and metadata are lost."""
    proxy.change_all("conversations.history", edited(drop_metadata))
    slack.inject_fault("chat.postMessage", error="invalid_blocks")
    proxy.change_next("chat.postMessage", lambda answer: answer, body("null"))
    clock.propose("Rotate every key", LATER)
    run_for(clock, minutes=4)


def count_copies(team: SandboxPeople) -> int:
    return len([m for m in team.mia.messages("ops") if "Rotate every key" in m.visible_text])


@pytest.mark.usefixtures("plain_card_in_doubt")
def test_unidentified_message__post_is_held_until_it_is_known(
    clock: BotDriver, proxy: AnswerProxy, team: SandboxPeople, caplog: pytest.LogCaptureFixture
) -> None:
    assert count_copies(team) == 1
    [line] = [
        vars(record) for record in caplog.get_records("setup") if record.message == "post_held"
    ]
    assert (line["post"], line["subject"], len(line["messages"])) == ("card", "2", 1)
    proxy.change_all("conversations.history", lambda answer: answer)
    clock.run_pass(LATER + 4 * timedelta(minutes=1) + HELD_RETRY_INTERVAL)
    assert count_copies(team) == 1
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []


@pytest.mark.usefixtures("plain_card_in_doubt")
def test_unidentified_message_is_deleted__card_is_posted(
    clock: BotDriver, team: SandboxPeople
) -> None:
    [plain] = [m for m in team.mia.messages("ops") if "Rotate every key" in m.visible_text]
    team.mia.deletes(plain)
    clock.run_pass(LATER + 4 * timedelta(minutes=1) + HELD_RETRY_INTERVAL)
    assert card_titles(team) == [FIRST, SECOND_CARD]


def test_mark_by_another_app__is_not_trusted(
    clock: BotDriver, proxy: AnswerProxy, team: SandboxPeople
) -> None:
    def change_author(page: dict[str, Any]) -> None:
        for message in page["messages"]:
            message["user"] = "U0OTHER"

    proxy.change_all("conversations.history", edited(change_author))
    proxy.change_next("chat.postMessage", body("null"))
    clock.propose("Rotate every key", LATER)
    run_for(clock, minutes=2)
    assert card_titles(team) == [FIRST, SECOND_CARD, SECOND_CARD]


def test_shortened_list_of_people__removes_no_vote(
    clock: BotDriver, proxy: AnswerProxy, slack: SandboxClient, team: SandboxPeople
) -> None:
    def leave_out_people(message: dict[str, Any]) -> None:
        for reaction in message.get("reactions", []):
            reaction["users"] = []

    def leave_out_in_page(page: dict[str, Any]) -> None:
        for message in page["messages"]:
            leave_out_people(message)

    proxy.change_all("conversations.history", edited(leave_out_in_page))
    proxy.change_all("reactions.get", edited(lambda answer: leave_out_people(answer["message"])))
    [card] = cards(team)
    team.mia.reacts("+1", to=card)
    team.ana.reacts("lock", to=card)
    ids = {each["name"]: each["id"] for each in slack.workspace()["people"]}
    voted = {(ids["mia"], "+1"), (ids["ana"], "lock")}
    with clock.database.transaction(STORE) as session:
        [board] = boards.list_all(session)
        for person, emoji in voted:
            votes.save_reactions(
                session,
                [
                    votes.ReactionEvent(
                        team_id=board.team_id,
                        channel_id=board.channel_id,
                        message_ts=card.ts,
                        person=person,
                        emoji=emoji,
                        present=True,
                        event_ts="1787313600.000100",
                    )
                ],
            )
    clock.reconnect()
    run_for(clock, minutes=2)
    with clock.database.snapshot() as session:
        stored = votes.reactions_on(session, 1, [card.ts])[card.ts]
    assert {key for key, reaction in stored.items() if reaction.present} == voted
