"""Sections of projects on random boards."""

from hypothesis import given

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import Section, rank
from tests.support.strategies import boards, charters, fires


@given(boards, charters, fires)
def test_what_moves_a_burning_value_stands_above_all_that_does_not(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    """Only projects with a rank are compared: others stay in their sections."""
    ranking = rank(board, charter, fires)
    helps = [
        bool(fires.intersection(each.moved))
        for each in ranking.projects
        if each.section not in (Section.HELD, Section.UNSCORED)
    ]
    assert helps == sorted(helps, reverse=True)
    burning = len(ranking.in_section(Section.BURNING))
    assert burning == sum(helps)
    assert ranking.projects[:burning] == ranking.in_section(Section.BURNING)


@given(boards, charters, fires)
def test_sections_stand_in_order_and_ranks_count_through_the_first_two(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    ranking = rank(board, charter, fires)
    sections = list(Section)
    places = [sections.index(each.section) for each in ranking.projects]
    assert places == sorted(places)
    with_a_rank = [each for each in ranking.projects if each.rank is not None]
    assert [each.rank for each in with_a_rank] == list(range(1, len(with_a_rank) + 1))
    assert {each.section for each in with_a_rank} <= {Section.BURNING, Section.RANKED}
