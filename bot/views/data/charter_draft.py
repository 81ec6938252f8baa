"""A charter draft: what it changes, who answered, and how it changes the ranking."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ranking.charter import Charter
from domain.ranking.ranking import Ranking


@dataclass(frozen=True)
class CharterChange:
    """A version of the charter, and what a draft would make of it."""

    version: int
    before: Charter
    after: Charter
    known_keys: Collection[str]  # keys of all values that any version had until then


@dataclass(frozen=True)
class DraftDecision:
    """The end of a draft. `version` is None if it didn't become a version of the charter."""

    decided_by: str
    decided_on: date
    version: int | None


@dataclass(frozen=True)
class CharterDraft:
    """A posted draft, with people's answers."""

    id: int
    change: CharterChange
    proposer: str
    reason: str
    agreeing: Sequence[str]
    objecting: Sequence[str]
    decision: DraftDecision | None = None


@dataclass(frozen=True)
class DraftPreview:
    """The rankings before and after a draft, both of the projects whose numbers show now."""

    channel_id: str
    draft_id: int
    before: Ranking
    after: Ranking
    newly_visible: int  # how many more projects would show their numbers
    agreeing: Sequence[str]
    objecting: Sequence[str]
    obstacle: str = ""  # why the viewer can't adopt the draft
