"""Placement of a project: its section, and its order in that section.

A placement doesn't depend on other projects.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.needle import ORDER_DECIMALS, Yardstick
from domain.ranking.scoring import Tally, disputed_values, form_impacts, total_tally


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
    """A project with its measured results. Impact is in charter order."""

    candidate: Candidate
    tally: Tally
    impact: tuple[float, ...]
    moved: tuple[str, ...]
    needle: float
    section: Section
    order_key: OrderKey
    disputed: tuple[str, ...]

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
    impacts = form_impacts(project, charter)
    tally = total_tally(project, charter, impacts)
    impact = tally.impact(charter.prior_people)
    section = choose_section(project, impact, yardstick)
    return Placement(
        candidate=project,
        tally=tally,
        impact=impact,
        moved=moved_values(impact, charter),
        needle=yardstick.needle(impact),
        section=section,
        order_key=order_key(section, impact, yardstick),
        disputed=disputed_values(impacts, charter),
    )


def moved_values(impact: tuple[float, ...], charter: Charter) -> tuple[str, ...]:
    by_key = zip(charter.keys, impact, strict=True)
    return tuple(key for key, x in by_key if x >= charter.moves_at)


def choose_section(project: Candidate, impact: tuple[float, ...], yardstick: Yardstick) -> Section:
    """Return the first section that matches, in the order of the checks below."""
    charter = yardstick.charter
    if len(project.scores) < charter.quorum:
        return Section.UNSCORED
    by_value = list(zip(charter.values, impact, strict=True))
    if any(value.number_one and x <= -charter.moves_at for value, x in by_value):
        return Section.HELD
    if all(abs(x) < charter.moves_at for x in impact):
        return Section.OUT_OF_SCOPE
    if yardstick.fires.intersection(moved_values(impact, charter)):
        return Section.BURNING
    return Section.RANKED


def order_key(section: Section, impact: tuple[float, ...], yardstick: Yardstick) -> OrderKey:
    needle = round(yardstick.needle(impact), ORDER_DECIMALS)
    if section is not Section.BURNING:
        return (0.0, needle)
    return (round(yardstick.relief(impact), ORDER_DECIMALS), needle)
