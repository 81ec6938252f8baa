"""Candidate: a project with its scores and votes, as input of the ranking."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
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


class Candidate(BaseModel):
    """A project with its scores and votes. Effort is in engineer-weeks."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: StrictInt = Field(ge=1, le=MAX_ID)
    title: StrictStr = Field(min_length=1, max_length=150)
    effort_weeks: float | None = Field(default=None, gt=0, le=26, strict=True)
    backers: frozenset[Person] = frozenset()
    scores: dict[Person, dict[ValueKey, Impact]] = {}
    quick_scores: dict[Person, list[ValueKey]] = {}

    @field_serializer("backers")
    def _sort_backers(self, backers: frozenset[str]) -> list[str]:
        """Sort the backers, so that equal boards are written as equal texts."""
        return sorted(backers)
