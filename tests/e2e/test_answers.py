"""An answer by response_url that Slack does not take: it is lost, and nothing else is."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from bot.listening import THREADS
from sandbox.client import NotPossible, SandboxClient
from tests.e2e.running import Team
from tests.e2e.story import propose, shows

HANGS = 30  # seconds: far longer than the bot waits


def asks_for_help(team: Team, who: str) -> None:
    with suppress(NotPossible):  # it reads that the app did not respond
        team.person(who).types("/roadmap help")


@pytest.mark.usefixtures("board")
def test_a_vote_waits_for_no_answer_and_a_listener_for_none_for_long(
    slack: SandboxClient, team: Team
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    slack.fails("response_url", hang=HANGS, after=True, times=THREADS)
    with ThreadPoolExecutor(THREADS) as beside:
        for _ in range(THREADS):
            beside.submit(asks_for_help, team, "ana")
        team.ana.sees(lambda _: len(slack.calls("response_url")) == THREADS)
        team.ben.reacts("+1", to=card)
        team.mia.sees(shows(card, "👍 1"))
    acknowledged = [each["name"] for each in slack.traffic() if each["kind"] == "ack"]
    assert acknowledged.index("reaction_added") < acknowledged.index("/roadmap")
    asks_for_help(team, "mia")  # all listeners were held, and are free again
    team.mia.sees("/roadmap commit")
    assert len(slack.calls("response_url")) == THREADS + 1


@pytest.mark.usefixtures("board")
def test_an_error_that_nobody_can_be_told_is_logged_and_acknowledged(
    slack: SandboxClient, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fails("response_url", status=503)
    team.ana.types("/roadmap", channel="general")
    assert [each.message for each in caplog.records if each.name.startswith("bot")] == [
        "who acted could not be told: status 503"
    ]


@pytest.mark.usefixtures("board")
def test_an_answer_that_is_cut_is_not_sent_again(
    slack: SandboxClient, team: Team, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fails("response_url", cut=True, after=True)
    team.ana.types("/toil page db-primary 45m")
    assert "who acted could not be told: it hung up" in caplog.text
    assert len(slack.calls("response_url")) == 1
