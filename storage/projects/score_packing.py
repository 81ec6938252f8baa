"""A person's whole score as one number.

Ranking reads every score there is. With one row for each person instead of one for each of the
person's values, it reads a sixth of the rows. The database packs them while it reads: three bits
for a value, where 0 means that the person didn't score it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col

from domain.ranking.charter import IMPACTS
from storage.tables import ScoreRow

Impacts = dict[str, int | None]  # By value. None is no opinion.

BITS = 3
IMPACT_OFFSET = 1 - min(IMPACTS)  # The lowest impact is stored as 1.


class Packing(dict[int, Impacts]):
    """How a board's scores are packed: three bits for each of the charter's values.

    As a dictionary, it unpacks a number. Many people give the same scores, so the unpacked
    dictionaries are shared. Don't change them.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._keys = keys

    @property
    def column(self) -> Any:
        """The expression to select from scores that are grouped by project and person."""
        factor = case(
            {key: 1 << (BITS * index) for index, key in enumerate(self._keys)},
            value=col(ScoreRow.value),
        )
        return func.sum((col(ScoreRow.impact) + IMPACT_OFFSET) * factor)

    def __missing__(self, packed: int) -> Impacts:
        packed_impacts = (
            (key, packed >> (BITS * index) & 0b111) for index, key in enumerate(self._keys)
        )
        impacts: Impacts = {
            key: packed_impact - IMPACT_OFFSET
            for key, packed_impact in packed_impacts
            if packed_impact
        }
        self[packed] = impacts
        return impacts
