"""A person's App Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class HomeBoard:
    """A board on one person's App Home."""

    channel_id: str
    overview: Overview
    unscored_count: int  # projects that this person hasn't scored
    own_projects: Sequence[RankedProject]  # this person's projects in the ranking
    is_steward: bool


@dataclass(frozen=True)
class Home:
    """A person's App Home. `boards` has only the boards whose channels the person is in."""

    boards: Sequence[HomeBoard]
    workspace_has_boards: bool  # whether the workspace has any
    wants_nudges: bool
