"""The lines of an exported table."""

from dataclasses import dataclass

from domain.ranking.ranking import Ranked


@dataclass(frozen=True)
class ExportRow:
    """A ranked project, its status, and the quarter it is committed for, if any."""

    ranked: Ranked
    status: str
    quarter: str = ""
