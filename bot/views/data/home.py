"""Data of a person's Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.views.data.board_overview import Overview
from bot.views.data.quarter import QuarterProgress
from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class HomeBoard:
    """A board on one person's Home tab."""

    channel_id: str
    overview: Overview
    unscored_count: int  # projects that this person hasn't scored
    owned: Sequence[RankedProject]  # this person owns them
    proposed: Sequence[RankedProject]  # this person proposed them and doesn't own them
    is_steward: bool
    quarter: str  # the current quarter's label
    progress: QuarterProgress | None = None  # None if the quarter isn't committed
    draft_to_answer: bool = False  # a posted charter draft without this person's answer
    paused_until: date | None = None  # the day on which the paused digests start again


@dataclass(frozen=True)
class Home:
    """A person's Home tab. `boards` has only the boards whose channels the person is in."""

    boards: Sequence[HomeBoard]
    workspace_has_boards: bool
    wants_nudges: bool
