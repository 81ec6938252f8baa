"""Charter changes: draft, agreement and adoption."""

import pytest

from bot.views.modals.charter_value import EMOJI_TAKEN, NAME_TAKEN
from slack_sandbox.client.client import Message
from tests.support.bot_process import SandboxPeople
from tests.support.slack_steps import card_showing, propose, score

pytestmark = pytest.mark.usefixtures("board")

REASON = "The bill has doubled in a year, and nobody looks at it."


def test_charter_command__shows_buttons_to_stewards_only(
    team: SandboxPeople,
) -> None:
    team.ben.types("/roadmap charter")
    charter = team.ben.sees("Charter for #ops · version 1")
    assert charter.ephemeral
    assert "Agreed to by @mia." in charter.visible_text
    assert "🔒 Security  weight 3, number-one value" in charter.visible_text
    assert "closes an entry point that attackers could use today" in charter.visible_text
    assert "Quorum 3: how many people must score" in charter.visible_text
    assert "Change values" not in charter.visible_text
    team.mia.types("/roadmap charter")
    assert "Change values…" in team.mia.sees("Charter for #ops").visible_text


def test_charter_draft__is_posted_agreed_to_and_adopted(team: SandboxPeople) -> None:
    _, second = _two_that_cost_turns_over(team)
    _changes(team, "Cost", name="Money", weight="9", emoji=":euro:", number_one="true")
    _goes_on(team, "more")
    _chooses(team, "Add a value")
    team.mia.submits(name="Time to ship", emoji="ship", weight="2")
    _goes_on(team, "more")
    _chooses(team, "Efficiency")
    team.mia.submits(stays="false")
    _goes_on(team, "more")
    _chooses(team, "Thresholds")
    team.mia.submits(quorum="2", breadth_bonus="12.5")
    draft = team.mia.sees_modal("Charter draft").visible_text
    team.mia.submits(then="post", reason=REASON)
    team.mia.sees_no_modal()

    post = team.ben.sees("@mia proposes a change to version 1 of the charter")
    assert REASON in post.visible_text
    for change in (
        "Cost: renamed to Money; weight 1 → 9; now a number-one value; emoji moneybag → euro",
        "Time to ship is added. Weight 2",
        "Efficiency is retired. Its scores are kept.",
        "Quorum: 3 → 2",
        "Breadth bonus: 10 % → 12.5 %",
    ):
        assert change in draft
        assert change in post.visible_text

    team.ben.presses("✅ Agree", on=post)
    team.ana.presses("✋ Object", on=post)
    team.mia.sees(card_showing(post, "Agree: @ben", "Object: @ana"))
    team.ana.presses("✅ Agree", on=post)
    team.mia.sees(card_showing(post, "Agree: @ben and @ana"))

    team.ben.presses("Before and after", on=post)
    looked = team.ben.sees_modal("Before and after")
    assert "submit" not in looked.raw or looked.raw["submit"] is None
    assert "A steward of this board can adopt it." in looked.visible_text
    team.ben.closes()
    team.mia.presses("Before and after", on=post)
    compared = team.mia.sees_modal("Before and after").visible_text
    assert "1. #1 Retire the last NAT box" in compared
    assert "1. #2 Right-size the workers  ▲1" in compared
    assert "2. #1 Retire the last NAT box  ▼1" in compared
    team.mia.submits()
    team.mia.sees_no_modal()

    team.ben.sees(card_showing(post, "Adopted by @mia on", "version 2 of the charter."))
    team.ben.types("/roadmap charter")
    charter = team.ben.sees("Charter for #ops · version 2").visible_text
    assert "Agreed to by @ben and @ana." in charter
    assert "Money  weight 9, number-one value" in charter
    assert "Earlier: version 1 (" in charter
    team.ben.types("/roadmap charter 1")
    assert "💰 Cost  weight 1" in team.ben.sees("Charter for #ops · version 1").visible_text
    # What was given for Cost counts for Money.
    team.ben.sees(card_showing(second, ":euro: Money +1.2"))
    team.ben.types("/roadmap")
    assert "1 | #2 Right-size the workers" in team.ben.sees("Ranking for #ops").visible_text
    team.chloe.reacts("euro", to=second)
    team.ben.sees(card_showing(second, ":euro: Money +1.3"))


def test_reactions__are_answers_with_reasons(team: SandboxPeople) -> None:
    _changes(team, "Cost", weight="2")
    _goes_on(team, "post", reason=REASON)
    post = team.ben.sees("@mia proposes a change to version 1 of the charter")
    team.chloe.reacts("white_check_mark", to=post)
    team.ana.reacts("white_check_mark", to=post)
    team.mia.sees(card_showing(post, "Agree: @chloe and @ana."))
    team.ben.reacts("raised_hand", to=post)
    team.mia.sees(card_showing(post, "Object: @ben."))
    team.ana.removes_reaction("white_check_mark", on=post)
    team.mia.sees(card_showing(post, "Agree: @chloe."))

    team.ben.presses("Give a reason", on=team.ben.sees("A reason helps others understand it."))
    team.ben.sees_modal("Why you object")
    team.ben.submits(reason="We just changed it.")
    team.mia.sees(card_showing(post, "@ben objects: We just changed it."))

    team.mia.presses("Before and after", on=post)
    tally = team.mia.sees_modal("Before and after").visible_text
    assert "1 agrees, 1 objects, " in tally
    assert " have not answered." in tally
    team.mia.submits()
    asked = team.mia.sees_modal("Adopt it anyway?")
    assert "@ben objects: We just changed it." in asked.visible_text
    team.mia.submits()
    team.mia.sees_no_modal()
    team.ben.sees(card_showing(post, "Adopted by @mia on"))
    team.chloe.removes_reaction("white_check_mark", on=post)
    team.ben.types("/roadmap charter")
    charter = team.ben.sees("Charter for #ops · version 2").visible_text
    assert "Agreed to by @chloe." in charter
    assert "@ben objected: We just changed it." in charter


def test_retired_value_is_restored__keeps_its_scores(team: SandboxPeople) -> None:
    _, second = _two_that_cost_turns_over(team)
    _changes(team, "Cost", stays="false")
    _adopts(team, "Cost is retired")
    team.ben.sees(lambda m: m.ts == second.ts and "💰" not in m.visible_text)
    score(team, "ben", second, efficiency=1)
    _changes(team, "Bring back Cost")
    _adopts(team, "Cost comes back, and its scores count again. Weight 1, rubric")
    team.ben.sees(card_showing(second, "💰 cost +1.2"))


def test_second_draft__waits_until_the_first_is_withdrawn(team: SandboxPeople) -> None:
    _changes(team, "Cost", weight="2")
    team.mia.closes()
    team.mia.types("/roadmap charter")
    charter = team.mia.sees("started a charter draft. It isn't posted yet.")
    team.mia.presses("Continue the draft…", on=charter)
    _goes_on(team, "post", reason="why")
    assert team.mia.sees_modal("Charter draft").errors == {
        "reason": "To post the draft, give a reason of at least 10 characters."
    }
    _goes_on(team, "post", reason=REASON)
    post = team.ben.sees("proposes a change to version 1 of the charter")
    team.mia.sees_no_modal()
    team.mia.types("/roadmap charter")
    again = team.mia.sees("The channel is deciding on it")
    assert "Change values" not in again.visible_text
    team.mia.presses("Continue the draft…", on=charter)  # it is still on her screen
    team.mia.sees("The channel is deciding on a charter draft.")
    team.ben.presses("Withdraw", on=post)
    team.ben.sees("Only stewards, who change this board's settings, can do that. Ask @mia.")
    team.mia.presses("Withdraw", on=post)
    team.ben.sees(card_showing(post, "Withdrawn by @mia on", "The charter stays as it was."))
    team.ben.types("/roadmap charter")
    assert "💰 Cost  weight 1" in team.ben.sees("Charter for #ops · version 1").visible_text


def test_invalid_value__shows_error_under_its_field(team: SandboxPeople) -> None:
    _changes(team, "Cost", name="Security", emoji="lock")
    assert team.mia.sees_modal("Cost").errors == {"cost-emoji": EMOJI_TAKEN}
    team.mia.submits(name="Security", emoji="moneybag")
    assert team.mia.sees_modal("Cost").errors == {"cost-name": NAME_TAKEN}
    team.mia.submits(name="<!channel>")
    assert list(team.mia.sees_modal("Cost").errors) == ["cost-name"]


def _two_that_cost_turns_over(team: SandboxPeople) -> tuple[Message, Message]:
    first = propose(team, "ana", "Retire the last NAT box", effort_weeks="3")
    second = propose(team, "ana", "Right-size the workers", effort_weeks="1")
    for who in ("mia", "ana", "ben"):
        score(team, who, first, availability=3)
        score(team, who, second, cost=2)
    for card in (first, second):
        team.mia.sees(card_showing(card, "Scored by 3"))
    return first, second


def _changes(team: SandboxPeople, what: str, **fields: str) -> None:
    """Change a value as Mia, from `/roadmap charter` on."""
    team.mia.types("/roadmap charter")
    team.mia.presses("Change values…", on=team.mia.sees("Charter for #ops"))
    _chooses(team, what)
    team.mia.submits(**fields)


def _chooses(team: SandboxPeople, what: str) -> None:
    [field, *_] = team.mia.sees_modal("Change the charter").raw["blocks"]
    options = {each["text"]["text"]: each["value"] for each in field["element"]["options"]}
    team.mia.submits(choice=options[what])


def _goes_on(team: SandboxPeople, then: str, **fields: str) -> None:
    team.mia.sees_modal("Charter draft")
    team.mia.submits(then=then, **fields)


def _adopts(team: SandboxPeople, change: str) -> None:
    """Post, agree to and adopt the draft as Mia."""
    _goes_on(team, "post", reason=REASON)
    post = team.mia.sees(
        lambda m: change in m.visible_text and "Agree" in m.visible_text and not m.ephemeral
    )
    team.mia.presses("✅ Agree", on=post)
    team.mia.sees(card_showing(post, "Agree: @mia"))
    team.mia.presses("Before and after", on=post)
    team.mia.sees_modal("Before and after")
    team.mia.submits()
    team.mia.sees(card_showing(post, "Adopted by @mia"))
