"""Data of an exported ranking."""

from dataclasses import dataclass

from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class ExportRow:
    """A ranked project, its status, and the quarter that it is committed for, if any."""

    ranked: RankedProject
    status: str
    quarter: str = ""
