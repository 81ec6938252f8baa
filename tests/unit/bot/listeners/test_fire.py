"""`/fire` and the buttons of fire reminders."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.views.modals import fire as fire_form
from domain.ranking.charter import DEFAULT_CHARTER, Value
from storage.boards import charter_drafts
from storage.locks import STORE
from storage.posts import outbox
from storage.tables import PostKind
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted

MONEY = Value(key="money", emoji="euro", weight=1)
RENAMED = Value(key="cost", name="Money", emoji="euro", weight=1)


@pytest.mark.parametrize("space", [" ", "\n", "\t", "  \n  ", "\u00a0"])
def test_any_whitespace__separates_value_and_reason(team: ListenerHarness, space: str) -> None:
    assert "security is burning" in team.types("U1", f"/fire security{space}tokens leak")
    [fire] = team.burning
    assert (fire.value, fire.what) == ("security", "tokens leak")


def test_capitalized_value__is_recognized(team: ListenerHarness) -> None:
    team.types("U1", "/fire Security tokens leak")
    team.types("U1", "/fire OUT Security")
    assert [fire.value for fire in team.burning] == []


@pytest.mark.parametrize(
    "typed", ['"security"', "“security”", "'Security'", "„SECURITY“", "«security»", "security:"]
)
def test_quotes_around_a_value__are_understood(team: ListenerHarness, typed: str) -> None:
    team.types("U1", f"/fire {typed} tokens leak")
    assert [(fire.value, fire.what) for fire in team.burning] == [("security", "tokens leak")]
    team.types("U1", f"/fire out {typed}")
    assert team.burning == []


def test_long_reason__is_cut_to_500_characters(team: ListenerHarness) -> None:
    team.types("U1", f"/fire cost {'x' * 600}")
    assert team.burning[0].what == "x" * 499 + "…"


def test_reason_for_a_burning_value__replaces_the_first(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    reply = team.types("UGUEST", "/fire cost the other bill")
    assert reply == "Saved. Cost was already burning, so I replaced the reason."
    [fire] = team.burning
    assert (fire.what, fire.declared_by, fire.reason_by) == ("the other bill", "U1", "UGUEST")
    team.types("U1", "/fire cost the bill")
    assert team.burning[0].reason_by is None


def test_new_reason__redraws_the_post(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    with team.database.transaction(STORE) as session:
        [post] = [item for item in outbox.pending(session) if item.kind is PostKind.FIRE]
        claimed = outbox.claim(session, post.id, datetime.now(UTC))
        assert claimed is not None
        content = outbox.PostedContent(shown_revision=team.burning[0].revision)
        outbox.mark_attempt(session, claimed, datetime.now(UTC), content)
        outbox.mark_posted(session, post.id, "1.5")
    with team.database.snapshot() as session:
        assert outbox.stale(session) == []
    team.types("U1", "/fire cost the bill")  # the same reason
    with team.database.snapshot() as session:
        assert outbox.stale(session) == []
    team.types("U2", "/fire cost it doubled")
    with team.database.snapshot() as session:
        assert [stale.id for stale in outbox.stale(session)] == [post.id]


def opened_form(team: ListenerHarness, person: str, text: str) -> dict[str, Any]:
    """Run a command that opens a form, and return the form."""
    team.new_requests("views.open")  # Skip earlier requests.
    team.types(person, text)
    [request] = team.new_requests("views.open")
    view = request["view"]
    return dict(json.loads(view) if isinstance(view, str) else view)


def test_value_alone__opens_a_form_that_declares(team: ListenerHarness) -> None:
    view = opened_form(team, "U1", "/fire “security”")
    assert team.burning == []
    assert "reason" in team.submits("U1", submitted(view, reason=" \n "))
    assert team.submits("U1", submitted(view, reason="Tokens\nleak")) == ""
    team.submits("U1", submitted(view, reason="Tokens leak"))  # after a lost answer
    assert [(fire.value, fire.what) for fire in team.burning] == [("security", "Tokens leak")]
    assert [post.kind for post in team.pending_posts].count(PostKind.FIRE) == 1


def test_form_submitted_again_after_the_fire_is_out__stays_out(team: ListenerHarness) -> None:
    view = opened_form(team, "U1", "/fire security")
    team.submits("U1", submitted(view, reason="Tokens leak"))
    team.types("U1", "/fire out security")
    assert team.submits("U1", submitted(view, reason="Tokens leak")) == ""
    assert team.burning == []
    team.submits_new("U1", submitted(view, reason="Tokens leak"))
    assert len(team.burning) == 1, "a new form counts"


def test_burning_value_alone__opens_a_form_with_its_reason(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    view = opened_form(team, "U2", "/fire cost")
    team.submits("U2", submitted(view))
    assert [(fire.what, fire.reason_by) for fire in team.burning] == [("the bill", None)]
    team.submits("U2", submitted(view, reason="it doubled"))
    assert [(fire.what, fire.reason_by) for fire in team.burning] == [("it doubled", "U2")]


def test_form_with_an_unknown_value__is_refused(team: ListenerHarness) -> None:
    view = fire_form.form(HERE, DEFAULT_CHARTER.with_value(MONEY), "money", "")
    assert "Choose one of your values." in team.submits("U1", submitted(view, reason="the bill"))
    assert team.burning == []


@pytest.mark.parametrize("fires", [("cost",), ("cost", "security")])
def test_out_without_value__asks_which(team: ListenerHarness, fires: tuple[str, ...]) -> None:
    for value in fires:
        team.types("U1", f"/fire {value} it burns")
    reply = team.types("U1", "/fire out")
    assert "Which fire is out?" in reply
    assert all(f"`/fire out {value}`" in reply for value in fires)
    assert [fire.value for fire in team.burning] == [*fires]


def test_out_while_nothing_burns__says_so(team: ListenerHarness) -> None:
    assert (
        team.types("U1", "/fire out")
        == "No fires. To declare one, type a value and a reason, such as"
        " `/fire availability checkout is down`."
    )
    reply = team.types("U1", "/fire out cost")
    assert reply == "“cost” isn't burning. `/fire` lists the fires."


def test_list__shows_declarer_and_time(team: ListenerHarness) -> None:
    team.types("U2", "/fire cost the bill")
    since = team.burning[0].declared_at
    reply = team.types("U1", "/fire")
    assert f"Cost, declared by <@U2> on {since:%A} {since.day}" in reply
    assert f"{since:%H:%M}" in reply


def test_unknown_value__suggests_a_close_one(team: ListenerHarness) -> None:
    problem = "“secruity” isn't one of your values. Did you mean *security*?"
    for typed in ("secruity", "“secruity”"):
        assert team.types("U1", f"/fire {typed}") == problem
    reply = team.types("U1", "/fire secruity tokens leak")
    assert reply == f"{problem}\nYou typed: /fire secruity tokens leak"
    assert team.burning == []


def test_word_that_is_no_value__lists_the_values(team: ListenerHarness) -> None:
    values = "security, availability, performance, scalability, cost and efficiency"
    assert team.types("U1", "/fire <!here>") == (
        f"“&lt;!here&gt;” isn't one of your values. Your values: {values}."
    )


def test_out_with_an_unknown_value_or_more_words__clears_nothing(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    assert team.types("U1", "/fire out cots") == (
        "“cots” isn't burning. Did you mean `/fire out cost`?"
    )
    assert team.types("U1", "/fire out secruity") == (
        "“secruity” isn't burning. `/fire` lists the fires."
    )
    reply = team.types("U1", "/fire out cost it's paid")
    assert reply == "Leave out “it's paid”: type only `/fire out cost`."
    assert team.burning


def test_declarer_asked_after_a_week__clears_fire(team: ListenerHarness) -> None:
    team.appoints("U2")
    team.types("U1", "/fire security it leaks")
    [fire] = team.burning
    assert "is still burning" in team.presses("U1", "fire_still", value=f"C1:{fire.id}")
    assert team.burning
    with team.database.transaction(STORE) as session:
        post = outbox.latest(session, team.board.id, PostKind.FIRE)
        assert post is not None
        outbox.mark_posted(session, post.id, "9.000001")
    reply = team.presses("U1", "fire_out", value=f"C1:{fire.id}")
    assert reply == "Cleared. I'll tell the channel that the fire in security is out."
    assert team.burning == []
    for action_id in ("fire_still", "fire_out"):
        reply = team.presses("U1", action_id, value=f"C1:{fire.id}")
        assert reply == "That fire is out already."


def test_fire_out_before_it_was_posted__says_so(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    assert team.types("U1", "/fire out cost") == (
        "Cleared. I hadn't posted the fire in cost yet, so I won't tell the channel."
    )


def test_other_person_presses_clear__is_refused(team: ListenerHarness) -> None:
    team.appoints("U2")
    team.channel.adds_people("U3")
    team.types("U1", "/fire security it leaks")
    [fire] = team.burning
    assert "who declared this fire (" in team.presses("U3", "fire_out", value=f"C1:{fire.id}")
    assert "who declared" in team.presses("UGUEST", "fire_out", value=f"C1:{fire.id}")
    for forged in ("C1:99", "C9:1", "C1", ""):
        assert team.presses("U1", "fire_out", value=forged)
        assert team.presses("U1", "fire_still", value=forged)
    assert team.burning


def test_renamed_value__burns_by_its_new_name(team: ListenerHarness) -> None:
    team.types("U1", "/fire cost the bill")
    with team.database.transaction(STORE) as session:
        charter_drafts.save(
            session,
            team.board.id,
            1,
            DEFAULT_CHARTER.with_value(RENAMED),
            by="U1",
            now=datetime.now(UTC),
        )
        draft = charter_drafts.find_open(session, team.board.id)
        assert draft is not None
        charter_drafts.adopt(session, draft.id, by="U1", now=datetime.now(UTC))
    assert "Money, declared by <@U1>" in team.types("U1", "/fire")
    assert "Money was already burning" in team.types("U1", "/fire money again")
    assert "the fire in Money yet" in team.types("U1", "/fire out money")
    assert "I'll tell the channel that Money is burning." in team.types("U1", "/fire cost again")
    assert "performance, scalability, money and efficiency" in team.types("U1", "/fire honour")
