"""Deciding together: disputes, changed scores, and other weights."""

import pytest

from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing, invitations, propose, score

pytestmark = pytest.mark.usefixtures("board")


def test_dispute__gives_the_spread_without_names_once(
    team: SandboxPeople,
) -> None:
    card = propose(team, "ana", "Move backups to cold storage")
    score(team, "mia", card, cost=3, efficiency=1)
    score(team, "ana", card, cost=1)
    team.mia.sees(card_showing(card, "2 of 3 have scored"))
    assert invitations(team, card) == []
    score(team, "ben", card, cost=-1)
    text = team.gus.sees_in_thread("Talk about it", of=card).visible_text
    assert "Your scores differ most on cost: from −1 (hurts) to +3 (moves the needle)." in text
    assert not any(f"@{person}" in text for person in ("ana", "ben", "mia"))

    team.ben.replies("The restore takes a day, and that day is dear.", to=card)
    score(team, "mia", card, cost=0)  # she changes her mind
    team.gus.sees(card_showing(card, "Scored by 3", "Helps –"))
    score(team, "chloe", card, cost=3)  # far apart again: it is not said a second time
    team.gus.sees(card_showing(card, "Scored by 4"))
    propose(team, "ana", "Something later")  # what was asked for before it is posted by now
    assert len(invitations(team, card)) == 1
    assert not [m for m in team.gus.messages("ops") if "Talk about it" in m.visible_text]


def test_whatif__shows_what_other_weights_change(team: SandboxPeople) -> None:
    first = propose(team, "ana", "Cache the catalogue", effort_weeks="26")
    second = propose(team, "ana", "Right-size the workers", effort_weeks="26")
    for who in ("mia", "ana", "ben"):
        score(team, who, first, performance=3)
        score(team, who, second, cost=2)
    team.mia.sees(card_showing(second, "Scored by 3"))
    team.dev.types("/roadmap whatif cost 2")
    message = team.dev.sees("What-if ranking for #ops")
    assert message.ephemeral
    assert "if cost had a weight of 2 instead of 1." in message.visible_text
    rows = [line for line in message.visible_text.splitlines() if " | #" in line]
    assert [row.split(" | ")[:2] for row in rows] == [
        ["1 ▲1", "#2 Right-size the workers"],
        ["2 ▼1", "#1 Cache the catalogue"],
    ]
    team.dev.types("/roadmap why 1")
    team.dev.sees("1st of 2")  # nothing was changed
    team.dev.types("/roadmap whatif speed 2")
    team.dev.sees("“speed” isn't one of your values. Your values: security, availability")
    team.dev.types("/roadmap help")
    team.dev.sees("/roadmap whatif cost 2")
