"""Who may do what, checked at the act: whatever was shown to whom, and whatever is sent."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.views import (
    amendment,
    card,
    charter,
    charter_forms,
    commit,
    ledger,
    outcome,
    propose,
    score,
    settings,
    toil,
    value_form,
)
from bot.views.overview import Overview
from bot.views.state import Place
from storage.tables import Kind, PostKind
from tests.bot import charters
from tests.bot.filling import submitted
from tests.bot.team import HERE, Team
from values.board import Project
from values.cadence import Cadence
from values.charter import DEFAULT_CHARTER
from values.hours import WorkingHours
from values.planning import Capacity, plan
from values.proposal import Proposal
from values.ranking import rank

PROPOSAL = Proposal(title="Retire the NAT box", summary="When it dies we are paged.")


def a_proposal(alike: Sequence[int] = ()) -> dict[str, Any]:
    """Filled in a form that showed projects of these numbers as similar."""
    places = [Place(number, PROPOSAL.title, None) for number in alike]
    form = propose.form(PROPOSAL.title, [(HERE, "ops")], alike=places)
    return submitted(form, summary=PROPOSAL.summary)


def a_score() -> dict[str, Any]:
    ballot = score.Ballot(HERE, 1, "U1", PROPOSAL, None, "", {}, {}, waiting=0)
    return submitted(score.form(ballot, DEFAULT_CHARTER), security="3")


ABOUT = commit.About(HERE, "2031-Q4", "Q4 2031")  # neither over nor committed to


def a_commitment() -> dict[str, Any]:
    projects = [Project(id=1, title=PROPOSAL.title, effort_weeks=1, scores={"U1": {"cost": 3}})]
    ranking = rank(projects, DEFAULT_CHARTER.model_copy(update={"quorum": 1}))
    seen = Overview("ops", ranking, 1, {1: PROPOSAL}, {}, {})
    return submitted(commit.form(seen, ABOUT, plan(ranking, Capacity(1, 13))))


def a_change() -> dict[str, Any]:
    seen = Overview("ops", rank([]), 1, {1: PROPOSAL}, {}, {})
    return submitted(commit.change_form(seen, ABOUT, [], [1]), taken_in=["1"], reason="a fire")


def some_settings() -> dict[str, Any]:
    now = settings.Current(HERE, Cadence(), WorkingHours(), 4, 0, 3, ["U1"])
    return submitted(settings.form(now), people="7")


def some_toil() -> dict[str, Any]:
    form = toil.form([(HERE, "ops")], datetime(2026, 11, 20, tzinfo=UTC))
    return submitted(form, source="db-primary", minutes="45")


def an_outcome() -> dict[str, Any]:
    asked = outcome.Asked(HERE, Place(1, PROPOSAL.title, None), {}, {})
    return submitted(outcome.form(asked, DEFAULT_CHARTER), security="1")


def something_to_change() -> dict[str, Any]:
    return submitted(charter_forms.choose(charters.choices(DEFAULT_CHARTER)), choice="add")


def a_value() -> dict[str, Any]:
    choices = charters.choices(DEFAULT_CHARTER)
    return submitted(value_form.form(choices, DEFAULT_CHARTER.values[0]), weight="2")


def some_thresholds() -> dict[str, Any]:
    return submitted(charter_forms.thresholds(HERE, DEFAULT_CHARTER), quorum="2")


def a_draft() -> dict[str, Any]:
    return submitted(charters.drawing_up(""), reason="It is better for the team.")


def an_adoption() -> dict[str, Any]:
    nothing = rank([], DEFAULT_CHARTER)
    return submitted(charters.compared(nothing, nothing))


Act = Callable[[Team, str], str]

ACTS: dict[str, Act] = {
    "/propose": lambda team, who: team.types(who, "/propose"),
    "a proposal": lambda team, who: team.submits(who, a_proposal()),
    "Score": lambda team, who: team.presses(who, card.SCORE, value="1"),
    "Score what I have not": lambda team, who: team.presses(who, score.SCORE_NEXT, value="x"),
    "a score": lambda team, who: team.submits(who, a_score()),
    "/fire security": lambda team, who: team.types(who, "/fire security leaked"),
    "/fire out": lambda team, who: team.types(who, "/fire out cost"),
    "/roadmap post": lambda team, who: team.types(who, "/roadmap post"),
    "/roadmap settings": lambda team, who: team.types(who, "/roadmap settings"),
    "settings": lambda team, who: team.submits(who, some_settings()),
    "/toil": lambda team, who: team.types(who, "/toil"),
    "/toil page": lambda team, who: team.types(who, "/toil page db 45m"),
    "Log as toil": lambda team, who: team.calls(who, "log_toil", {"ts": "1.2", "text": "db"}, HERE),
    "toil": lambda team, who: team.submits(who, some_toil()),
    "Say what it moved": lambda team, who: team.presses(who, outcome.ASK, value=f"{HERE}:1"),
    "what it moved": lambda team, who: team.submits(who, an_outcome()),
    "Propose a project for it": lambda team, who: team.presses(who, ledger.PROPOSE, value="db"),
    "Take it back": lambda team, who: team.presses(who, toil.TAKE_BACK, value="1"),
    "/roadmap commit": lambda team, who: team.types(who, "/roadmap commit"),
    "a commitment": lambda team, who: team.submits(who, a_commitment()),
    "/roadmap change": lambda team, who: team.types(who, "/roadmap change"),
    "a change": lambda team, who: team.submits(who, a_change()),
}
ACTS |= {
    "Change values": lambda team, who: team.presses(who, charter.CHANGE_VALUES, value="x"),
    "Change thresholds": lambda team, who: team.presses(who, charter.CHANGE_THRESHOLDS, value="x"),
    "Go on with the draft": lambda team, who: team.presses(who, charter.GO_ON, value="1"),
    "Discard the draft": lambda team, who: team.presses(who, charter.DISCARD, value="1"),
    "what to change": lambda team, who: team.submits(who, something_to_change()),
    "a value": lambda team, who: team.submits(who, a_value()),
    "thresholds": lambda team, who: team.submits(who, some_thresholds()),
    "a draft": lambda team, who: team.submits(who, a_draft()),
    "Agree": lambda team, who: team.presses(who, amendment.AGREE, value="1"),
    "Not yet": lambda team, who: team.presses(who, amendment.NOT_YET, value="1"),
    "Withdraw": lambda team, who: team.presses(who, amendment.WITHDRAW, value="1"),
    "Adopt": lambda team, who: team.submits(who, an_adoption()),
}
OF_STEWARDS = (
    "/roadmap post",
    "/roadmap settings",
    "settings",
    "/roadmap commit",
    "a commitment",
    "/roadmap change",
    "a change",
    "Change values",
    "Change thresholds",
    "Go on with the draft",
    "Discard the draft",
    "what to change",
    "a value",
    "thresholds",
    "a draft",
    "Withdraw",
    "Adopt",
)


@pytest.fixture
def at_work(team: Team) -> Team:
    """A board with a project, and with a fire in cost that U1 declared."""
    team.channel.proposes("first")
    team.types("U1", "/fire cost the bill")
    return team


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        (Kind.GUEST, "only full members"),
        (Kind.BOT, "Only people"),
        (Kind.STRANGER, "Only people of this workspace"),
        (Kind.DEACTIVATED, "deactivated"),
    ],
    ids=str,
)
def test_only_members_act_even_while_a_board_has_no_steward(
    at_work: Team, act: Act, kind: Kind, told: str
) -> None:
    at_work.channel.meets("UOTHER", kind=kind)
    before = at_work.everything()
    assert told in act(at_work, "UOTHER")
    assert at_work.everything() == before


@pytest.mark.parametrize("name", OF_STEWARDS)
def test_what_is_a_steward_s_is_refused_to_a_member(at_work: Team, name: str) -> None:
    at_work.appoints("U1")
    before = at_work.everything()
    assert "Only a steward of this board can do that: ask <@U1>." in ACTS[name](at_work, "U2")
    assert at_work.everything() == before


def test_a_fire_is_put_out_by_its_declarer_or_a_steward(at_work: Team) -> None:
    at_work.appoints("U3")
    at_work.channel.meets("U3")
    before = at_work.everything()
    assert "<@U1>, who declared it, or a steward" in at_work.types("U2", "/fire out cost")
    assert at_work.everything() == before
    at_work.types("U1", "/fire out cost")
    assert at_work.burning == []
    at_work.types("U1", "/fire cost again")
    at_work.types("U3", "/fire out cost")
    assert at_work.burning == []


def test_members_do_what_others_may_not(at_work: Team) -> None:
    for name in ("a proposal", "a score", "/fire security", "/roadmap post", "settings"):
        ACTS[name](at_work, "U2")
    assert at_work.titles[1:] == [PROPOSAL.title]
    assert at_work.score_of("U2") is not None
    assert [fire.value for fire in at_work.burning] == ["cost", "security"]
    assert PostKind.ROADMAP in [post.kind for post in at_work.unposted]
    assert at_work.board.people == 7


def test_guests_may_look_on(at_work: Team) -> None:
    assert "Ranking of" in at_work.types("UGUEST", "/roadmap")
    assert "Cost: the bill" in at_work.types("UGUEST", "/fire")
    chosen = {"value": f"{card.WHY}:1"}
    assert "0 of 3 have scored" in at_work.presses("UGUEST", card.MORE, selected_option=chosen)


def test_a_form_that_is_sent_twice_proposes_once(team: Team) -> None:
    assert team.submits("U1", a_proposal(), "V7") == team.submits("U1", a_proposal(), "V7")
    assert team.titles == [PROPOSAL.title]
    team.submits("U1", a_proposal(alike=[1]), "V8")
    assert team.titles == [PROPOSAL.title] * 2


def test_who_proposes_from_elsewhere_hears_where_it_went(team: Team) -> None:
    assert team.submits("U1", a_proposal()) == ""
    form = propose.form("Patch the fleet", [(HERE, "ops")], elsewhere=True)
    told = team.submits("U1", submitted(form, summary=PROPOSAL.summary), "V2")
    assert "#2  Patch the fleet" in told
    assert f"It is proposed in #{HERE}" in told  # Slack has not been asked for its name


def test_settings_are_saved_also_when_slack_does_not_take_the_word_of_it(team: Team) -> None:
    assert team.submits("U1", some_settings()) == ""  # this sandbox knows no such channel
    assert team.board.people == 7


def test_a_channel_becomes_a_board_when_the_bot_joins_it_and_not_when_others_do(
    team: Team,
) -> None:
    team.joins("U1", "C2")
    assert "This channel ranks no work yet." in team.types("U1", "/roadmap", "C2")
    team.joins(team.bot_user, "C2")
    assert "Ranking of" in team.types("U1", "/roadmap", "C2")


def test_of_reactions_only_those_to_its_own_messages_are_kept(at_work: Team) -> None:
    at_work.channel.shows_card(ts="1700000000.000001")
    at_work.reacts("U2", "+1", ts="1700000000.000002", to="U1")
    assert not [line for line in at_work.everything() if 'INSERT INTO "reaction"' in line]
    at_work.reacts("U2", "+1", ts="1700000000.000001", item="file")
    assert not [line for line in at_work.everything() if 'INSERT INTO "reaction"' in line]
    at_work.reacts("U2", "+1", ts="1700000000.000001")
    assert at_work.channel.candidate().backers == {"U2"}
