"""A charter draft: what it changes, who answered, and how it changes the ranking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ranking.charter import Charter
from domain.ranking.ranking import Ranking


@dataclass(frozen=True)
class Amendment:
    """A version of the charter, and what a draft would make of it."""

    version: int
    before: Charter
    after: Charter
    known: Collection[str]  # keys of all values that any version had until then


@dataclass(frozen=True)
class Closed:
    """The end of a draft. `version` is None if it didn't become a version of the charter."""

    by: str
    on: date
    version: int | None


@dataclass(frozen=True)
class Draft:
    """A posted draft, with people's answers."""

    id: int
    amendment: Amendment
    proposer: str
    reason: str
    agree: Sequence[str]
    not_yet: Sequence[str]
    closed: Closed | None = None


@dataclass(frozen=True)
class Comparison:
    """The rankings before and after a draft, both of the projects whose numbers show now."""

    channel_id: str
    draft_id: int
    now: Ranking
    then: Ranking
    revealed: int  # how many more projects would show their numbers
    agree: Sequence[str]
    not_yet: Sequence[str]
    hindrance: str = ""  # why the viewer can't adopt the draft
