"""Commands outside boards' channels: help works, and what was typed isn't lost."""

import pytest

from storage.boards import channel_members
from storage.locks import STORE
from tests.support.listener_harness import HERE, ListenerHarness

DM, GROUP_DM, NO_BOARD = "D1", "G7", "C9"
PLACES = (HERE, NO_BOARD, DM, GROUP_DM)
HELP = {
    "/propose help": "`/propose` opens a form.",
    "/roadmap help": "`/roadmap why 12`",
    "/fire help": "lists the fires",
    "/toil help": "opens a form",
}
WRITTEN = ("/propose Retire the last NAT box", "/toil page db-primary 45m", "/fire cost the bill")


def lists_members(team: ListenerHarness, *people: str) -> None:
    """Store who is in the board's channel, as Slack lists them."""
    with team.database.transaction(STORE) as session:
        channel_members.save(session, team.board.id, people, last_change=None)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("person", ["U1", "UGUEST", "USTRANGER"])
@pytest.mark.parametrize("command", HELP)
def test_help__works_everywhere_for_everyone(
    team: ListenerHarness, command: str, person: str, place: str
) -> None:
    assert HELP[command] in team.types(person, command, place)


@pytest.mark.parametrize("command", [*WRITTEN, "/roadmap why 12"])
@pytest.mark.parametrize("place", [NO_BOARD, DM])
def test_command_without_board__repeats_what_was_typed(
    team: ListenerHarness, command: str, place: str
) -> None:
    assert f"You typed: {command}" in team.types("U1", command, place)


def test_command_in_direct_message__names_own_boards(team: ListenerHarness) -> None:
    lists_members(team, "U1")
    assert team.types("U1", "/toil page db 45m", DM) == (
        "That doesn't work in a direct message. You can use this command in <#C1>."
        "\nYou typed: /toil page db 45m"
    )
    assert "<#C1>" not in team.types("U2", "/toil page db 45m", DM)


def test_command_in_channel_without_board__names_own_boards(team: ListenerHarness) -> None:
    lists_members(team, "U1")
    reply = team.types("U1", "/roadmap", NO_BOARD)
    assert "doesn't use Needle yet" in reply
    assert reply.endswith("You can use this command in <#C1>.")


def test_command_from_another_workspace__is_refused_in_words(team: ListenerHarness) -> None:
    team.named_team = "T2"
    assert "another workspace" in team.types("U1", "/roadmap", NO_BOARD)
    reply = team.types("USTRANGER", "/propose Win", NO_BOARD)
    assert "You're not in the workspace where I'm installed" in reply


@pytest.mark.parametrize("command", WRITTEN)
def test_failed_command__repeats_what_was_typed(team: ListenerHarness, command: str) -> None:
    team.slack.error = TimeoutError("Slack is slow")
    assert f"You typed: {command}" in team.types("U1", command)


def test_refused_guest__gets_the_title_back(team: ListenerHarness) -> None:
    reply = team.types("UGUEST", "/propose Retire <!here> `now`")
    assert "You're a guest here" in reply
    assert "You typed: /propose Retire &lt;!here&gt; `now`" in reply


def test_toil_that_is_not_understood__is_repeated(team: ListenerHarness) -> None:
    assert "You typed: /toil page db soon" in team.types("U1", "/toil page db soon")
