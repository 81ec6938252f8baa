"""A team's story, from `/propose` to the ranked roadmap."""

from datetime import UTC, datetime

import pytest

from bot.views.modals.propose import ERRORS
from slack_sandbox.client.client import ActionFailed, Message
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import INTRODUCTION, card_showing, invite, propose, score

pytestmark = pytest.mark.usefixtures("board")


def test_bot_joins__introduces_itself_and_inviter_is_steward(team: SandboxPeople) -> None:
    introduction = team.ana.sees(INTRODUCTION)
    assert "/propose" in introduction.visible_text
    team.mia.types("/roadmap settings")
    team.mia.sees_modal("Settings")
    team.mia.closes()
    team.ana.types("/roadmap settings")
    team.ana.sees("Only stewards, who change this board's settings, can do that. Ask @mia.")
    invite(team, "ana", "random")
    assert (
        len([m for m in team.ana.messages("ops") if "based on its values" in m.visible_text]) == 1
    )


def test_bot_is_removed__says_how_to_invite_it_back(
    team: SandboxPeople,
) -> None:
    invite(team, channel="ops-leads")
    team.mia.types("/remove @Needle", "ops-leads")
    team.mia.types("/roadmap", "ops-leads")
    message = team.mia.sees("I'm not in that channel anymore.", "ops-leads")
    assert "/invite @Needle" in message.visible_text
    team.mia.types("/invite @Needle", "ops-leads")
    team.mia.types("/roadmap", "ops-leads")
    team.mia.sees("Ranking for #ops-leads", "ops-leads")
    introductions = [m for m in team.mia.messages("ops-leads") if INTRODUCTION in m.visible_text]
    assert len(introductions) == 1


def test_proposal__becomes_a_card(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the last NAT box", effort_weeks="3", steps="One\nTwo")
    assert card.visible_text.startswith("#1  Retire the last NAT box\nA single NAT instance")
    assert "@ana · No owner · 3 engineer-weeks · 2 safe steps" in card.visible_text
    assert "0 of 3 have scored. Results show after 3." in card.visible_text
    assert card.raw["metadata"]["event_type"] == "needle_post"


def test_propose_in_another_channel__asks_for_board(team: SandboxPeople) -> None:
    team.ana.types("/propose Retire the last NAT box", channel="random")
    team.ana.sees_modal("Propose a project")
    assert "For #ops" in team.ana.sees_modal("Propose a project").visible_text
    team.ana.submits(summary="A single NAT instance still fronts three VPCs.")
    assert "Proposed in #ops" in team.ana.sees_modal("Proposed").visible_text
    team.mia.sees("Retire the last NAT box", channel="ops")
    team.gia.types("/propose Anything", channel="general")
    team.gia.sees("only full members can do that", channel="general")


def test_propose_elsewhere__offers_own_boards_only(board: Database, team: SandboxPeople) -> None:
    invite(team, channel="ops-leads")
    with board.transaction(STORE) as session:  # a board of another workspace
        boards.create(session, "T0OTHER", "C0GENERAL1", None, datetime.now(UTC))
    team.dev.types("/propose Anything", channel="random")
    assert "For #ops" in team.dev.sees_modal("Propose a project").visible_text.splitlines()
    team.mia.types("/propose Retire the last NAT box", channel="random")
    form = team.mia.sees_modal("Propose a project").raw["blocks"]
    [choice] = [block["element"] for block in form if block.get("block_id") == "board"]
    options = {each["text"]["text"]: each["value"] for each in choice["options"]}
    assert options.keys() == {"#ops", "#ops-leads"}
    team.mia.submits(board=options["#ops-leads"], summary="A single NAT instance fronts it all.")
    assert "Proposed in #ops-leads" in team.mia.sees_modal("Proposed").visible_text
    team.mia.sees("Retire the last NAT box", channel="ops-leads")


def test_vote_is_removed__no_longer_counts(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    team.ben.reacts("+1", to=card)
    team.mia.reacts("+1::skin-tone-3", to=card)
    team.mia.reacts("+1", to=card)  # one person, two hands: one backer
    team.mia.sees(card_showing(card, "👍 2"))
    team.ben.removes_reaction("+1", on=card)
    team.mia.removes_reaction("+1", on=card)  # the toned one stays
    team.mia.sees(card_showing(card, "👍 1"))
    team.mia.invites("gia", "ops")
    team.gia.reacts("+1", to=card)  # a guest has no vote
    team.ben.reacts("+1", to=card)
    team.mia.sees(card_showing(card, "👍 2"))


def test_value_emoji__counts_until_its_person_scores(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    for who in ("mia", "ana", "ben"):
        score(team, who, card, availability=3)
    team.mia.sees(card_showing(card, "Helps 💚 availability +1.8 "))
    for who in ("chloe", "dev", "eli", "fatima", "gus"):
        team.person(who).reacts("chart_with_upwards_trend", to=card)
    team.mia.sees(card_showing(card, "📈 scalability +0.5"))
    score(team, "chloe", card, cost=2)
    team.mia.sees(card_showing(card, "Helps 💚 availability +1.5 ", "Scored by 4"))


def test_scores__are_hidden_until_quorum(
    team: SandboxPeople,
) -> None:
    card = propose(team, "ana", "Retire the last NAT box")
    score(team, "mia", card, availability=3)
    team.ana.presses("Score", on=card)
    team.ana.sees_modal("Score #1")
    team.ana.submits(availability="3", cost="1", comment="It paged us twice.")
    blind = team.ben.sees(card_showing(card, "2 of 3 have scored. Results show after 3."))
    assert "+1." not in blind.visible_text
    team.ben.presses("Score", on=card)
    form = team.ben.sees_modal("Score #1").visible_text
    assert "@mia" not in form
    assert "It paged us twice." not in form
    team.ben.submits(availability="2")
    team.ben.closes()
    team.mia.sees(card_showing(card, "+1.6", "Scored by 3"))
    team.ben.presses("Score", on=card)
    form = team.ben.sees_modal("Score #1").visible_text
    assert "@mia +3" in form
    assert "It paged us twice." in form
    team.ben.submits(availability="-3")
    team.mia.sees(card_showing(card, "💚 availability +0.6", "Scored by 3"))


def test_save_and_score_next__goes_on_until_all_is_scored(team: SandboxPeople) -> None:
    propose(team, "ana", "Retire the last NAT box")
    second = propose(team, "ana", "Rotate every long-lived key")
    team.ben.presses("Score", on=second)
    assert "1 of 2" in team.ben.sees_modal("Score #2").visible_text
    team.ben.presses_in_modal("Save and score next")
    form = team.ben.sees_modal("Score #1").visible_text
    assert "Saved your score for #2." in form
    assert "2 of 2" in form
    team.ben.presses_in_modal("Save and score next")
    assert "No project needs your score" in team.ben.sees_modal("Score").visible_text
    team.ben.closes()
    team.ana.sees(card_showing(second, "1 of 3"))
    team.ben.presses("Score", on=second)
    team.ben.sees_modal("Score #2")
    team.ben.submits(security="2")
    team.ben.sees_no_modal()


def test_roadmap_commands__reply_privately(team: SandboxPeople) -> None:
    _ranked_pair(team)
    team.dev.types("/roadmap")
    ranking = team.dev.sees("Ranking for #ops")
    assert ranking.ephemeral
    rows = [line for line in ranking.visible_text.splitlines() if " | #" in line]
    assert rows == ["1 | #1 Retire the last NAT box", "2 | #2 Right-size the workers"]
    assert not [m for m in team.mia.messages("ops") if "Ranking for" in m.visible_text]
    team.dev.types("/roadmap why 2")
    team.dev.sees("2nd of 2")
    team.dev.types("/roadmap plan next")
    team.dev.sees("Current plan for Q")
    team.dev.types("/roadmap from 2")
    team.dev.sees(lambda m: "Ranking for" in m.visible_text and "1 | #1" not in m.visible_text)
    team.dev.types("/roadmap help")
    team.dev.sees("/roadmap why 12  explains the rank of #12")
    team.dev.types("/roadmap plan Q7 2026")
    team.dev.sees("“Q7 2026” isn't a quarter.")


def test_why_in_card_menu__explains_rank_privately(team: SandboxPeople) -> None:
    card, _ = _ranked_pair(team)
    team.eli.chooses("Why", on=card)
    assert team.eli.sees("1st of 2").ephemeral


def test_steward_posts_roadmap__again_if_posted_before(team: SandboxPeople) -> None:
    _ranked_pair(team)
    team.ben.types("/roadmap post")
    team.ben.sees("Only stewards")
    team.mia.types("/roadmap post")
    roadmap = team.ben.sees("Roadmap for #ops")
    assert not roadmap.ephemeral
    assert "× 82 % planned" in roadmap.visible_text
    propose(team, "ana", "Something later")  # the roadmap is known to be posted by now
    team.mia.types("/roadmap post")
    assert team.mia.sees("roadmap again, as it is now.").ephemeral
    team.ben.sees(lambda m: "Roadmap for #ops" in m.visible_text and m.ts != roadmap.ts)


def test_fire__reorders_ranking_until_cleared(team: SandboxPeople) -> None:
    _ranked_pair(team)
    team.fatima.types("/fire cost the bill has doubled")
    message = team.ben.sees("Cost is burning, says @fatima.")
    assert "#2 Right-size the workers" in message.visible_text
    team.ben.types("/roadmap")
    assert "1 | #2 Right-size the workers" in team.ben.sees("Ranking for #ops").visible_text
    team.ben.types("/fire out cost")
    team.ben.sees("or a steward can clear it.")
    team.fatima.types("/fire out cost")
    team.ben.sees("Cost is no longer burning, says @fatima.")
    team.fatima.types("/fire security\ntokens leak")
    assert "tokens leak" in team.ben.sees("Security is burning, says @fatima.").visible_text


def test_steward_saves_settings__they_take_effect(team: SandboxPeople) -> None:
    team.mia.types("/roadmap settings")
    team.mia.sees_modal("Settings")
    team.mia.submits(time_zone="Mars/Olympus")
    assert "time_zone" in team.mia.sees_modal("Settings").errors
    team.mia.submits(time_zone="America/New_York", people="6", quorum="1", stewards=["mia", "ana"])
    team.mia.sees_no_modal()
    saved = team.mia.sees("Saved: digest on Monday at 09:30, America/New_York")
    assert saved.ephemeral
    assert "6 people" in saved.visible_text
    assert "quorum 1 · stewards @mia and @ana." in saved.visible_text
    team.ana.types("/roadmap settings")
    blocks = team.ana.sees_modal("Settings").raw["blocks"]
    fields = {block["element"]["action_id"]: block["element"] for block in blocks}
    assert fields["time_zone"]["initial_value"] == "America/New_York"
    assert fields["people"]["initial_value"] == "6"
    team.ana.closes()
    card = propose(team, "ana", "Retire the last NAT box")
    score(team, "mia", card, availability=3)
    team.mia.sees(card_showing(card, "Scored by 1"))


@pytest.mark.parametrize(
    ("fields", "block"),
    [
        ({"title": ""}, "title"),
        ({"title": "ab"}, "title"),
        ({"title": "x" * 5000}, "title"),
        ({"summary": "too short"}, "summary"),
        ({"effort_weeks": "-1"}, "effort_weeks"),
        ({"effort_weeks": "27"}, "effort_weeks"),
    ],
)
def test_slack_rejects_field__form_stays_open(
    team: SandboxPeople, fields: dict[str, str], block: str
) -> None:
    team.ana.types("/propose Retire the last NAT box")
    team.ana.sees_modal("Propose a project")
    with pytest.raises(ActionFailed) as refusal:
        team.ana.submits(**{"summary": "A single NAT instance fronts it all.", **fields})
    assert list(refusal.value.fields) == [block]
    team.ana.closes()
    propose(team, "ana", "The first that is stored")
    assert team.ana.sees("The first that is stored").visible_text.startswith("#1")


@pytest.mark.parametrize(
    ("fields", "block"),
    [
        ({"title": "     "}, "title"),
        ({"title": "\n a \n"}, "title"),
        ({"summary": " " * 40}, "summary"),
        ({"steps": "\n".join(map(str, range(21)))}, "steps"),
    ],
)
def test_needle_rejects_field__error_is_under_it(
    team: SandboxPeople, fields: dict[str, str], block: str
) -> None:
    team.ana.types("/propose Retire the last NAT box")
    team.ana.sees_modal("Propose a project")
    team.ana.submits(**{"summary": "A single NAT instance fronts it all.", **fields})
    assert team.ana.sees_modal("Propose a project").errors == {block: ERRORS[block]}
    team.ana.closes()
    propose(team, "ana", "The first that is stored")
    assert team.ana.sees("The first that is stored").visible_text.startswith("#1")


def _ranked_pair(team: SandboxPeople) -> tuple[Message, Message]:
    """Propose and score two projects, so that #1 ranks above #2."""
    first = propose(team, "ana", "Retire the last NAT box", effort_weeks="3")
    second = propose(team, "ana", "Right-size the workers", effort_weeks="1")
    for who in ("mia", "ana", "ben"):
        score(team, who, first, availability=3)
        score(team, who, second, cost=2)
    for card in (first, second):
        team.mia.sees(card_showing(card, "Scored by 3"))
    return first, second
