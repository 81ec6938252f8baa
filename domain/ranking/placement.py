"""Where one project stands: its section, and its order there. Neighbours play no part in it."""

from dataclasses import dataclass
from enum import StrEnum
from math import inf

from domain.ranking.candidate import Candidate
from domain.ranking.charter import Charter
from domain.ranking.needle import ORDER_DECIMALS, Yardstick
from domain.ranking.scoring import Tally, disputed, in_forms, together


class Section(StrEnum):
    """The parts of the list, from the top."""

    BURNING = "burning"
    RANKED = "ranked"
    HELD = "held"
    UNSCORED = "unscored"
    OUT_OF_SCOPE = "out_of_scope"


TOP_DOWN = {section: place for place, section in enumerate(Section)}
WITH_A_RANK = frozenset({Section.BURNING, Section.RANKED})
ORDERED_BY_NUMBERS = WITH_A_RANK | {Section.HELD}


# What a section is ordered by first, rounded: the relief of what burns, then the needle.
Order = tuple[float, float]


@dataclass(frozen=True)
class Standing:
    """A project with what people gave it, measured. Impact is in charter order."""

    project: Candidate
    tally: Tally
    impact: tuple[float, ...]
    moved: tuple[str, ...]
    needle: float
    section: Section
    order: Order
    disputed: tuple[str, ...]

    def place(self) -> tuple[float, ...]:
        """The sort key of the whole list, lowest first. It ends in the id, so there is no tie."""
        project = self.project
        top_down = TOP_DOWN[self.section]
        if self.section is Section.OUT_OF_SCOPE:
            return (top_down, project.id)
        if self.section is Section.UNSCORED:
            return (top_down, -len(project.backers), project.id)
        relief, needle = self.order
        effort = inf if project.effort_weeks is None else project.effort_weeks
        ties = (-len(self.moved), -len(project.backers), effort, project.id)
        return (top_down, -relief, -needle, *ties)


def stand(project: Candidate, yardstick: Yardstick) -> Standing:
    charter = yardstick.charter
    given = in_forms(project, charter)
    tally = together(project, charter, given)
    impact = tally.impact(charter.prior_people)
    section = section_of(project, impact, yardstick)
    return Standing(
        project=project,
        tally=tally,
        impact=impact,
        moved=moved(impact, charter),
        needle=yardstick.needle(impact),
        section=section,
        order=order(section, impact, yardstick),
        disputed=disputed(given, charter),
    )


def moved(impact: tuple[float, ...], charter: Charter) -> tuple[str, ...]:
    by_key = zip(charter.keys, impact, strict=True)
    return tuple(key for key, x in by_key if x >= charter.moves_at)


def section_of(project: Candidate, impact: tuple[float, ...], yardstick: Yardstick) -> Section:
    """The first that matches, in the order in which they are asked here."""
    charter = yardstick.charter
    if len(project.scores) < charter.quorum:
        return Section.UNSCORED
    by_value = list(zip(charter.values, impact, strict=True))
    if any(value.number_one and x <= -charter.moves_at for value, x in by_value):
        return Section.HELD
    if all(abs(x) < charter.moves_at for x in impact):
        return Section.OUT_OF_SCOPE
    if yardstick.fires.intersection(moved(impact, charter)):
        return Section.BURNING
    return Section.RANKED


def order(section: Section, impact: tuple[float, ...], yardstick: Yardstick) -> Order:
    needle = round(yardstick.needle(impact), ORDER_DECIMALS)
    if section is not Section.BURNING:
        return (0.0, needle)
    return (round(yardstick.relief(impact), ORDER_DECIMALS), needle)
