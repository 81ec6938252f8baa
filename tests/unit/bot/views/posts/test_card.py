"""A card's sentence about missing scores."""

import pytest

from bot.views.posts import card
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank
from tests.support.surfaces import Words


@pytest.mark.parametrize(("revealed", "needed"), [(False, 3), (True, 1)], ids=str)
def test_card_without_scores__says_how_many_are_needed(*, revealed: bool, needed: int) -> None:
    [alone] = rank([Candidate(id=1, title="NAT", revealed=revealed)]).projects
    message = card.card(1, "store-project", "U1", Words().everything, alone, DEFAULT_CHARTER)
    assert f"0 of 3 have scored. Results show after {needed}." in message.text
