"""Ranking of projects by a charter and the current fires."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, starmap

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.explanation import FormatPerson, Reasons, explain
from domain.ranking.needle import Yardstick
from domain.ranking.placement import (
    SECTIONS_WITH_RANK,
    Placement,
    Section,
    place_candidate,
    reweigh,
)
from domain.ranking.sensitivity import NeighborPair, neighbor_pairs

__all__ = ["RankedProject", "Ranking", "Section", "rank", "rank_again"]


@dataclass(frozen=True)
class RankedProject:
    """A project with its rank, section and everything that led to them."""

    candidate: Candidate
    section: Section
    rank: int | None
    needle: float
    impact: dict[str, float]
    moved: tuple[str, ...]
    disputed: tuple[str, ...]
    scorer_count: int
    quorum: int  # how many people must score the project before results are visible
    reasons: Reasons = field(repr=False, compare=False)

    @cached_property
    def too_close_to(self) -> tuple[int, ...]:
        """The ids of the neighbors that are too close to call, in order."""
        return tuple(sorted([call.neighbor_id for call in self.reasons.close]))

    @property
    def results_visible(self) -> bool:
        """Whether people may see impacts, needle, spread and rank."""
        return self.section is not Section.UNSCORED

    @property
    def scores_visible(self) -> bool:
        """Whether people who have scored the project may see who gave what."""
        return self.reasons.placement.scores_visible

    @property
    def revealed_early(self) -> bool:
        """Whether results are visible although fewer people than the quorum have scored."""
        return self.results_visible and not self.scores_visible

    def spread(self, key: str) -> tuple[int, int]:
        """Return the lowest and the highest impact on a value that people gave in the form.

        Raise ValueError if nobody gave one.
        """
        scores = self.candidate.scores.values()
        impacts = [x for score in scores if (x := score.get(key, 0)) is not None]
        return min(impacts), max(impacts)

    def explain(self, name: FormatPerson | None = None) -> str:
        """Return why the project stands where it does, so that a reader can redo it.

        `name` writes people into the text. Pass it only for a reader who has scored the project
        and its neighbors. Without it, and about projects without a quorum, nobody is named.
        """
        return explain(self.reasons, name)


@dataclass(frozen=True)
class Ranking:
    """All projects of a board in ranking order, with the charter and the fires."""

    charter: Charter
    fires: frozenset[str]
    projects: tuple[RankedProject, ...]

    def in_section(self, section: Section) -> tuple[RankedProject, ...]:
        return tuple(project for project in self.projects if project.section is section)

    def find(self, project_id: int) -> RankedProject | None:
        return self._by_id.get(project_id)

    @cached_property
    def _by_id(self) -> dict[int, RankedProject]:
        return {project.candidate.id: project for project in self.projects}


def rank(
    projects: Iterable[Candidate],
    charter: Charter = DEFAULT_CHARTER,
    fires: Collection[str] = (),
) -> Ranking:
    """Rank projects by the values of a charter.

    Costs a few passes over the scores, and a sort of the projects. What is too close to call is
    computed for the projects of which someone asks it.
    """
    yardstick = Yardstick.of(charter, fires)
    return _in_order([place_candidate(project, yardstick) for project in projects], yardstick)


def rank_again(ranking: Ranking, charter: Charter) -> Ranking:
    """Rank the same projects and fires by a charter that differs in weights alone.

    Costs a sort of the projects: the impact of the scores stays.
    """
    yardstick = Yardstick.of(charter, ranking.fires)
    placements = [project.reasons.placement for project in ranking.projects]
    return _in_order([reweigh(placement, yardstick) for placement in placements], yardstick)


def _in_order(placements: Iterable[Placement], yardstick: Yardstick) -> Ranking:
    charter = yardstick.charter
    in_order = sorted(placements, key=Placement.sort_key)
    rank_count = len([p for p in in_order if p.section in SECTIONS_WITH_RANK])
    ranks = count(1)

    def ranked(
        placement: Placement,
        above: Placement | None,
        below: Placement | None,
        pair_above: NeighborPair | None,
        pair_below: NeighborPair | None,
    ) -> RankedProject:
        number = next(ranks) if placement.section in SECTIONS_WITH_RANK else None
        return RankedProject(
            candidate=placement.candidate,
            section=placement.section,
            rank=number,
            needle=placement.needle,
            impact=dict(charter.by_key(placement.impact)),
            moved=placement.moved,
            disputed=placement.disputed,
            scorer_count=placement.scorer_count,
            quorum=placement.quorum,
            reasons=Reasons(
                placement, number, rank_count, yardstick, above, below, pair_above, pair_below
            ),
        )

    pairs = neighbor_pairs(in_order, yardstick)
    neighbors = zip(
        in_order,
        [None, *in_order],
        [*in_order[1:], None],
        [None, *pairs],
        [*pairs, None],
        strict=False,
    )
    return Ranking(charter, yardstick.fires, tuple(starmap(ranked, neighbors)))
