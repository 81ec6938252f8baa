"""The host's clock is checked against Slack's time, and a step of it is known at once."""

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError

from bot.slack.answers.answer import MalformedAnswer
from bot.slack.client import app_token_client, bot_clients
from bot.slack.slack_time import MAX_CLOCK_SKEW, SlackTime, WrongClock, describe_skew
from tests.support.answer_proxy import answer_proxy, body, header
from tests.support.host_clock import HostClock
from tests.support.listener_harness import sandbox_from_manifest
from tests.support.manual_seconds import ManualSeconds

NOW = datetime(2026, 11, 30, 3, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
skews = st.timedeltas(timedelta(days=-3652), timedelta(days=3652))
allowed_skews = st.timedeltas(SECOND - MAX_CLOCK_SKEW, MAX_CLOCK_SKEW - SECOND)


class Host:
    """A host whose wall clock is `skew` ahead of Slack's, and whose monotonic clock runs on."""

    def __init__(self) -> None:
        self.seconds = ManualSeconds()
        self.skew = timedelta()
        self.slack_time = SlackTime(self.clock, self.seconds)

    def slack_now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds.now)

    def clock(self) -> datetime:
        return self.slack_now() + self.skew

    def gets_answer(self) -> None:
        self.slack_time.record({"Date": format_datetime(self.slack_now(), usegmt=True)})


@given(skews, skews, st.integers(0, 10**6))
def test_clock_steps__skew_is_known_without_an_answer(
    at_answer: timedelta, later: timedelta, passed: int
) -> None:
    host = Host()
    host.skew = at_answer
    host.gets_answer()
    assert host.slack_time.skew == at_answer
    host.seconds.now += passed
    host.skew = later
    assert host.slack_time.skew == later
    assert host.slack_time.is_clock_wrong == (abs(later) > MAX_CLOCK_SKEW)
    assert abs(host.slack_time.now() - host.slack_now()) <= MAX_CLOCK_SKEW


def test_suspended_host__clock_is_right_after_the_next_answer() -> None:
    host = Host()
    host.gets_answer()
    host.skew = timedelta(hours=8)  # the monotonic clock stood still, and Slack's did not
    assert host.slack_time.is_clock_wrong
    host.slack_time.record({"Date": format_datetime(host.clock(), usegmt=True)})
    assert not host.slack_time.is_clock_wrong


@pytest.mark.parametrize(
    ("seconds", "is_wrong"), [(-121, True), (-120, False), (120, False), (121, True)]
)
def test_two_minutes__are_allowed(seconds: int, *, is_wrong: bool) -> None:
    host = Host()
    host.skew = seconds * SECOND
    host.gets_answer()
    assert host.slack_time.is_clock_wrong == is_wrong
    assert host.slack_time.is_check_due == is_wrong
    if is_wrong:
        with pytest.raises(WrongClock, match="0:02:01"):
            host.slack_time.require_right_clock()
        assert host.slack_time.now() == host.slack_now()
    else:
        host.slack_time.require_right_clock()
        assert host.slack_time.now() == host.clock()
        assert host.slack_time.claim_time() == host.slack_now()


def test_no_answer_yet__claims_have_the_hosts_time() -> None:
    host = Host()
    host.skew = timedelta(hours=1)
    assert host.slack_time.claim_time() == host.clock()
    assert not host.slack_time.is_check_due


def test_clocks_are_not_compared__hosts_time_counts() -> None:
    host = Host()
    slack_time = SlackTime(host.clock, host.seconds, compares_clocks=False)
    slack_time.record({"Date": format_datetime(NOW - timedelta(days=60), usegmt=True)})
    assert slack_time.claim_time() == host.clock()


@given(allowed_skews, allowed_skews, st.floats(0, 3600), st.floats(0, 3600), st.floats(0, 3600))
def test_two_hosts__agree_on_the_time_of_claims(
    skew: timedelta, other_skew: timedelta, answered: float, passed: float, then: float
) -> None:
    """`Date` is in whole seconds."""
    one, other = Host(), Host()
    for host, its_skew, seconds in ((one, skew, answered), (other, other_skew, passed)):
        host.skew = its_skew
        host.seconds.now = seconds
        host.gets_answer()
    one.seconds.now = other.seconds.now = 3600 + then
    assert abs(one.slack_time.claim_time() - other.slack_time.claim_time()) <= SECOND


@pytest.mark.parametrize(("seconds", "may_claim"), [(-6, False), (-5, True), (5, True), (6, False)])
def test_clock_was_set_or_host_suspended__answer_before_claim(
    seconds: int, *, may_claim: bool
) -> None:
    host = Host()
    host.skew = 30 * SECOND
    host.gets_answer()
    host.skew += seconds * SECOND
    assert host.slack_time.is_check_due != may_claim
    if not may_claim:
        with pytest.raises(WrongClock, match="just now"):
            host.slack_time.claim_time()
    assert not host.slack_time.is_clock_wrong
    host.gets_answer()
    assert not host.slack_time.is_check_due
    assert host.slack_time.claim_time() == host.slack_now()


def test_wrong_clock__is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    host = Host()
    host.gets_answer()
    for skew in (0, 1, 2, 0, 0, -1):
        host.skew = timedelta(hours=skew)
        host.slack_time.log_changes()
    assert caplog.messages == ["clock_wrong", "clock_right_again", "clock_wrong"]
    assert [vars(record).get("skew_seconds") for record in caplog.records] == [3600, None, -3600]


@pytest.mark.parametrize("date", [None, "", "garbage", "Mon, 99 Nov 2026 10:00:00 GMT"])
def test_no_usable_date__says_nothing(date: str | None) -> None:
    host = Host()
    host.skew = timedelta(hours=2)
    host.slack_time.record({} if date is None else {"Date": date})
    assert host.slack_time.skew == timedelta()
    host.gets_answer()
    host.slack_time.record({} if date is None else {"Date": date})
    assert host.slack_time.skew == timedelta(hours=2)


def test_client__records_the_time_of_each_answer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    host = HostClock()
    with sandbox_from_manifest() as sandbox:
        [client] = bot_clients(
            SecretStr(sandbox.bot_token), sandbox.api_url, 4, slack_time=SlackTime(host)
        )
        client.auth_test()
        assert abs(client.slack_time.skew) < 5 * SECOND
        host.step(timedelta(hours=2))
        assert client.slack_time.is_clock_wrong
        client.auth_test()
        assert client.slack_time.is_clock_wrong
        host.step(timedelta(hours=-2))
        assert not client.slack_time.is_clock_wrong


def test_proxy_breaks_the_date__clock_counts_as_right() -> None:
    with sandbox_from_manifest() as sandbox, answer_proxy(sandbox.api_url) as proxy:
        proxy.change_all("auth.test", header("Date", "garbage"))
        slack_time = SlackTime(lambda: NOW - timedelta(days=3652))
        [client] = bot_clients(SecretStr(sandbox.bot_token), proxy.url, 4, slack_time=slack_time)
        client.auth_test()
        assert not client.slack_time.is_clock_wrong


RATE_LIMIT, PAGE = '{"ok": false, "error": "ratelimited"}', "<html>Bad gateway</html>"
ERROR_ANSWERS = {
    "error": (200, '{"ok": false, "error": "invalid_auth"}', True),
    "rate limit": (429, RATE_LIMIT, True),
    "rate limit without a code": (429, "", False),
    "Slack's outage": (503, '{"ok": false, "error": "service_unavailable"}', True),
    "proxy's page": (502, PAGE, False),
    "sign-in page": (200, PAGE, False),
    "proxy's JSON": (403, '{"ok": false, "error": "Ask your administrator."}', False),
}


@pytest.mark.parametrize(("status", "text", "counts"), ERROR_ANSWERS.values(), ids=ERROR_ANSWERS)
def test_error_from_slack__tells_the_time(status: int, text: str, *, counts: bool) -> None:
    """A proxy may put its own date on its error pages."""

    def ahead() -> datetime:
        return datetime.now(UTC) + timedelta(hours=2)

    with sandbox_from_manifest() as sandbox, answer_proxy(sandbox.api_url) as proxy:
        token = SecretStr(sandbox.app_token)
        [client] = bot_clients(token, proxy.url, 4, slack_time=SlackTime(ahead))
        connecting = app_token_client(token, proxy.url, SlackTime(ahead))
        proxy.change_all("auth.test", body(text, status))
        proxy.change_all("apps.connections.open", body(text, status))
        with pytest.raises((SlackApiError, MalformedAnswer)):
            client.auth_test()
        with pytest.raises((SlackApiError, MalformedAnswer)):
            connecting.apps_connections_open(app_token=token.get_secret_value())
        times = (client.slack_time, connecting.slack_time)
        assert [each.is_clock_wrong for each in times] == [counts, counts]


def test_describe_skew__says_direction() -> None:
    assert describe_skew(timedelta(hours=2)) == "2:00:00 ahead of"
    assert describe_skew(timedelta(minutes=-2.5)) == "0:02:30 behind"
