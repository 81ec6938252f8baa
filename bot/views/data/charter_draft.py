"""A charter draft: what it changes, who answered, and how it changes the ranking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ranking.charter import Charter
from domain.ranking.ranking import Ranking


@dataclass(frozen=True)
class Amendment:
    """What a draft would make of a version of the charter."""

    version: int
    before: Charter
    after: Charter
    known: Collection[str]  # the keys of all values that there ever were until then


@dataclass(frozen=True)
class Closed:
    """How a draft ended: as a version of the charter, or as none."""

    by: str
    on: date
    version: int | None


@dataclass(frozen=True)
class Draft:
    """A draft that is posted, with what people answered."""

    id: int
    amendment: Amendment
    proposer: str
    reason: str
    agree: Sequence[str]
    not_yet: Sequence[str]
    closed: Closed | None = None


@dataclass(frozen=True)
class Comparison:
    """Both rankings are of the same projects: of those whose numbers show now."""

    channel_id: str
    draft_id: int
    now: Ranking
    then: Ranking
    revealed: int  # so many more projects would show their numbers
    agree: Sequence[str]
    not_yet: Sequence[str]
    hindrance: str = ""  # why it can't be adopted by who looks
