"""Explanation of a project's placement: the sum behind its needle, which the reader can redo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from domain.formatting import (
    MINUS_SIGN,
    NUMBER_WORDS,
    format_decimal,
    format_scorers,
    join_with_and,
    ordinal,
)
from domain.ranking.charter import MAX_IMPACT, Charter, Value
from domain.ranking.needle import MAX_NEEDLE, Yardstick
from domain.ranking.placement import Placement, Section
from domain.ranking.sensitivity import CloseCall, NeighborPair

FormatPerson = Callable[[str], str]

RELIEF = "weighted impact on burning values"  # what orders burning projects
HALF_TENTH, HALF_HUNDREDTH = Fraction(1, 20), Fraction(1, 200)


@dataclass(frozen=True)
class Reasons:
    """What a project's place in the ranking follows from.

    `above` and `below` are its neighbors in the whole list, with the pairs that it makes with them.
    """

    placement: Placement
    rank: int | None
    rank_count: int
    yardstick: Yardstick
    above: Placement | None
    below: Placement | None
    pair_above: NeighborPair | None
    pair_below: NeighborPair | None

    @cached_property
    def close(self) -> tuple[CloseCall, ...]:
        """The project's close calls, the neighbor above first."""
        calls = (
            self.pair_above and self.pair_above.call_for_lower,
            self.pair_below and self.pair_below.call_for_upper,
        )
        return tuple(call for call in calls if call)


@dataclass(frozen=True)
class _Sum:
    """A sum as it's printed, and what a reader gets from the printed numbers."""

    text: str
    result: Fraction
    has_several_terms: bool


def explain(reasons: Reasons, name: FormatPerson | None) -> str:
    """Return one to five sentences. People are named only with `name`."""
    placement = reasons.placement
    if placement.section is Section.UNSCORED:
        return (
            f"{format_scorers(placement.scorer_count, placement.quorum)}."
            f" Results show after {placement.results_quorum}."
        )
    sentences = (
        [_explain_out_of_scope(reasons)]
        if placement.section is Section.OUT_OF_SCOPE
        else [*_explain_order(reasons), *_explain_neighbors(reasons, name)]
    )
    if not placement.scores_visible:
        sentences.append(_explain_early_results(placement, reasons.yardstick.charter))
    return " ".join(sentences)


def _explain_early_results(placement: Placement, charter: Charter) -> str:
    """Say why results show before the quorum. In a file, the charter may not give the days."""
    scorers = format_scorers(placement.scorer_count, placement.quorum)
    days = charter.reveal_after_days
    if not days:
        return f"Results show early: {scorers}."
    age = "1 day" if days == 1 else f"{days} days"
    return f"Results show early: {scorers}, and the project was proposed more than {age} ago."


def _explain_out_of_scope(reasons: Reasons) -> str:
    charter = reasons.yardstick.charter
    impacts = [
        f"{value.inline_name} {_signed_below(x, charter.moves_at)}"
        for value, x in _impacts(reasons)
        if x
    ]
    listed = f" ({', '.join(impacts)})" if impacts else ""
    return (
        f"Out of scope: none of its impacts reaches +{charter.moves_at:g} or"
        f" {MINUS_SIGN}{charter.moves_at:g}{listed}."
    )


def _impacts(reasons: Reasons) -> list[tuple[Value, float]]:
    values = reasons.yardstick.charter.values
    return list(zip(values, reasons.placement.impact, strict=True))


def _signed_below(x: float, limit: float) -> str:
    """Write an impact below a limit, with *about* if it's printed as if it reached the limit."""
    return f"about {_signed(x)}" if float(f"{abs(x):.2f}") >= limit else _signed(x)


def _explain_order(reasons: Reasons) -> list[str]:
    """Explain the rank by the fires and the needle, or why the project is on hold."""
    placement, yardstick = reasons.placement, reasons.yardstick
    needle = _explain_needle(reasons)
    if placement.section is Section.HELD:
        return [_explain_held(reasons), f"Needle {needle}", *_explain_factor(reasons)]
    place = f"{ordinal(reasons.rank or 0)} of {reasons.rank_count}"
    if not yardstick.fires:
        return [f"{place}, needle {needle}", *_explain_factor(reasons)]
    return [f"{place}: {_explain_fires(reasons)}", f"Needle {needle}", *_explain_factor(reasons)]


def _explain_held(reasons: Reasons) -> str:
    charter = reasons.yardstick.charter
    hurt = [
        f"{value.inline_name} {_signed(x)}"
        for value, x in _impacts(reasons)
        if value.number_one and x <= -charter.moves_at
    ]
    number_one = "a number-one value" if len(hurt) == 1 else "number-one values"
    return f"On hold: it hurts {number_one} ({', '.join(hurt)})."


def _explain_fires(reasons: Reasons) -> str:
    """Say whether the project helps with the fires, and by how much, or waits."""
    placement, yardstick = reasons.placement, reasons.yardstick
    values = yardstick.charter.values
    if placement.section is Section.RANKED:
        burning = [value.inline_name for value in values if value.key in yardstick.fires]
        return f"it waits while {join_with_and(burning)} {_are(burning)} burning."
    helped = [
        value.inline_name
        for value in values
        if value.key in yardstick.fires and value.key in placement.moved
    ]
    terms = _weighted_sum(reasons, yardstick.burning_weights)
    relief = f"{placement.order_key[0]:z.2f}"
    equals = _equals(terms.result - Fraction(relief), HALF_HUNDREDTH)
    relief = _with_minus(relief)
    return (
        f"it helps {join_with_and(helped)}, which {_are(helped)} burning."
        f" {RELIEF[0].upper()}{RELIEF[1:]}: {relief} {equals} {terms.text}."
    )


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _explain_needle(reasons: Reasons) -> str:
    """Write the needle as a sum, with ≈ where rounding shows."""
    placement, yardstick = reasons.placement, reasons.yardstick
    terms = _weighted_sum(reasons, yardstick.weights)
    result, text = terms.result, f"({terms.text})" if terms.has_several_terms else terms.text
    if bonuses := _bonuses(reasons):
        factor = _format_factor(bonuses)
        result, text = result * Fraction(factor), f"{text} × {factor}"
    divisor = _format(yardstick.max_result)
    result *= MAX_NEEDLE / Fraction(divisor)
    needle = format_decimal(placement.needle)
    equals = _equals(result - Fraction(needle.replace(MINUS_SIGN, "-")), HALF_TENTH)
    return f"{needle} {equals} {text} ÷ {divisor} × {MAX_NEEDLE}."


def explain_divisor(yardstick: Yardstick) -> str:
    """Say where the number comes from by which a needle is divided, so that a reader can redo it.

    It's the same in a fire, which takes the breadth bonus away.
    """
    divisor, highest_sum, factor = map(
        _format, (yardstick.max_result, yardstick.max_weighted_sum, yardstick.max_factor)
    )
    equals = _equals(Fraction(highest_sum) * Fraction(factor) - Fraction(divisor), Fraction(0))
    return (
        f"Why ÷ {divisor}: the terms before ÷ give at most {divisor}, so the highest needle"
        f" is {MAX_NEEDLE}. With an impact of +{MAX_IMPACT} on every value, impact × weight adds up"
        f" to {highest_sum}. All bonuses together multiply that sum by {factor}:"
        f" {highest_sum} × {factor} {equals} {divisor}."
    )


def _format(number: float) -> str:
    """Format one of the yardstick's numbers without zeros at its end."""
    return f"{number:.6g}"


def _explain_factor(reasons: Reasons) -> list[str]:
    bonuses = _bonuses(reasons)
    if not bonuses:
        return []
    factor = _format_factor(bonuses)
    redone = 1 + sum([Fraction(f"{bonus:.2f}") for bonus, _ in bonuses])
    added = [f"{bonus:.2f} for {cause}" for bonus, cause in bonuses]
    return [
        f"{factor} {_equals(redone - Fraction(factor), Fraction(0))} {' + '.join(['1', *added])}."
    ]


def _format_factor(bonuses: Sequence[tuple[float, str]]) -> str:
    return f"{1 + sum([bonus for bonus, _ in bonuses]):.2f}"


def _bonuses(reasons: Reasons) -> list[tuple[float, str]]:
    """Return the bonuses that count, each with its cause."""
    placement, yardstick = reasons.placement, reasons.yardstick
    if placement.needle <= 0:
        return []
    backers = len(placement.candidate.backers)
    bonuses = [
        (yardstick.breadth(placement.impact), f"{NUMBER_WORDS[len(placement.moved)]} values"),
        (yardstick.backing(backers), "1 backer" if backers == 1 else f"{backers} backers"),
    ]
    return [(bonus, cause) for bonus, cause in bonuses if bonus]


def _weighted_sum(reasons: Reasons, weights: Sequence[float]) -> _Sum:
    """Write weight × impact of each value as a sum. Impacts that help come first.

    An impact of 0 and a weight of 0 are left out.
    """
    weighted = [
        (value.inline_name, weight, x)
        for (value, x), weight in zip(_impacts(reasons), weights, strict=True)
        if weight and x
    ]
    weighted.sort(key=lambda term: term[2] < 0)
    text, result = "", Fraction(0)
    for value, weight, x in weighted:
        times = "" if weight == 1 else f" × {weight:g}"
        if text:
            text += f" {MINUS_SIGN if x < 0 else '+'} {value} {abs(x):.2f}{times}"
        else:
            text = f"{value} {_with_minus(f'{x:z.2f}')}{times}"
        result += Fraction(f"{x:.2f}") * Fraction(f"{weight:g}")
    return _Sum(text, result, has_several_terms=len(weighted) > 1)


def _equals(difference: Fraction, tolerance: Fraction) -> str:
    """Return the sign between a printed result and the sum that a reader redoes."""
    return "=" if abs(difference) <= tolerance else "≈"


def _explain_neighbors(reasons: Reasons, name: FormatPerson | None) -> list[str]:
    """Say how far the project is behind the one above, and what would swap it with a neighbor."""
    causes = {call.neighbor_id: call for call in reasons.close}
    sentences = []
    for upper, lower in ((reasons.above, reasons.placement), (reasons.placement, reasons.below)):
        if upper is None or lower is None or upper.section is not lower.section:
            continue
        is_above = lower is reasons.placement
        neighbor = upper if is_above else lower
        call = causes.get(neighbor.candidate.id)
        if is_above or call:
            swap = f"; {_explain_swap(call, (upper, lower), reasons, name)}" if call else ""
            sentences.append(f"{_distance(upper, lower, is_above=is_above)}{swap}.")
    return sentences


def _distance(upper: Placement, lower: Placement, *, is_above: bool) -> str:
    """Say how far the lower project is behind, by the numbers that people see.

    Only the project above can be level: a close call isn't a tie.
    """
    if upper.order_key == lower.order_key:
        return f"Level with #{upper.candidate.id}, which {_tie_breaker(upper, lower)}"
    (upper_relief, *_), (relief, *_) = upper.order_key, lower.order_key
    if upper_relief != relief:
        behind = f"{_gap(f'{upper_relief:.2f}', f'{relief:.2f}', '0.01')} behind"
        measure = f" in {RELIEF}"
    else:
        behind = f"{_gap(f'{upper.needle:.1f}', f'{lower.needle:.1f}', '0.1')} behind"
        measure = ""
        if upper.section is Section.BURNING:
            return f"{_same_relief(upper, lower, is_above=is_above)}, but its needle is {behind}"
    if is_above:
        return f"{behind[0].upper()}{behind[1:]} #{upper.candidate.id}{measure}"
    return f"#{lower.candidate.id} is {behind}{measure}"


def _same_relief(upper: Placement, lower: Placement, *, is_above: bool) -> str:
    if is_above:
        return f"It has the same {RELIEF} as #{upper.candidate.id}"
    return f"#{lower.candidate.id} has the same {RELIEF}"


def _gap(upper: str, lower: str, smallest: str) -> str:
    """Return the difference of two printed numbers. `smallest` is the least that can be printed."""
    gap = Decimal(upper) - Decimal(lower)
    return str(gap) if gap else f"less than {smallest}"


def _tie_breaker(upper: Placement, lower: Placement) -> str:
    if len(upper.moved) != len(lower.moved):
        return "helps more values"
    if len(upper.candidate.backers) != len(lower.candidate.backers):
        return "has more backers"
    if upper.candidate.effort_weeks != lower.candidate.effort_weeks:
        return "takes less effort" if lower.candidate.effort_weeks else "has an effort estimate"
    return "was proposed earlier"


def _explain_swap(
    call: CloseCall,
    pair: tuple[Placement, Placement],
    reasons: Reasons,
    name: FormatPerson | None,
) -> str:
    charter = reasons.yardstick.charter
    causes = []
    if call.person is not None:
        scored = any(call.person in placement.candidate.scores for placement in pair)
        # A score of a project that was revealed early stays without its scorer's name.
        named = name if all(placement.scores_visible for placement in pair) else None
        owner = named(call.person) if named else "one person"
        causes.append(f"leaving out {owner}'s {'score' if scored else 'reactions'}")
    if call.weight is not None:
        causes.append(f"{call.weight.change} weight on {charter.inline_name(call.weight.key)}")
    return f"{', or '.join(causes)}{',' if len(causes) > 1 else ''} would swap them"


def _signed(x: float) -> str:
    return _with_minus(f"{x:+z.2f}")


def _with_minus(number: str) -> str:
    return number.replace("-", MINUS_SIGN)
