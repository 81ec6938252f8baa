"""Data of the weekly digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from bot.views.data.project_state import ProjectReference, ShippedWork
from bot.views.data.quarter import QuarterProgress
from bot.views.data.toil_ledger import ToilLedger
from domain.toil.payback import Payback


@dataclass(frozen=True)
class Digest:
    """A digest's content. `previous_ranks` maps project numbers to their ranks in the previous
    digest. `quarter` is None if the quarter isn't committed.
    """

    board: Overview
    week: str  # an ISO week, such as 2026-W48
    previous_ranks: Mapping[str, int] | None
    toil: ToilLedger | None = None
    shipped: Sequence[ShippedWork] = ()
    quarter: QuarterProgress | None = None
    paybacks: Sequence[tuple[ProjectReference, Payback]] = ()
