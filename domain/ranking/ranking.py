"""Ranking of projects by a charter and the current fires."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.explanation import explain
from domain.ranking.needle import Yardstick
from domain.ranking.placement import SECTIONS_WITH_RANK, Placement, Section, place_candidate
from domain.ranking.sensitivity import close_calls

__all__ = ["RankedProject", "Ranking", "Section", "rank"]


@dataclass(frozen=True)
class RankedProject:
    """A project with its rank, section and everything that led to them."""

    candidate: Candidate
    section: Section
    rank: int | None
    needle: float
    impact: dict[str, float]
    moved: tuple[str, ...]
    too_close_to: tuple[int, ...]
    disputed: tuple[str, ...]
    explanation: str
    scorer_count: int


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
    name: Callable[[str], str] = str,
) -> Ranking:
    """Rank projects by the values of a charter. `name` writes a person into the reasons.

    Costs a few passes over the scores, and a sort of the projects.
    """
    yardstick = Yardstick.of(charter, fires)
    placements = sorted(
        (place_candidate(project, yardstick) for project in projects), key=Placement.sort_key
    )
    calls = close_calls(placements, yardstick)
    ranks = count(1)

    def ranked(placement: Placement) -> RankedProject:
        project = placement.candidate
        number = next(ranks) if placement.section in SECTIONS_WITH_RANK else None
        close = calls.get(project.id, [])
        return RankedProject(
            candidate=project,
            section=placement.section,
            rank=number,
            needle=placement.needle,
            impact=dict(zip(charter.keys, placement.impact, strict=True)),
            moved=placement.moved,
            too_close_to=tuple(call.neighbor_id for call in close),
            disputed=placement.disputed,
            explanation=explain(placement, number, yardstick, close, name),
            scorer_count=len(project.scores),
        )

    return Ranking(charter, yardstick.fires, tuple(map(ranked, placements)))
