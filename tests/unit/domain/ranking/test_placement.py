"""Sections and ranks, on generated boards."""

from hypothesis import given

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.ranking import Section, rank
from tests.support.strategies import boards, charters, fires


@given(boards, charters, fires)
def test_moves_burning_value__ranks_above_the_rest(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    # Held and unscored projects are never burning.
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
def test_any_board__sections_and_ranks_are_in_order(
    board: tuple[Candidate, ...], charter: Charter, fires: frozenset[str]
) -> None:
    ranking = rank(board, charter, fires)
    sections = list(Section)
    positions = [sections.index(each.section) for each in ranking.projects]
    assert positions == sorted(positions)
    with_a_rank = [each for each in ranking.projects if each.rank is not None]
    assert [each.rank for each in with_a_rank] == list(range(1, len(with_a_rank) + 1))
    assert {each.section for each in with_a_rank} <= {Section.BURNING, Section.RANKED}
