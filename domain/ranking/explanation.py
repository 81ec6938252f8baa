"""Explanation of a project's placement: the sum behind its needle, which the reader can redo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.formatting import (
    MINUS_SIGN,
    NUMBER_WORDS,
    format_decimal,
    join_with_and,
    ordinal,
)
from domain.ranking.needle import MAX_NEEDLE, Yardstick
from domain.ranking.placement import Placement, Section
from domain.ranking.sensitivity import CloseCall

FormatPerson = Callable[[str], str]


@dataclass(frozen=True)
class Reasons:
    """What a project's place in the ranking follows from.

    `above` is the project directly above it in the whole list, and `close` are its close calls.
    """

    placement: Placement
    rank: int | None
    rank_count: int
    yardstick: Yardstick
    above: Placement | None
    close: tuple[CloseCall, ...]


def explain(reasons: Reasons, name: FormatPerson | None) -> str:
    """Return one to four sentences. People are named only with `name`."""
    placement, charter = reasons.placement, reasons.yardstick.charter
    if placement.section is Section.UNSCORED:
        return (
            f"{placement.scorer_count} of {placement.quorum} have scored."
            f" Results show after {placement.quorum}."
        )
    sentences = [
        *_explain_section(reasons),
        *(_explain_needle(reasons) if placement.section is not Section.OUT_OF_SCOPE else []),
        *_explain_neighbors(reasons, name),
    ]
    if placement.section is Section.OUT_OF_SCOPE:
        sentences.append(
            f"Out of scope: it helps or hurts no value by {charter.moves_at:g} or more."
        )
    if placement.scorer_count < placement.quorum:
        sentences.append(f"Scored by {placement.scorer_count} of {placement.quorum}.")
    return " ".join(sentences)


def _explain_section(reasons: Reasons) -> list[str]:
    """Say what comes before the needle: the fires, or the number-one values that it hurts."""
    placement, yardstick = reasons.placement, reasons.yardstick
    charter = yardstick.charter
    if placement.section is Section.HELD:
        hurt = [
            f"{value.inline_name} ({_format_impact(x)})"
            for value, x in zip(charter.values, placement.impact, strict=True)
            if value.number_one and x <= -charter.moves_at
        ]
        number_one = "a number-one value" if len(hurt) == 1 else "number-one values"
        return [f"On hold: it hurts {join_with_and(hurt)}, {number_one}."]
    if not yardstick.fires or placement.section is Section.OUT_OF_SCOPE:
        return []
    burning = [value.inline_name for value in charter.values if value.key in yardstick.fires]
    verb = "is" if len(burning) == 1 else "are"
    fire = f"{join_with_and(burning)} {verb} burning"
    if placement.section is Section.RANKED:
        return [f"Waits while {fire}."]
    relief = yardstick.relief(placement.impact)
    terms, printed = _terms(placement, yardstick.burning_weights, yardstick)
    about = "" if f"{printed:.2f}" == f"{relief:.2f}" else "about "
    return [f"Helps while {fire}: {about}{terms} = {relief:.2f}."]


def _explain_needle(reasons: Reasons) -> list[str]:
    """Write the needle as a sum, with *about* where the printed numbers don't give it exactly."""
    placement, yardstick = reasons.placement, reasons.yardstick
    terms, printed = _terms(placement, yardstick.weights, yardstick)
    several = " + " in terms or f" {MINUS_SIGN} " in terms
    breadth = yardstick.breadth(placement.impact)
    backing = yardstick.backing(len(placement.candidate.backers))
    has_bonus = yardstick.weighted_sum(placement.impact) > 0 and bool(breadth or backing)
    factor, divisor = 1 + breadth + backing, yardstick.max_weighted_sum
    sum_text = f"({terms})" if several else terms
    if has_bonus:
        sum_text += f" × {factor:.2f}"
        printed *= float(f"{factor:.2f}")
    sum_text += f" ÷ {divisor:.4g} × {MAX_NEEDLE}"
    redone = MAX_NEEDLE * printed / float(f"{divisor:.4g}")
    needle = format_decimal(placement.needle)
    equals = "=" if format_decimal(redone) == needle else "is about"
    place = f"{ordinal(reasons.rank)} of {reasons.rank_count}, needle" if reasons.rank else "Needle"
    sentences = [f"{place} {needle} {equals} {sum_text}."]
    return sentences + ([_explain_factor(placement, breadth, backing)] if has_bonus else [])


def _explain_factor(placement: Placement, breadth: float, backing: float) -> str:
    parts, printed = ["1"], 1.0
    if breadth:
        parts.append(f"{breadth:.2f} for {NUMBER_WORDS[len(placement.moved)]} values")
        printed += float(f"{breadth:.2f}")
    if backing:
        backers = len(placement.candidate.backers)
        parts.append(f"{backing:.2f} for {backers} {'backer' if backers == 1 else 'backers'}")
        printed += float(f"{backing:.2f}")
    factor = f"{1 + breadth + backing:.2f}"
    equals = "=" if f"{printed:.2f}" == factor else "is about"
    return f"{factor} {equals} {' + '.join(parts)}."


def _terms(
    placement: Placement, weights: Sequence[float], yardstick: Yardstick
) -> tuple[str, float]:
    """Return weight × impact of each value as a sum, and the result of the printed numbers.

    Impacts that help come first. An impact of 0 and a weight of 0 are left out.
    """
    values = zip(yardstick.charter.values, weights, placement.impact, strict=True)
    weighted = [(value, weight, x) for value, weight, x in values if weight and x]
    text, total = "", 0.0
    for value, weight, x in sorted(weighted, key=lambda term: term[2] < 0):
        sign = MINUS_SIGN if x < 0 else "+"
        text += f" {sign} " if text else (f"{sign}" if x < 0 else "")
        text += f"{value.inline_name} {abs(x):.2f}" + (f" × {weight:g}" if weight != 1 else "")
        total += weight * float(f"{x:.2f}")
    return text or "0", total


def _explain_neighbors(reasons: Reasons, name: FormatPerson | None) -> list[str]:
    """Say how far the project is behind the one above, and what would swap it with a neighbor."""
    placement, above = reasons.placement, reasons.above
    swaps = {
        call.neighbor_id: _explain_swap(call, reasons.yardstick, name) for call in reasons.close
    }
    sentences = []
    if above is not None and above.section is placement.section and reasons.rank is not None:
        swap = swaps.pop(above.candidate.id, "")
        distance = _distance(above, placement)
        sentences.append(f"{distance}; {swap}." if swap else f"{distance}.")
    for neighbor_id, swap in swaps.items():
        sentences.append(f"Close to #{neighbor_id}: {swap}.")
    return sentences


def _distance(above: Placement, below: Placement) -> str:
    """Say how far `below` is behind, in the sum by which the two are ordered."""
    behind = f"behind #{above.candidate.id}"
    (upper_relief, upper_needle), (relief, needle) = above.order_key, below.order_key
    if upper_relief != relief:
        return f"{upper_relief - relief:.2f} {behind} in that sum"
    if upper_needle != needle:
        gap = f"{upper_needle - needle:.1f}"
        return f"{'Less than 0.1' if gap == '0.0' else gap} {behind}"
    return f"Level with #{above.candidate.id}, which comes first in a tie"


def _explain_swap(call: CloseCall, yardstick: Yardstick, name: FormatPerson | None) -> str:
    causes = []
    if call.person is not None:
        causes.append(f"leaving out {name(call.person) if name else 'one person'}'s votes")
    if call.weight is not None:
        value = yardstick.charter.inline_name(call.weight.key)
        causes.append(f"{call.weight.change} weight on {value}")
    if len(causes) > 1:
        return f"{causes[0]}, or {causes[1]}, would swap them"
    return f"{causes[0]} would swap them"


def _format_impact(x: float) -> str:
    return f"{x:+.2f}".replace("-", MINUS_SIGN)
