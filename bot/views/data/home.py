"""A person's App Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from domain.ranking.ranking import Ranked


@dataclass(frozen=True)
class BoardAtHome:
    """A board on one person's App Home."""

    channel_id: str
    seen: Overview
    waiting: int  # projects that this person hasn't scored
    proposed: Sequence[Ranked]  # this person's projects in the ranking
    steward: bool


@dataclass(frozen=True)
class Home:
    """A person's App Home. `boards` has only the boards whose channels the person is in."""

    boards: Sequence[BoardAtHome]
    any_board: bool  # whether the workspace has any
    wants_nudges: bool
