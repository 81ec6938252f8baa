"""Placement of a project: its section, and its order in that section.

A placement doesn't depend on other projects.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.needle import ORDER_DECIMALS, Yardstick
from domain.ranking.scoring import Tally, counting_scores, disputed_values, total_tally


class Section(StrEnum):
    """The sections of a ranking, from the top."""

    BURNING = "burning"
    RANKED = "ranked"
    HELD = "held"
    UNSCORED = "unscored"
    OUT_OF_SCOPE = "out_of_scope"


SECTION_ORDER = {section: position for position, section in enumerate(Section)}
SECTIONS_WITH_RANK = frozenset({Section.BURNING, Section.RANKED})
SECTIONS_ORDERED_BY_NEEDLE = SECTIONS_WITH_RANK | {Section.HELD}


# The rounded relief and needle, by which a section is ordered before ties are broken.
OrderKey = tuple[float, float]


@dataclass(frozen=True)
class Placement:
    """A project with its measured results. Impact is in charter order.

    `scorer_count` is how many people have given a score, and `quorum` how many must.
    """

    candidate: Candidate
    tally: Tally
    scorer_count: int
    quorum: int
    impact: tuple[float, ...]
    moved: tuple[str, ...]
    needle: float
    section: Section
    order_key: OrderKey
    disputed: tuple[str, ...]

    @property
    def results_quorum(self) -> int:
        """How many people must score the project before its results show."""
        return 1 if self.candidate.revealed else self.quorum

    @property
    def scores_visible(self) -> bool:
        """Whether people who have scored the project may see who gave what."""
        return self.scorer_count >= self.quorum

    def sort_key(self) -> tuple[float, ...]:
        """Return the sort key of the whole list, lowest first.

        It ends in the id, so there are no ties.
        """
        project = self.candidate
        top_down = SECTION_ORDER[self.section]
        if self.section is Section.OUT_OF_SCOPE:
            return (top_down, project.id)
        if self.section is Section.UNSCORED:
            return (top_down, -len(project.backers), project.id)
        relief, needle = self.order_key
        effort = inf if project.effort_weeks is None else project.effort_weeks
        ties = (-len(self.moved), -len(project.backers), effort, project.id)
        return (top_down, -relief, -needle, *ties)


def place_candidate(project: Candidate, yardstick: Yardstick) -> Placement:
    charter = yardstick.charter
    scores, impacts, sums = counting_scores(project, charter)
    tally = total_tally(project, charter, scores, impacts, sums)
    impact = tally.impact(charter)
    quorum = project.quorum_needed or charter.quorum
    has_quorum = len(scores) >= (1 if project.revealed else quorum)
    section = choose_section(impact, yardstick) if has_quorum else Section.UNSCORED
    needle = yardstick.needle(impact, len(project.backers))
    return Placement(
        candidate=project,
        tally=tally,
        scorer_count=len(scores),
        quorum=quorum,
        impact=impact,
        moved=moved_values(impact, charter),
        needle=needle,
        section=section,
        order_key=order_key(section, impact, needle, yardstick),
        disputed=disputed_values(impacts, charter),
    )


def reweigh(placement: Placement, yardstick: Yardstick) -> Placement:
    """Return the placement with the needle and the order that other weights give it.

    Nothing else depends on weights.
    """
    impact = placement.impact
    needle = yardstick.needle(impact, len(placement.candidate.backers))
    return replace(
        placement,
        needle=needle,
        order_key=order_key(placement.section, impact, needle, yardstick),
    )


def moved_values(impact: tuple[float, ...], charter: Charter) -> tuple[str, ...]:
    return tuple(key for key, x in charter.by_key(impact) if x >= charter.moves_at)


def choose_section(impact: tuple[float, ...], yardstick: Yardstick) -> Section:
    """Return the section of a project that enough people have scored: the first that matches."""
    charter = yardstick.charter
    by_value = list(zip(charter.values, impact, strict=True))
    if any(value.number_one and x <= -charter.moves_at for value, x in by_value):
        return Section.HELD
    if all(abs(x) < charter.moves_at for x in impact):
        return Section.OUT_OF_SCOPE
    if yardstick.fires.intersection(moved_values(impact, charter)):
        return Section.BURNING
    return Section.RANKED


def order_key(
    section: Section, impact: tuple[float, ...], needle: float, yardstick: Yardstick
) -> OrderKey:
    relief = yardstick.relief(impact) if section is Section.BURNING else 0.0
    return (round(relief, ORDER_DECIMALS), round(needle, ORDER_DECIMALS))
