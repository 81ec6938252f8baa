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
NO_EFFECT = dict.fromkeys(DEFAULT_CHARTER.keys, 0)


def form(ballot: score.ScoreForm) -> dict[str, Any]:
    return score.form(ballot, DEFAULT_CHARTER)


def parse(view: dict[str, Any]) -> score.Submission:
    return score.parse(view, DEFAULT_CHARTER)


def submit_button(ballot: score.ScoreForm) -> str:
    text: str = form(ballot)["submit"]["text"]
    return text


def test_untouched_form__has_no_effect() -> None:
    assert parse(submitted(form(BLIND))) == score.Submission(1, NO_EFFECT, "", opens_next=True)


def test_choices__set_impacts() -> None:
    view = submitted(form(BLIND), security="3", cost="-2", comment=" It pages us. ")
    impacts = NO_EFFECT | {"security": 3, "cost": -2}
    assert parse(view) == score.Submission(1, impacts, "It pages us.", opens_next=True)


def test_cleared_choice__has_no_effect() -> None:
    assert parse(submitted(form(SEEN), availability=None)).impacts == NO_EFFECT | {"cost": -1}


def test_own_score__is_prefilled() -> None:
    again = parse(submitted(form(SEEN)))
    assert again.impacts == NO_EFFECT | {"availability": 3, "cost": -1}
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


def test_form__offers_next_while_one_waits() -> None:
    assert submit_button(replace(BLIND, unscored_count=0)) == "Save"
    assert submit_button(replace(BLIND, unscored_count=1)) == "Save and score next"
    assert submit_button(replace(SEEN, unscored_count=1)) == "Save"


@pytest.mark.parametrize("ballot", [BLIND, SEEN, replace(BLIND, unscored_count=0)])
def test_submission__does_what_its_button_says(ballot: score.ScoreForm) -> None:
    says_so = submit_button(ballot) == "Save and score next"
    assert parse(submitted(form(ballot))).opens_next == says_so


def test_form__says_what_an_untouched_value_counts() -> None:
    assert "0 counts as *no effect*" in str(form(BLIND))


def test_next_form__has_its_own_block_ids() -> None:
    def inputs(ballot: score.ScoreForm) -> set[str]:
        return {block["block_id"] for block in form(ballot)["blocks"] if "block_id" in block}

    assert inputs(BLIND).isdisjoint(inputs(replace(BLIND, number=2)))
