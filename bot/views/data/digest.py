"""A week's digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.views.data.board_overview import Overview
from bot.views.data.project_state import ProjectReference, ShippedProject
from bot.views.data.toil_ledger import ToilLedger
from domain.toil.payback import Payback


@dataclass(frozen=True)
class Digest:
    """The content of a digest. `before` maps project numbers to ranks in the previous digest."""

    board: Overview
    week: str  # an ISO week
    previous_ranks: Mapping[str, int] | None
    toil: ToilLedger | None = None
    shipped: Sequence[ShippedProject] = ()
    paybacks: Sequence[tuple[ProjectReference, Payback]] = ()
