"""The numbers of a charter beside its values, in the words in which people speak of them."""

from dataclasses import dataclass

from domain.formatting import percent
from domain.ranking.charter import MOST_IMPACT, Charter


@dataclass(frozen=True)
class Threshold:
    """One of them. `least` and `most` are what its form takes."""

    name: str
    label: str
    meaning: str
    least: float
    most: float
    decimal: bool = True
    share: bool = False  # shown as a percentage, and entered as one

    def of(self, charter: Charter) -> float:
        """As its form takes it."""
        number: float = getattr(charter, self.name)
        return round(100 * number, 6) if self.share else number

    @property
    def expected(self) -> str:
        """What to say under its field."""
        whole = "" if self.decimal else "whole "
        return f"A {whole}number, from {self.least:g} to {self.most:g}."

    def read(self, typed: str | None) -> float | None:
        """What its form was given; None if it can't be taken."""
        try:
            number = float(typed or "") if self.decimal else int(typed or "")
        except ValueError:
            return None
        if not self.least <= number <= self.most:
            return None
        return round(number / 100 if self.share else number, 3)

    def shown(self, charter: Charter) -> str:
        number: float = getattr(charter, self.name)
        return percent(number) if self.share else f"{number:g}"


THRESHOLDS = (
    Threshold(
        "quorum",
        "Quorum",
        "so many must have scored a project before its numbers show",
        least=1,
        most=50,
        decimal=False,
    ),
    Threshold(
        "prior_people",
        "Silent people",
        "so many are counted to see no effect, so that one enthusiast does not outweigh a team",
        least=0,
        most=50,
    ),
    Threshold(
        "moves_at",
        "Moves from",
        "with this impact or more, a project moves a value",
        least=0.1,
        most=MOST_IMPACT,
    ),
    Threshold(
        "breadth_bonus",
        "Breadth bonus",
        "what each further moved value adds to the needle while no fire burns",
        least=0,
        most=100,
        share=True,
    ),
    Threshold(
        "quick_impact",
        "Quick impact",
        "what a reaction with a value's emoji says that a project gives it",
        least=1,
        most=MOST_IMPACT,
        decimal=False,
    ),
)
