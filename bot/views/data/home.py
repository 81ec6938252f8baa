"""A person's App Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from domain.ranking.ranking import Ranked


@dataclass(frozen=True)
class BoardAtHome:
    """A board as one person sees it."""

    channel_id: str
    seen: Overview
    waiting: int  # projects that they have not scored
    proposed: Sequence[Ranked]  # by them, of those that are ranked or to be
    steward: bool


@dataclass(frozen=True)
class Home:
    """What a person's Home shows; `boards` are those of the channels that they are in."""

    boards: Sequence[BoardAtHome]
    any_board: bool  # in the workspace
    wants_nudges: bool
