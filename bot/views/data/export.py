"""Data of an exported ranking."""

from dataclasses import dataclass

from domain.ranking.ranking import RankedProject


@dataclass(frozen=True)
class ExportRow:
    """A ranked project, its status, and the quarter that it is committed for, if any.

    `owner` is the owner's display name, or their user ID if the name isn't known.
    """

    ranked: RankedProject
    status: str
    owner: str | None = None
    quarter: str = ""
