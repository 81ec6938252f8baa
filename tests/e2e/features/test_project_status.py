"""Changes of a project: edits, steps, and every status."""

import pytest

from slack_sandbox.client.client import Message
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.subjects import WeekSubject
from storage.projects import projects
from storage.tables import PostKind
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing, propose, score

pytestmark = pytest.mark.usefixtures("board")


def moves(team: SandboxPeople, who: str, card: Message, becomes: str, **words: str) -> None:
    """Change a project's status from its card's menu, with the details that the change needs."""
    person = team.person(who)
    person.chooses("More actions", on=card)
    person.sees_modal("More actions: #")
    person.submits(move=becomes)
    if words:
        person.sees_modal(f"{becomes.replace('_', ' ').capitalize()} #")
        person.submits(**words)
    person.sees_no_modal()


def test_steps_are_ticked__card_shows_progress(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the NAT box", steps="Move staging\nMove production")
    moves(team, "ana", card, "start")
    team.ben.sees(card_showing(card, "Started by @ana", "0 of 2 steps done", "next: Move staging"))
    team.ben.chooses("Steps", on=card)
    team.ben.sees_modal("Steps for #1")
    team.ben.submits(steps0=["0"])
    team.ben.sees_no_modal()
    team.mia.sees(card_showing(card, "1 of 2 steps done", "next: Move production"))
    team.mia.chooses("Steps", on=card)
    team.mia.sees_modal("Steps for #1")
    team.mia.submits(steps0=["0", "1"])
    team.mia.sees(card_showing(card, "All steps are done."))
    moves(team, "ana", card, "ship")
    shipped = team.mia.sees(card_showing(card, "Shipped by @ana"))
    assert "backs this project" not in shipped.visible_text
    team.eli.types("/roadmap why 1")
    message = team.eli.sees("It's no longer ranked.")
    assert "#1 Retire the NAT box" in message.visible_text
    assert "Shipped by @ana" in message.visible_text


def test_project_ships_while_form_is_open__score_is_refused(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the NAT box")
    team.ben.presses("Score", on=card)
    team.ben.sees_modal("Score #1")
    moves(team, "ana", card, "ship")
    team.ben.submits(availability="3")
    text = team.ben.sees_modal("That didn't work").visible_text
    assert "#1 has shipped, so you can't score it anymore." in text


def test_edit__keeps_votes_and_scores_and_is_in_history(
    team: SandboxPeople,
) -> None:
    card = propose(team, "ana", "Retire the NAT box", effort_weeks="3")
    team.ben.reacts("+1", to=card)
    for who in ("mia", "ana", "ben"):
        score(team, who, card, availability=3)
    team.mia.sees(card_showing(card, "Scored by 3", "👍 1"))
    team.ana.chooses("Edit", on=card)
    team.ana.sees_modal("Edit #1")
    team.ana.submits(title="Retire both NAT boxes", effort_weeks="8")
    edited = team.mia.sees(card_showing(card, "Retire both NAT boxes", "8 engineer-weeks"))
    assert "💚 availability +1.8" in edited.visible_text
    assert "Scored by 3" in edited.visible_text
    assert "This takes more than six engineer-weeks." in edited.visible_text
    assert "has no safe steps yet" in edited.visible_text
    team.ben.chooses("Edit", on=card)
    team.ben.sees("Only the proposer (@ana) or a steward can do that.")
    team.ben.chooses("History", on=card)
    history = team.ben.sees("History of #1 Retire both NAT boxes")
    assert history.ephemeral
    assert "@ana proposed it" in history.visible_text
    changed = "title: Retire the NAT box → Retire both NAT boxes; effort: 3 → 8"
    assert f"@ana edited it: {changed}" in history.visible_text
    assert "@mia" not in history.visible_text, "who scored is nobody's business"


def test_two_edits_at_once__second_is_refused(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the NAT box")
    for person in (team.ana, team.mia):
        person.chooses("Edit", on=card)
        person.sees_modal("Edit #1")
    team.mia.submits(title="Retire both NAT boxes")
    team.mia.sees_no_modal()
    team.ana.submits(effort_weeks="2")
    assert "Someone else edited #1" in team.ana.sees_modal("That didn't work").visible_text
    team.mia.sees(card_showing(card, "Retire both NAT boxes", "no effort estimate"))


def test_merged_projects__count_each_person_once(team: SandboxPeople, board: Database) -> None:
    first = propose(team, "ana", "Retire the NAT box")
    second = propose(team, "dev", "Patch the fleet without hands")
    for who in ("mia", "ben"):
        team.person(who).reacts("+1", to=first)
        score(team, who, first, availability=3)
    for who in ("ben", "chloe"):
        team.person(who).reacts("+1", to=second)
        score(team, who, second, availability=2)
    with board.snapshot() as session:
        target = projects.get(session, 1).permanent_id
    moves(team, "dev", second, "merge", into=target)
    team.mia.sees(card_showing(first, "Scored by 3", "👍 3", "💚 availability +1.4"))
    merged = team.mia.sees(card_showing(second, "Merged by @", "Its votes now count for #1"))
    assert "have scored" not in merged.visible_text
    team.eli.reacts("+1", to=second)
    team.mia.sees(card_showing(first, "👍 4"))
    moves(team, "dev", merged, "reopen")
    team.mia.sees(card_showing(first, "👍 2", "2 of 3 have scored"))


def test_steward_declines_and_hands_off__card_shows_reason(team: SandboxPeople) -> None:
    first = propose(team, "ana", "Retire the NAT box")
    second = propose(team, "ana", "Wire the new office")
    team.ana.chooses("More actions", on=first)
    assert "Decline" not in str(team.ana.sees_modal("More actions: #1").raw)
    team.ana.closes()
    team.ben.chooses("More actions", on=first)
    assert "Start" not in (actions := team.ben.sees_modal("More actions: #1").visible_text)
    assert "I'll own this" in actions
    team.ben.closes()
    moves(team, "mia", first, "decline", reason="It is being rebuilt anyway.")
    declined = team.ana.sees(
        card_showing(first, "Declined by @", "Why: It is being rebuilt anyway.")
    )
    words = {"reason": "No server is involved.", "handed_to": "Facilities: ask in #office."}
    moves(team, "mia", second, "hand_off", **words)
    team.ana.sees(
        card_showing(second, "Handed off by @", "Who should do it: Facilities: ask in #office.")
    )
    team.eli.types("/roadmap")
    ranking = team.eli.sees("Ranking for #ops")
    assert "Retire" not in ranking.visible_text
    assert "Wire" not in ranking.visible_text
    team.ana.chooses("More actions", on=declined)
    team.ana.sees("Only stewards, who change this board's settings, can do that. Ask @mia.")
    moves(team, "mia", declined, "reopen")
    team.ana.sees(card_showing(first, "0 of 3 have scored"))


def test_similar_title__is_shown_once_before_proposing(team: SandboxPeople) -> None:
    propose(team, "ana", "Retire the last NAT box")
    team.ben.types("/propose Retire the NAT box")
    team.ben.sees_modal("Propose a project")
    team.ben.submits(summary="It paged us again.", effort_weeks="2")
    form = team.ben.sees_modal("Propose a project")
    assert "Is it one of these?" in form.visible_text
    assert "#1 Retire the last NAT box" in form.visible_text
    assert form.raw["submit"]["text"] == "Propose anyway"
    team.ben.submits()
    team.ben.sees_no_modal()
    card = team.mia.sees("#2  Retire the NAT box")
    assert "It paged us again." in card.visible_text
    assert "2 engineer-weeks" in card.visible_text


def test_shipped_project__digest_thanks_who_proposed_it(
    board: Database, team: SandboxPeople
) -> None:
    first = propose(team, "ana", "Retire the NAT box")
    second = propose(team, "ana", "Rotate keys", steps="List them\nRotate them")
    team.ben.reacts("+1", to=first)
    score(team, "chloe", first, availability=3)
    team.mia.sees(card_showing(first, "👍 1"))
    moves(team, "ana", first, "ship")
    moves(team, "ana", second, "start")
    digest = digest_of(board, team, "2026-W48")
    assert "Shipped this week" in digest.visible_text
    assert "#1 Retire the NAT box. Thanks, Ana Silva!" in digest.visible_text
    assert "#2 Rotate keys  no owner · 0 of 2 steps done · next: List them" in digest.visible_text
    again = digest_of(board, team, "2026-W49")
    assert "Shipped this week" not in again.visible_text


def digest_of(board: Database, team: SandboxPeople, week: str) -> Message:
    """Queue a week's digest, and return its message."""
    with board.transaction(STORE) as session:
        [only] = boards.list_all(session)
        outbox.enqueue(session, only.id, PostKind.DIGEST, WeekSubject(week))
    return team.mia.sees(f"Digest for #ops · {week}")


def test_changes_of_a_project__are_replies_in_its_thread(team: SandboxPeople) -> None:
    card = propose(team, "ana", "Retire the NAT box", steps="Move staging\nMove production")
    team.ben.chooses("More actions", on=card)
    team.ben.sees_modal("More actions: #1")
    team.ben.submits(claim=["mine"])
    team.mia.sees(card_showing(card, "Owner @ben"))
    team.mia.sees_in_thread("@ben now owns it", of=card)
    moves(team, "ben", card, "start")
    team.mia.sees_in_thread("@ben started it", of=card)
    team.mia.chooses("Steps", on=card)
    team.mia.sees_modal("Steps for #1")
    team.mia.submits(steps0=["0", "1"])
    ticked = team.mia.sees_in_thread("@mia checked off a step: Move staging", of=card)
    assert "@mia checked off a step: Move production" in ticked.visible_text
    assert [m for m in team.mia.messages("ops") if "checked off" in m.visible_text] == []
