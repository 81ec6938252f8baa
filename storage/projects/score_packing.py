"""A person's whole score as one number.

Ranking reads every score there is. A row for each person, not for each of a person's values, is a
sixth of the rows, and the database makes it while it reads: three bits a value, of which none says
that the value was not scored.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col

from domain.ranking.charter import IMPACTS
from storage.tables import ScoreRow

Impacts = dict[str, int]  # by value

BITS = 3
ABOVE_NOTHING = 1 - min(IMPACTS)  # the lowest impact is stored as 1


class Packing(dict[int, Impacts]):
    """How the scores of one board are packed: each of the charter's values in its place.

    As a dictionary it gives what a number says. People often say the same: what was unpacked once
    is shared, not to be changed.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__()
        self._keys = keys

    @property
    def column(self) -> Any:
        """To be selected from rows of scores that are grouped by project and person."""
        place = case(
            {key: 1 << (BITS * at) for at, key in enumerate(self._keys)}, value=col(ScoreRow.value)
        )
        return func.sum((col(ScoreRow.impact) + ABOVE_NOTHING) * place)

    def __missing__(self, packed: int) -> Impacts:
        given = ((key, packed >> (BITS * at) & 0b111) for at, key in enumerate(self._keys))
        self[packed] = found = {key: shifted - ABOVE_NOTHING for key, shifted in given if shifted}
        return found
