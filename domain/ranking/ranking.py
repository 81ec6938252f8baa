"""Projects, a charter and the fires -> the ranking."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from domain.ranking.explanation import why
from domain.ranking.needle import Yardstick
from domain.ranking.placement import WITH_A_RANK, Section, Standing, stand
from domain.ranking.sensitivity import close_calls

__all__ = ["Ranked", "Ranking", "Section", "rank"]


@dataclass(frozen=True)
class Ranked:
    """A project in its place, and all that the place was made from."""

    project: Candidate
    section: Section
    rank: int | None
    needle: float
    impact: dict[str, float]
    moved: tuple[str, ...]
    too_close_to: tuple[int, ...]
    disputed: tuple[str, ...]
    why: str
    scored_by: int


@dataclass(frozen=True)
class Ranking:
    """All the projects of a board in list order, with what they were ranked by."""

    charter: Charter
    fires: frozenset[str]
    ranked: tuple[Ranked, ...]

    def section(self, section: Section) -> tuple[Ranked, ...]:
        return tuple(each for each in self.ranked if each.section is section)

    def of(self, project_id: int) -> Ranked | None:
        return self._by_id.get(project_id)

    @cached_property
    def _by_id(self) -> dict[int, Ranked]:
        return {each.project.id: each for each in self.ranked}


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
    standings = sorted((stand(each, yardstick) for each in projects), key=Standing.place)
    calls = close_calls(standings, yardstick)
    ranks = count(1)

    def ranked(standing: Standing) -> Ranked:
        project = standing.project
        number = next(ranks) if standing.section in WITH_A_RANK else None
        close = calls.get(project.id, [])
        return Ranked(
            project=project,
            section=standing.section,
            rank=number,
            needle=standing.needle,
            impact=dict(zip(charter.keys, standing.impact, strict=True)),
            moved=standing.moved,
            too_close_to=tuple(call.neighbour for call in close),
            disputed=standing.disputed,
            why=why(standing, number, yardstick, close, name),
            scored_by=len(project.scores),
        )

    return Ranking(charter, yardstick.fires, tuple(map(ranked, standings)))
