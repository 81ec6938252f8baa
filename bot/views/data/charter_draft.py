"""Data of a charter draft: what it changes, who answered, and how the ranking would change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ranking.charter import Charter
from domain.ranking.ranking import Ranking


@dataclass(frozen=True)
class CharterChange:
    """The difference between a charter version and a draft based on it."""

    version: int
    before: Charter
    after: Charter
    known_keys: Collection[str]  # keys of all values in this and earlier versions


@dataclass(frozen=True)
class DraftDecision:
    """The end of a draft. `version` is None if it was withdrawn."""

    decided_by: str
    decided_on: date
    version: int | None


@dataclass(frozen=True)
class Objection:
    """A person who objects to a draft, and why. `reason` is empty if none was given."""

    person: str
    reason: str = ""


@dataclass(frozen=True)
class CharterDraft:
    """A posted draft, with people's answers."""

    id: int
    change: CharterChange
    proposer: str
    reason: str
    agreeing: Sequence[str]
    objecting: Sequence[Objection]
    decision: DraftDecision | None = None


@dataclass(frozen=True)
class DraftPreview:
    """The ranking before and after a draft. Only projects with visible results are in it."""

    channel_id: str
    draft_id: int
    before: Ranking
    after: Ranking
    newly_visible: int  # how many more projects would show results
    agreeing: Sequence[str]
    objecting: Sequence[Objection]
    unanswered: int | None = None  # full members who haven't answered; None if not known
    obstacle: str = ""  # why the viewer can't adopt the draft
