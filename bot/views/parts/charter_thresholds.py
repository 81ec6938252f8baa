"""A charter's thresholds, with their labels, meanings, and limits."""

from dataclasses import dataclass

from bot.views.blocks.formatting import quantity
from domain.formatting import MINUS_SIGN, format_percent
from domain.ranking.charter import MAX_IMPACT, Charter


@dataclass(frozen=True)
class Threshold:
    """A threshold. Its form accepts numbers from `min_value` to `max_value`."""

    name: str
    label: str
    meaning_template: str
    min_value: float
    max_value: float
    decimal: bool = True
    is_percentage: bool = False  # shown and entered as a percentage

    def input_value(self, charter: Charter) -> float:
        """Return the number as its form shows it."""
        number: float = getattr(charter, self.name)
        return round(100 * number, 6) if self.is_percentage else number

    @property
    def error(self) -> str:
        """The message for an invalid number."""
        whole = "" if self.decimal else "whole "
        return f"Enter a {whole}number from {self.min_value:g} to {self.max_value:g}."

    def parse(self, typed: str | None) -> float | None:
        """Return the number that was entered in its form, or None if it is invalid."""
        try:
            number = float(typed or "") if self.decimal else int(typed or "")
        except ValueError:
            return None
        if not self.min_value <= number <= self.max_value:
            return None
        return round(number / 100 if self.is_percentage else number, 3)

    @property
    def meaning(self) -> str:
        """What the threshold means, whatever its number is, in a form with all thresholds."""
        return self.meaning_template.format(
            number="this number",
            minus="minus ",
            reveal=". The last field sets when one score becomes enough",
        )

    def meaning_in(self, charter: Charter) -> str:
        """Return what the threshold means with a charter's number."""
        return self.meaning_template.format(
            number=self.formatted(charter), minus=MINUS_SIGN, reveal=_early_results(charter)
        )

    def formatted(self, charter: Charter) -> str:
        number: float = getattr(charter, self.name)
        return format_percent(number) if self.is_percentage else f"{number:g}"


def early_results(reveal_after_days: int) -> str:
    """Return when one score is enough, to end a phrase about the quorum. It's empty for never."""
    if not reveal_after_days:
        return ""
    age = quantity(reveal_after_days, "day", "days")
    return f"; {age} after it was proposed, one score is enough"


def _early_results(charter: Charter) -> str:
    return early_results(charter.reveal_after_days) if charter.quorum > 1 else ""


THRESHOLDS = (
    Threshold(
        "quorum",
        "Quorum",
        "how many people must score a project before it's ranked and its results show{reveal}",
        min_value=1,
        max_value=50,
        decimal=False,
    ),
    Threshold(
        "prior_people",
        "Added zeros",
        "when I average a project's scores on a value, I count this many extra scores of 0, so that"
        " one enthusiast doesn't outweigh a team",
        min_value=0,
        max_value=50,
    ),
    Threshold(
        "moves_at",
        "Lowest impact that helps",
        "a project helps a value if its impact is {number} or higher, and hurts it if its impact is"
        " {minus}{number} or lower",
        min_value=0.1,
        max_value=MAX_IMPACT,
    ),
    Threshold(
        "breadth_bonus",
        "Breadth bonus",
        "a project's needle rises by this share for each value that it helps beyond the first,"
        " unless something is burning",
        min_value=0,
        max_value=100,
        is_percentage=True,
    ),
    Threshold(
        "backing_bonus",
        "Backing bonus",
        "the largest share by which all 👍 together can raise a project's needle; each 👍 adds less"
        " than the one before",
        min_value=0,
        max_value=100,
        is_percentage=True,
    ),
    Threshold(
        "quick_impact",
        "Quick impact",
        "a reaction with a value's emoji counts as this impact, or as the mean of the project's"
        " scores on that value if the mean is higher",
        min_value=1,
        max_value=MAX_IMPACT,
        decimal=False,
    ),
    Threshold(
        "reveal_after_days",
        "Days until one score is enough",
        "this many days after the proposal, a project needs only one score to show results; 0 means"
        " never",
        min_value=0,
        max_value=365,
        decimal=False,
    ),
)
