"""Data of a person's Home tab."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class HomeBoard:
    """A board on one person's Home tab."""

    channel_id: str
    overview: Overview
    unscored_count: int  # projects that this person hasn't scored
    own_projects: Sequence[RankedProject]  # this person's projects in the ranking
    is_steward: bool


@dataclass(frozen=True)
class Home:
    """A person's Home tab. `boards` has only the boards whose channels the person is in."""

    boards: Sequence[HomeBoard]
    workspace_has_boards: bool
    wants_nudges: bool
