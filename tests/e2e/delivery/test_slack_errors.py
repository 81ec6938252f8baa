"""The reconciler's behavior under each fault of Slack: one board never stops the others."""

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from bot.reconciler.limits import CALLS_PER_MINUTE
from bot.reconciler.tasks import CHANNEL_RETRY_INTERVAL, RETRY_INTERVAL, TOKEN_RETRY_INTERVAL
from bot.slack.call_status import WITHOUT
from slack_sandbox.client.client import SandboxClient
from storage.posts import outbox
from tests.support.bot_driver import FRIDAY, RECONCILER_METHODS, BotDriver
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_titles, cards, invitations, is_card

LATER = FRIDAY + timedelta(minutes=10)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)

TIMES = 2
SHORT = 100  # characters
HALF_WAY = 455
FIRST, SECOND_CARD = "#1  Retire the last NAT box", "#2  Rotate every key"
ELSEWHERE = "#1  Name an owner for every alert"

FAULTS: dict[str, dict[str, Any]] = {
    "it asks to be left alone": {"status": 429, "error": "ratelimited", "retry_after": 20},
    "it breaks down": {"status": 500, "error": "internal_error"},
    "it breaks down after the work": {
        "status": 503,
        "error": "service_unavailable",
        "after_processing": True,
    },
    "it says that it failed": {"error": "fatal_error"},
    "it says so after the work": {"error": "internal_error", "after_processing": True},
    "it hangs up": {"disconnect": True},
    "it hangs up after the work": {"disconnect": True, "after_processing": True},
}


@pytest.fixture
def random(clock: BotDriver, slack: SandboxClient, team: SandboxPeople) -> int:
    """A second board."""
    return clock.open_board("random", slack, team)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_any_fault_of_any_method__everything_shown_once(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, random: int, fault: dict[str, Any]
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)  # posts the new board's introduction
    [first, second] = cards(team)
    clock.create_dispute(slack)
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.run_pass(LATER + 4 * SECOND)  # a thread reply is uncertain
    for method in RECONCILER_METHODS:
        slack.inject_fault(method, times=TIMES, **fault)
    team.mia.deletes(second)
    clock.reconnect()
    clock.propose("Name an owner for every alert", LATER, on=random)
    clock.add_unknown_people(slack, "ben")
    for seconds in range(5, 900, 15):
        clock.run_pass(LATER + seconds * SECOND)
        if seconds == HALF_WAY:
            clock.outdate_all_cards()
    with clock.database.snapshot() as session:
        assert outbox.pending(session) == []
        assert outbox.stale(session) == []
    assert sorted(card_titles(team)) == [FIRST, SECOND_CARD]
    assert card_titles(team, "random") == [ELSEWHERE]
    assert len(invitations(team, first)) == 1
    assert all(len(slack.api_calls(method)) > TIMES for method in RECONCILER_METHODS)


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "not_in_channel"])
def test_closed_channel__waits_and_others_continue(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, random: int, error: str
) -> None:
    clock.run_until_posted(LATER)
    slack.inject_fault("chat.postMessage", error=error)
    clock.propose("Rotate every key", LATER)
    clock.propose("Name an owner for every alert", LATER, on=random)
    later = LATER + 5 * SECOND
    clock.run_pass(later)
    assert (card_titles(team), card_titles(team, "random")) == ([FIRST], [ELSEWHERE])
    clock.run_pass(later + CHANNEL_RETRY_INTERVAL - SECOND)
    assert card_titles(team) == [FIRST]
    clock.run_pass(later + CHANNEL_RETRY_INTERVAL)
    assert card_titles(team) == [FIRST, SECOND_CARD]


@pytest.mark.parametrize("method", ["conversations.history", "chat.getPermalink"])
def test_any_call_finds_channel_closed__no_redraws(
    clock: BotDriver, slack: SandboxClient, method: str
) -> None:
    slack.inject_fault(method, error="not_in_channel")
    clock.reconnect()
    clock.run_pass(LATER)
    clock.outdate_all_cards()
    assert clock.count_calls_at(slack, "chat.update", LATER, 1, 299, 300) == [0, 0, 1]


@pytest.mark.parametrize("method", ["chat.update", "chat.postMessage"])
def test_refused_method__waits_in_its_channel(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    random: int,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    for board in (0, random):
        clock.propose("Rotate every key", LATER, on=board)
    clock.run_until_posted(LATER)
    [ops] = [each for each in team.mia.screen()["channels"] if each["name"] == "ops"]
    slack.inject_fault(method, channel=ops["id"], error="missing_scope", times=99)
    later = LATER + MINUTE
    for board in (1, random):
        clock.outdate_all_cards(board)
        for title in ("Cache it", "Name an owner for every alert"):
            clock.propose(title, later, on=board)
    calls_before = len(slack.api_calls(method))
    for seconds in (0, 2, 4, 299):
        clock.run_pass(later + seconds * SECOND)
    in_ops = [
        call
        for call in slack.api_calls(method)[calls_before:]
        if call.get("error") == "missing_scope"
    ]
    assert len(in_ops) == 1, "the other cards of the channel don't try too"
    with clock.database.snapshot() as session:
        waiting = [*outbox.stale(session), *outbox.pending(session)]
    assert {post.board_id for post in waiting} == {1}
    [line] = [vars(record) for record in caplog.records if record.message == "call_refused"]
    assert (line["method"], line["channel"], line["error"]) == (method, ops["id"], "missing_scope")
    assert line["effect"] == WITHOUT[method]
    [deferred] = [vars(record) for record in caplog.records if record.message.endswith("_deferred")]
    assert (deferred["method"], deferred["board"]) == (method, 1)
    assert deferred["subject"]


def test_refused_method__is_tried_again_at_longer_intervals(
    clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("chat.update", error="restricted_action", times=3)
    clock.outdate_all_cards()
    seconds = (0, 299, 300, 899, 900, 2099, 2100)
    assert clock.count_calls_at(slack, "chat.update", LATER, *seconds) == [1, 1, 2, 2, 3, 3, 4]
    clock.outdate_all_cards()
    slack.inject_fault("chat.update", error="restricted_action")
    after = clock.count_calls_at(slack, "chat.update", LATER, 3000, 3299, 3300)
    assert after == [5, 5, 6], "a success resets the wait"


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
def test_rejected_token__is_logged_and_retried_slowly(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    caplog: pytest.LogCaptureFixture,
    error: str,
) -> None:
    slack.inject_fault("*", error=error, times=2)
    clock.propose("Rotate every key", LATER)
    clock.propose("Name an owner for every alert", LATER)
    clock.run_pass(LATER)
    assert clock.token_rejection == error
    [line] = [vars(record) for record in caplog.records if record.message == "token_rejected"]
    assert (line["variable"], line["error"]) == ("SLACK_BOT_TOKEN", error)
    traffic_before = len(slack.traffic())
    clock.run_pass(LATER + TOKEN_RETRY_INTERVAL - SECOND)
    assert len(slack.traffic()) == traffic_before, "no calls while the token is rejected"
    clock.run_pass(LATER + TOKEN_RETRY_INTERVAL)
    assert clock.token_rejection == error
    clock.run_until_posted(LATER + 2 * TOKEN_RETRY_INTERVAL)
    assert clock.token_rejection == ""
    assert len(card_titles(team)) == 3


def test_rejected_token__uncertain_posts_cost_no_passes(
    clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    slack.inject_fault("*", error="token_revoked", times=2)
    assert clock.run_pass(LATER + outbox.LEASE) == SECOND, "to the channel's next post"
    assert clock.run_pass(LATER + 2 * outbox.LEASE) == MINUTE, "though it could be taken again"


def test_rejected_token_without_work__is_checked_again(
    clock: BotDriver, slack: SandboxClient
) -> None:
    clock.run_until_posted(LATER)
    slack.inject_fault("views.open", error="token_revoked")
    clock.call_and_expect_rejection("views.open")
    assert clock.token_rejection == "token_revoked"
    slack.inject_fault("auth.test", error="token_revoked")
    traffic_before = len(slack.traffic())
    clock.run_pass(LATER)
    clock.run_pass(LATER + TOKEN_RETRY_INTERVAL - SECOND)
    assert len(slack.traffic()) == traffic_before + 1
    clock.run_pass(LATER + TOKEN_RETRY_INTERVAL)
    assert clock.token_rejection == ""


@pytest.fixture
def in_doubt(clock: BotDriver, slack: SandboxClient) -> None:
    """Three cards that may or may not be posted."""
    slack.inject_fault("chat.postMessage", disconnect=True, times=3)
    for title in ("Rotate every key", "Cache it", "Name an owner for every alert"):
        clock.propose(title, LATER)
    for seconds in (0, 2, 4):
        clock.run_pass(LATER + seconds * SECOND)


@pytest.mark.usefixtures("in_doubt")
@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ({"status": 429, "error": "ratelimited", "retry_after": 60}, 60),
        ({"error": "ratelimited"}, 30),
    ],
    ids=["so long", "by its words"],
)
def test_limited_search__defers_all_uncertain_posts(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, fault: dict[str, Any], wait: int
) -> None:
    slack.inject_fault("conversations.history", **fault)
    clock.outdate_all_cards()
    when = LATER + MINUTE
    calls = clock.count_calls_at(slack, "conversations.history", when, 0, 2, 4, wait - 1, wait)
    assert calls == [1, 1, 1, 1, 2]
    assert len(slack.api_calls("chat.update")) == 1, "what is not in doubt goes on"
    clock.run_until_posted(when + (wait + 2) * SECOND)
    assert len(card_titles(team)) == 4


@pytest.mark.usefixtures("in_doubt")
def test_search_finds_channel_closed__all_posts_wait(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("conversations.history", error="is_archived")
    clock.outdate_all_cards()
    when = LATER + MINUTE
    assert clock.count_calls_at(slack, "conversations.history", when, 0, 2, 4, 299) == [1, 1, 1, 1]
    assert slack.api_calls("chat.update") == []
    clock.run_until_posted(when + CHANNEL_RETRY_INTERVAL)
    assert len(card_titles(team)) == 4


@pytest.mark.usefixtures("in_doubt")
def test_uncertain_posts__are_searched_within_rate_limit(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reconciler.limits.LOOKUP_CALLS_PER_MINUTE", 2)
    when = LATER + MINUTE
    seconds = (0, 2, 4, 59, 60)
    assert clock.count_calls_at(slack, "conversations.history", when, *seconds) == [1, 2, 2, 2, 3]
    assert len(card_titles(team)) == 4


def test_token_rejected_during_search__posts_once_later(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    slack.inject_fault("chat.postMessage", disconnect=True, after_processing=True)
    slack.inject_fault("conversations.history", error="token_revoked")
    clock.propose("Rotate every key", LATER)
    clock.run_pass(LATER)
    clock.run_pass(LATER + outbox.LEASE)
    assert clock.token_rejection == "token_revoked"
    clock.run_until_posted(LATER + outbox.LEASE + TOKEN_RETRY_INTERVAL)
    assert card_titles(team) == [FIRST, SECOND_CARD]


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
@pytest.mark.parametrize(
    ("error", "is_whole"), [("msg_too_long", False), ("msg_blocks_too_long", True)]
)
def test_too_long_message__shows_first_lines(
    clock: BotDriver,
    slack: SandboxClient,
    team: SandboxPeople,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    error: str,
    is_whole: bool,  # noqa: FBT001 - a column of the table
) -> None:
    monkeypatch.setattr("bot.reconciler.sender.SHORT_TEXT", SHORT)
    clock.propose("Rotate every key", LATER)
    if method == "chat.update":
        clock.run_until_posted(LATER)
        clock.outdate_all_cards()
    slack.inject_fault(method, error=error)
    clock.run_until_posted(LATER + 5 * SECOND)
    ours = [m for m in team.mia.messages("ops") if m.visible_text.startswith("#")]
    [plain] = [m.raw["text"] for m in ours if not m.raw.get("blocks")]
    assert (len(plain) > SHORT) is is_whole
    assert plain.startswith("#")


def test_unknown_people__are_looked_up_within_rate_limit(
    clock: BotDriver, slack: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CALLS_PER_MINUTE, "users.info", 2)
    clock.add_unknown_people(slack, "mia", "dev", "eli")
    earlier = len(slack.api_calls("users.info"))  # about members of the channel
    calls = clock.count_calls_at(slack, "users.info", LATER, 0, 59, 60)
    assert [count - earlier for count in calls] == [2, 2, 3]


def test_failed_person_lookup__is_retried_after_others(
    clock: BotDriver, slack: SandboxClient
) -> None:
    slack.inject_fault("users.info", error="fatal_error")
    clock.add_unknown_people(slack, "mia", "dev", "eli")
    earlier = len(slack.api_calls("users.info"))  # about members of the channel
    calls = clock.count_calls_at(slack, "users.info", LATER, 0, 29, 30)
    assert [count - earlier for count in calls] == [3, 3, 4]


def test_limited_method__defers_no_other_method(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """A redraw finds a tombstone, so Needle reads the message with reactions.get."""
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    first = team.mia.sees(lambda m: is_card(m) and FIRST in m.visible_text)
    team.gus.replies("Why now?", to=first)
    team.mia.deletes(first)
    slack.inject_fault("reactions.get", status=429, error="ratelimited", retry_after=60)
    clock.outdate_all_cards()
    when = LATER + MINUTE
    assert clock.count_calls_at(slack, "chat.update", when, 0, 59) == [2, 2]
    clock.run_until_posted(when + MINUTE)
    clock.run_until_posted(when + MINUTE + 2 * SECOND)
    assert card_titles(team) == [SECOND_CARD, FIRST]


def test_changing_card__is_redrawn_every_three_seconds(
    clock: BotDriver, slack: SandboxClient
) -> None:
    drawn = []
    for seconds in (0, 2, 3):
        clock.outdate_all_cards()
        clock.run_pass(LATER + seconds * SECOND)
        drawn.append(len(slack.api_calls("chat.update")))
    assert drawn == [1, 1, 2]


@pytest.mark.parametrize("fault", [{"error": "fatal_error"}, {"disconnect": True}], ids=str)
def test_failed_redraw__defers_no_other_card(
    clock: BotDriver, slack: SandboxClient, fault: dict[str, Any]
) -> None:
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    slack.inject_fault("chat.update", **fault)
    clock.outdate_all_cards()
    assert clock.count_calls_at(slack, "chat.update", LATER + MINUTE, 0, 29, 30) == [2, 2, 3]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"status": 429, "error": "ratelimited", "retry_after": 1}, "ratelimited"),
        ({"disconnect": True}, "unreachable"),
    ],
)
def test_deferred_task__is_counted_by_reason(
    clock: BotDriver, slack: SandboxClient, fault: dict[str, Any], reason: str
) -> None:
    def held() -> float:
        return REGISTRY.get_sample_value("needle_deferred_total", {"reason": reason}) or 0

    before = held()
    slack.inject_fault("chat.update", **fault, times=2)
    clock.outdate_all_cards()
    clock.run_pass(LATER)
    assert held() == before + 1


def test_failing_person_lookups__cards_are_shown(
    clock: BotDriver, slack: SandboxClient, team: SandboxPeople
) -> None:
    """Reactions of unknown people don't count, but cards are shown."""
    slack.inject_fault("users.info", error="fatal_error", times=100)
    clock.add_unknown_people(slack, "ben")
    clock.propose("Rotate every key", LATER)
    clock.run_until_posted(LATER)
    assert card_titles(team) == [FIRST, SECOND_CARD]
    clock.run_pass(LATER + RETRY_INTERVAL)
