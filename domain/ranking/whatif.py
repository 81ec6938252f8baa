"""What-if ranking: the effect of other weights."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ranking.charter import Charter, Value
from domain.ranking.ranking import RankedProject, Ranking, rank_again
from domain.typed_text import split_first

MAX_WEIGHT = 1000
SEPARATOR = re.compile(r"=|(?<!\d),|,(?!\d)|\s+")  # A comma between digits is a decimal comma.


@dataclass(frozen=True)
class RankChange:
    """A project in the what-if ranking, with its current rank. Ranks are None if it has none."""

    after: RankedProject
    rank_before: int | None


class UnknownValue(ValueError):
    """A name that isn't one of the charter's values."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} isn't a value")
        self.name = name


def parse_weights(text: str, charter: Charter) -> dict[str, float]:
    """Parse `cost 2, “time to ship” 1,5` into weights by key.

    Raise UnknownValue, or ValueError with a question for the person.
    """
    rest = SEPARATOR.sub(" ", text).strip()
    if not rest:
        raise ValueError("Which value should get a different weight?")
    weights: dict[str, float] = {}
    while rest:
        name, rest = split_first(rest)
        weight, _, rest = rest.partition(" ")
        value = charter.find_by_name(name)
        if value is None:
            raise UnknownValue(name)
        if value.key in weights:
            raise ValueError(f"You gave two weights for {value.inline_name}. Give only one.")
        weights[value.key] = _parse_weight(value, weight)
    return weights


def _parse_weight(value: Value, text: str) -> float:
    """Parse a weight above 0. A value without weight wouldn't be one of the team's."""
    try:
        weight = float(text.lstrip("x×").replace(",", "."))
    except ValueError:
        weight = 0.0
    if not 0 < weight <= MAX_WEIGHT:  # also refuses NaN
        raise ValueError(f"Give {value.inline_name} a weight above 0, up to {MAX_WEIGHT}.")
    return weight


def with_weights(charter: Charter, weights: Mapping[str, float]) -> Charter:
    """Return the charter with some weights replaced."""
    values = tuple(
        value.model_copy(update={"weight": weights.get(value.key, value.weight)})
        for value in charter.values
    )
    return charter.model_copy(update={"values": values})


def rerank(now: Ranking, weights: Mapping[str, float]) -> Ranking:
    """Rank the same projects and fires with some weights replaced."""
    return rank_again(now, with_weights(now.charter, weights))


def rank_changes(now: Ranking, then: Ranking) -> tuple[RankChange, ...]:
    """Return the projects that get a rank, in order, each with its rank before."""
    ranks = {project.candidate.id: project.rank for project in now.projects}
    return tuple(
        RankChange(project, ranks.get(project.candidate.id))
        for project in then.projects
        if project.rank is not None
    )


def missing_from(
    fewer: Sequence[RankedProject], more: Sequence[RankedProject]
) -> tuple[RankedProject, ...]:
    """Return the projects in `more` that `fewer` doesn't have."""
    known = {project.candidate.id for project in fewer}
    return tuple(project for project in more if project.candidate.id not in known)
