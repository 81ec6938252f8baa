"""A ranked project as a line of an exported table."""

from dataclasses import dataclass

from domain.ranking.ranking import Ranked


@dataclass(frozen=True)
class Line:
    """A project in its place, where it is in its life, and the quarter that holds it."""

    ranked: Ranked
    status: str
    quarter: str = ""
