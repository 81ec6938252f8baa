"""Needle of a project, and its relief: how much it helps the values on fire."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import mul

from domain.ranking.charter import DEFAULT_CHARTER, MAX_IMPACT, Charter

MAX_NEEDLE = 100
ORDER_DECIMALS = 9  # so that rounding errors never decide an order


@dataclass(frozen=True)
class Yardstick:
    """A charter and its weights, and the fires. Impacts are in charter order."""

    charter: Charter
    fires: frozenset[str]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, charter: Charter = DEFAULT_CHARTER, fires: Collection[str] = ()) -> "Yardstick":
        """Create a yardstick. A fire in a value that the charter no longer has is ignored."""
        weights = tuple(value.weight for value in charter.values)
        return cls(charter, frozenset(fires).intersection(charter.keys), weights)

    def with_weight_multiplied(self, key: str, factor: float) -> "Yardstick":
        """Return the yardstick with one value's weight multiplied."""
        weights = tuple(
            weight * factor if own_key == key else weight
            for own_key, weight in self.charter.by_key(self.weights)
        )
        return replace(self, weights=weights)

    @property
    def max_weighted_sum(self) -> float:
        """The weighted sum of a project with the highest impact on every value."""
        return MAX_IMPACT * sum(self.weights)

    @property
    def max_factor(self) -> float:
        """What all bonuses together multiply the weighted sum by."""
        breadth = self.charter.breadth_bonus * (len(self.weights) - 1)
        return 1 + breadth + self.charter.backing_bonus

    @cached_property
    def max_result(self) -> float:
        """The highest weighted sum with all bonuses, which gives the highest needle."""
        return self.max_weighted_sum * self.max_factor

    @cached_property
    def burning_weights(self) -> tuple[float, ...]:
        by_key = self.charter.by_key(self.weights)
        return tuple(weight if key in self.fires else 0.0 for key, weight in by_key)

    def breadth(self, impact: Sequence[float]) -> float:
        """Return the bonus for moving several values at once. It is 0 while there is a fire."""
        if self.fires:
            return 0.0
        moves_at = self.charter.moves_at
        moved = len([x for x in impact if x >= moves_at])
        return self.charter.breadth_bonus * max(moved - 1, 0)

    def backing(self, backers: int) -> float:
        """Return the bonus for backers. The first counts most."""
        if not backers:
            return 0.0
        return self.charter.backing_bonus * backers / (backers + self.charter.prior_people)

    def weighted_sum(self, impact: Sequence[float]) -> float:
        """Return the sum of weight × impact."""
        weighted_sum: float = sum(map(mul, self.weights, impact))
        return weighted_sum

    def needle(self, impact: Sequence[float], backers: int) -> float:
        """Return the needle. The bonuses apply only to a weighted sum above 0."""
        raw = self.weighted_sum(impact)
        if raw > 0:
            raw *= 1 + self.breadth(impact) + self.backing(backers)
        return MAX_NEEDLE * raw / self.max_result

    def relief(self, impact: Sequence[float]) -> float:
        """Return the sum of weight × impact over the burning values."""
        relief: float = sum(map(mul, self.burning_weights, impact))
        return relief
