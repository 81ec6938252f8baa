"""A person's whole score as one number.

Ranking reads every score there is. With one row for each person instead of one for each of the
person's values, it reads a sixth of the rows. The database packs them while it reads: four bits
for a value, where 0 means that the form didn't have it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, case, cast, func, literal
from sqlmodel import col

from domain.ranking.charter import IMPACTS
from storage.tables import ScoreRow

Impacts = dict[str, int | None]  # By value. None: the person has no opinion.

BITS = 4
IMPACT_OFFSET = 1 - min(IMPACTS)  # The lowest impact is packed as 1.
NO_OPINION = max(IMPACTS) + IMPACT_OFFSET + 1


class Packing(dict[int, Impacts]):
    """How a board's scores are packed: four bits for each of the charter's values.

    As a dictionary, it unpacks a number. Without an opinion on any value there is no score, so the
    result is empty. Many people give the same scores, so the unpacked dictionaries are shared.
    Don't change them.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._keys = keys

    @property
    def column(self) -> Any:
        """The expression to select from scores that are grouped by project and person."""
        factor = case(  # The eighth value's products don't fit into 32 bits.
            {key: literal(1 << (BITS * index), BigInteger) for index, key in enumerate(self._keys)},
            value=col(ScoreRow.value),
        )
        packed_impact = func.coalesce(col(ScoreRow.impact) + IMPACT_OFFSET, NO_OPINION)
        return cast(func.sum(packed_impact * factor), BigInteger)  # PostgreSQL's sum is decimal.

    def __missing__(self, packed: int) -> Impacts:
        packed_impacts = (
            (key, packed >> (BITS * index) & 0b1111) for index, key in enumerate(self._keys)
        )
        impacts = {
            key: None if packed_impact == NO_OPINION else packed_impact - IMPACT_OFFSET
            for key, packed_impact in packed_impacts
            if packed_impact
        }
        has_opinion = any(impact is not None for impact in impacts.values())
        self[packed] = impacts if has_opinion else {}
        return self[packed]
