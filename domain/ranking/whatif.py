"""What would change if values weighed otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ranking.charter import Charter, Value
from domain.ranking.ranking import Ranked, Ranking, rank

MOST_WEIGHT = 1000


@dataclass(frozen=True)
class Moved:
    """A project in its place as it would be, and its rank as it is; None where it has none."""

    then: Ranked
    rank_now: int | None


def weights_in(text: str, charter: Charter) -> dict[str, float]:
    """`cost 2 security 1` -> a weight by value. Raises a ValueError in words."""
    words = text.lower().replace(",", " ").replace("=", " ").split()
    if not words:
        raise ValueError("Say a value and its weight")
    weights: dict[str, float] = {}
    for key, weight in zip(words[::2], [*words[1::2], ""], strict=False):
        value = charter.named(key)
        if value is None:
            known = ", ".join(value.word for value in charter.values)
            raise ValueError(f"“{key[:50]}” is none of the values: {known}")
        if value.key in weights:
            raise ValueError(f"{value.label} is there twice")
        weights[value.key] = _weight(value, weight)
    return weights


def _weight(value: Value, text: str) -> float:
    """Above zero: a value that counts for nothing is none of the team's."""
    try:
        weight = float(text.lstrip("x×"))
    except ValueError:
        weight = 0.0
    if not 0 < weight <= MOST_WEIGHT:  # nor is what is not a number
        raise ValueError(
            f"Say what {value.spoken} would weigh: a number above 0, up to {MOST_WEIGHT}"
        )
    return weight


def reweighted(charter: Charter, weights: Mapping[str, float]) -> Charter:
    """The same charter with those weights in the place of its own."""
    values = tuple(
        value.model_copy(update={"weight": weights.get(value.key, value.weight)})
        for value in charter.values
    )
    return charter.model_copy(update={"values": values})


def ranked_by(now: Ranking, charter: Charter) -> Ranking:
    """The same projects and fires, ranked by another charter. Costs one ranking."""
    return rank([each.project for each in now.ranked], charter, now.fires)


def moves(now: Ranking, then: Ranking) -> tuple[Moved, ...]:
    """What would carry a rank, in its order, each with its rank now."""
    ranks = {each.project.id: each.rank for each in now.ranked}
    return tuple(
        Moved(each, ranks.get(each.project.id)) for each in then.ranked if each.rank is not None
    )


def between(fewer: Sequence[Ranked], more: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """Of the second, those that are not among the first."""
    known = {each.project.id for each in fewer}
    return tuple(each for each in more if each.project.id not in known)
