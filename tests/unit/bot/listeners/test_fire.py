"""`/fire` and the buttons of fire reminders."""

from datetime import UTC, datetime

import pytest

from domain.ranking.charter import DEFAULT_CHARTER, Value
from storage.boards import charter_drafts
from tests.support.listener_harness import ListenerHarness


@pytest.mark.parametrize("space", [" ", "\n", "\t", "  \n  ", "\u00a0"])
def test_any_whitespace__separates_value_and_reason(team: ListenerHarness, space: str) -> None:
    assert "security is burning" in team.types("U1", f"/fire security{space}tokens leak")
    [fire] = team.burning
    assert (fire.value, fire.what) == ("security", "tokens leak")


def test_capitalized_value__is_recognized(team: ListenerHarness) -> None:
    team.types("U1", "/fire Security tokens leak")
    team.types("U1", "/fire OUT Security now")
    assert [fire.value for fire in team.burning] == []


def test_long_reason__is_cut_to_500_characters(team: ListenerHarness) -> None:
    team.types("U1", f"/fire cost {'x' * 600}")
    assert team.burning[0].what == "x" * 500


def test_burning_value__is_not_declared_again(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    assert "A fire in cost is already burning" in team.types("U2", "/fire cost the other bill")
    assert [fire.what for fire in team.burning] == ["the bill"]


@pytest.mark.parametrize("fires", [("cost",), ("cost", "security")])
def test_out_without_value__asks_which(team: ListenerHarness, fires: tuple[str, ...]) -> None:
    for value in fires:
        team.types("U1", f"/fire {value}")
    reply = team.types("U1", "/fire out")
    assert "Which fire is out?" in reply
    assert all(f"`/fire out {value}`" in reply for value in fires)
    assert [fire.value for fire in team.burning] == [*fires]


def test_out_while_nothing_burns__says_so(team: ListenerHarness) -> None:
    assert (
        team.types("U1", "/fire out")
        == "No fire is burning. `/fire help` explains how to declare one."
    )
    assert "That fire isn't burning" in team.types("U1", "/fire out cost")


def test_list__shows_declarer_and_time(team: ListenerHarness) -> None:
    team.types("U2", "/fire cost the bill")
    since = team.burning[0].declared_at
    reply = team.types("U1", "/fire")
    assert f"Cost, declared by <@U2> on {since:%A} {since.day}" in reply
    assert f"{since:%H:%M}" in reply


def test_unknown_value__suggests_a_close_one(team: ListenerHarness) -> None:
    reply = team.types("U1", "/fire secrity")
    assert "“secrity” isn't one of your values. Did you mean *security*?" in reply
    assert team.burning == []


def test_declarer_asked_after_a_week__clears_fire(team: ListenerHarness) -> None:
    team.appoints("U2")
    team.types("U1", "/fire security it leaks")
    [fire] = team.burning
    assert "is still burning" in team.presses("U1", "fire_still", value=f"C1:{fire.id}")
    assert team.burning
    reply = team.presses("U1", "fire_out", value=f"C1:{fire.id}")
    assert reply == "Cleared. I'll tell the channel that the fire in security is out."
    assert team.burning == []


def test_other_person_presses_clear__is_refused(team: ListenerHarness) -> None:
    team.appoints("U2")
    team.channel.adds_people("U3")
    team.types("U1", "/fire security it leaks")
    [fire] = team.burning
    assert "who declared this fire" in team.presses("U3", "fire_out", value=f"C1:{fire.id}")
    assert "Guests" in team.presses("UGUEST", "fire_out", value=f"C1:{fire.id}")
    for forged in ("C1:99", "C9:1", "C1", ""):
        assert team.presses("U1", "fire_out", value=forged)
        assert team.presses("U1", "fire_still", value=forged)
    assert team.burning


def test_renamed_value__burns_by_its_new_name(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    money = Value(key="cost", name="Money", emoji="euro", weight=1)
    with team.database.transaction() as session:
        charter_drafts.save(
            session,
            team.board.id,
            1,
            DEFAULT_CHARTER.with_value(money),
            by="U1",
            now=datetime.now(UTC),
        )
        draft = charter_drafts.find_open(session, team.board.id)
        assert draft is not None
        charter_drafts.adopt(session, draft.id, by="U1", now=datetime.now(UTC))
    assert "Money, declared by <@U1>" in team.types("U1", "/fire")
    assert "A fire in Money is already burning" in team.types("U1", "/fire money again")
    assert "the fire in Money is out" in team.types("U1", "/fire out money")
    assert "I'll tell the channel that Money is burning." in team.types("U1", "/fire cost again")
    assert "performance, scalability, money and efficiency" in team.types("U1", "/fire honour")
