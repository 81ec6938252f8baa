"""Candidate: a project with its scores and votes, as input of the ranking."""

from collections.abc import Collection
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    field_serializer,
)

from domain.ranking.charter import IMPACTS

MAX_ID = 2**63 - 1  # the largest integer that a database stores


def _check_impact(impact: int) -> int:
    if impact not in IMPACTS:
        raise ValueError(f"{impact} is not between {min(IMPACTS)} and {max(IMPACTS)}")
    return impact


Person = Annotated[StrictStr, Field(min_length=1, max_length=255)]
ValueKey = StrictStr
Impact = Annotated[StrictInt, AfterValidator(_check_impact)]
# None stands for no opinion. A value that is missing counts as 0.
Score = dict[ValueKey, Impact | None]


class Candidate(BaseModel):
    """A project with its scores and votes. Effort is in engineer-weeks.

    `quorum_needed` is how many people must score the project before it's ranked: the charter's
    quorum if None. If `revealed`, one score is enough. The ranking ignores `owner` and `link`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: StrictInt = Field(ge=1, le=MAX_ID)
    title: StrictStr = Field(min_length=1, max_length=150)
    effort_weeks: float | None = Field(default=None, gt=0, le=26, strict=True)
    backers: frozenset[Person] = frozenset()
    scores: dict[Person, Score] = {}
    quick_scores: dict[Person, list[ValueKey]] = {}
    quorum_needed: StrictInt | None = Field(default=None, ge=1, le=1000)
    revealed: StrictBool = False
    owner: Person | None = None
    link: StrictStr | None = Field(default=None, min_length=1, max_length=2000)

    def scorers(self, keys: Collection[ValueKey]) -> dict[Person, Score]:
        """Return the scores by person. A form with only *No opinion* isn't a score."""
        return {
            person: score
            for person, score in self.scores.items()
            if None not in score.values() or any(score.get(key, 0) is not None for key in keys)
        }

    @field_serializer("backers")
    def _sort_backers(self, backers: frozenset[str]) -> list[str]:
        """Sort the backers, so that equal boards are written as equal texts."""
        return sorted(backers)
