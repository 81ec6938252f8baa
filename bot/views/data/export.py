"""The lines of an exported table."""

from dataclasses import dataclass

from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class ExportRow:
    """A ranked project, its status, and the quarter it is committed for, if any."""

    ranked: RankedProject
    status: str
    quarter: str = ""
