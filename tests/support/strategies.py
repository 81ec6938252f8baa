"""Hypothesis strategies for boards: few people and values, so that projects have much in common."""

from hypothesis import strategies as st

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter

KEYS = DEFAULT_CHARTER.keys
PEOPLE = ("U1", "U2", "U3", "U4", "U5")

people = st.sampled_from(PEOPLE)
values = st.sampled_from(KEYS)
scores = st.dictionaries(values, st.none() | st.integers(-3, 3))
fires = st.frozensets(values, max_size=2)
charters = st.builds(
    Charter,
    prior_people=st.sampled_from([0, 0.5, 2]),
    moves_at=st.sampled_from([0.25, 0.5, 1]),
    breadth_bonus=st.sampled_from([0, 0.125, 0.5]),
    backing_bonus=st.sampled_from([0, 0.125, 0.5]),
    quorum=st.integers(1, 3),
    quick_impact=st.integers(1, 3),
)


def projects(project_id: int) -> st.SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        id=st.just(project_id),
        title=st.just("x"),
        effort_weeks=st.none() | st.sampled_from([0.5, 2, 4.5]),
        backers=st.frozensets(people),
        quorum_needed=st.none() | st.integers(1, 3),
        revealed=st.booleans(),
        scores=st.dictionaries(people, scores),
        quick_scores=st.dictionaries(people, st.lists(values, max_size=3)),
    )


boards = st.integers(1, 6).flatmap(
    lambda size: st.tuples(*(projects(number) for number in range(1, size + 1)))
)
