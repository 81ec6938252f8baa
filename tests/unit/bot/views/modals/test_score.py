"""The score form: its content for each viewer, and its submission."""

from dataclasses import replace
from typing import Any

import pytest

from bot.views.blocks.modal import channel_of
from bot.views.modals import score
from domain.ranking.charter import DEFAULT_CHARTER
from tests.support.modal_input import answering, submitted
from tests.support.surfaces import Words, a_ballot, a_second_ballot

WORDS = Words()
BLIND, SEEN = a_ballot(WORDS), a_second_ballot(WORDS)
NO_EFFECT: dict[str, int | None] = dict.fromkeys(DEFAULT_CHARTER.keys, 0)


def form(ballot: score.ScoreForm) -> dict[str, Any]:
    return score.form(ballot, DEFAULT_CHARTER)


def parse(view: dict[str, Any]) -> score.Submission:
    return score.parse(view, DEFAULT_CHARTER)


def test_untouched_form__has_no_effect() -> None:
    assert parse(submitted(form(BLIND))) == score.Submission(BLIND.permanent_id, NO_EFFECT, "")


def test_choices__set_impacts() -> None:
    view = submitted(form(BLIND), security="3", cost="-2", comment=" It pages us. ")
    impacts = NO_EFFECT | {"security": 3, "cost": -2}
    assert parse(view) == score.Submission(BLIND.permanent_id, impacts, "It pages us.")


def test_cleared_choice__has_no_effect() -> None:
    cleared = parse(submitted(form(SEEN), availability=None, performance=None))
    assert cleared.impacts == NO_EFFECT | {"cost": -1}


def test_no_opinion__is_no_impact() -> None:
    chosen = parse(submitted(form(BLIND), security=score.NO_OPINION))
    assert chosen.impacts == NO_EFFECT | {"security": None}


def test_comment__is_posted_only_if_ticked_and_written() -> None:
    assert not parse(submitted(form(BLIND), comment="It pages us.")).posts_comment
    assert not parse(submitted(form(BLIND), post_comment=["yes"])).posts_comment
    assert parse(submitted(form(BLIND), comment="It.", post_comment=["yes"])).posts_comment


def test_comment_that_the_form_lacks__is_none() -> None:
    view = submitted(form(SEEN))
    for block in view["state"]["values"].values():
        block.pop("comment", None)
    assert parse(view).comment is None
    assert parse(submitted(form(SEEN), comment="")).comment == ""


def test_own_score__is_prefilled() -> None:
    again = parse(submitted(form(SEEN)))
    assert again.impacts == NO_EFFECT | {"availability": 3, "performance": None, "cost": -1}
    assert again.comment == WORDS.comment


def test_form__keeps_its_channel() -> None:
    assert channel_of(form(BLIND)) == "C1"


def test_forged_impact__is_refused() -> None:
    view = submitted(form(BLIND))
    state = view["state"]["values"]["1-security"]["security"]
    state["selected_option"] = {"value": "4"}
    with pytest.raises(ValueError, match="4 isn't an impact"):
        parse(view)


def test_long_comment__is_cut() -> None:
    view = answering(submitted(form(BLIND)), comment="x" * 1001)
    assert parse(view).comment == "x" * 1000


def test_unscored_project__hides_others_scores() -> None:
    form_text = str(form(BLIND))
    assert "UANA" not in form_text
    assert "UBEN" not in form_text


def test_scored_project__lists_others_highest_first() -> None:
    notes = [
        block["elements"][0]["text"]
        for block in form(SEEN)["blocks"]
        if block["type"] == "context" and "UANA" in str(block)
    ]
    assert notes[:2] == ["<@UBEN> 0 · <@UANA> 0", "<@UBEN> +3 · <@UANA> +1"]
    assert "<@UBEN> 0 · <@UANA> −2" in notes


@pytest.mark.parametrize(
    ("ballot", "offered"),
    [
        (BLIND, True),
        (replace(BLIND, unscored_count=0), True),
        (SEEN, False),
        (replace(SEEN, unscored_count=1), True),
    ],
)
def test_form__offers_next_until_everything_is_scored(
    ballot: score.ScoreForm, *, offered: bool
) -> None:
    assert (score.SAVE_AND_NEXT in str(form(ballot))) == offered
    assert form(ballot)["submit"]["text"] == "Save"


def test_form__counts_scored_projects_with_this_one() -> None:
    assert "3 of 8" in str(form(BLIND))


@pytest.mark.parametrize(
    ("quorum", "days", "sentence"),
    [
        (3, 14, "without your name."),
        (2, 1, "Your score is hidden until 2 people have scored."),
        (2, 1, "If fewer people have scored 1 day after the proposal, the project's results"),
        (1, 14, "As soon as you save, your score shows in the project's results"),
        (1, 14, "without your name. People who have scored this project see"),
    ],
)
def test_form__says_who_sees_the_score(quorum: int, days: int, sentence: str) -> None:
    charter = DEFAULT_CHARTER.with_settings(reveal_after_days=days)
    assert sentence in str(score.form(replace(BLIND, quorum=quorum), charter))


def test_form_of_revealed_project__says_score_shows_now() -> None:
    text = str(score.form(replace(BLIND, revealed=True), DEFAULT_CHARTER))
    assert "As soon as you save, your score shows in the project's results, without" in text
    assert "After 3 people have scored, people who have scored this project see" in text
    assert "Hidden" not in text


@pytest.mark.parametrize(("quorum", "days"), [(3, 0), (1, 14)])
def test_form_without_early_reveal__leaves_it_out(quorum: int, days: int) -> None:
    charter = DEFAULT_CHARTER.with_settings(reveal_after_days=days)
    assert "may show as" not in str(score.form(replace(BLIND, quorum=quorum), charter))


def test_form_of_an_earlier_version__still_opens_the_next() -> None:
    view = submitted(form(BLIND))
    old = view | {"private_metadata": '{"channel":"C1","number":1,"goes_on":true}'}
    assert parse(old).opens_next


def test_next_form__has_its_own_block_ids() -> None:
    def inputs(ballot: score.ScoreForm) -> set[str]:
        return {block["block_id"] for block in form(ballot)["blocks"] if "block_id" in block}

    assert inputs(BLIND).isdisjoint(inputs(replace(BLIND, number=2)))
