"""Explanation of a project's placement, in one or two sentences made from the numbers."""

from collections.abc import Callable, Sequence

from domain.formatting import NUMBER_WORDS, format_percent, format_signed, join_with_and, ordinal
from domain.ranking.charter import Charter
from domain.ranking.needle import ORDER_DECIMALS, Yardstick
from domain.ranking.placement import Placement, Section
from domain.ranking.sensitivity import CloseCall, PersonLeftOut

FormatPerson = Callable[[str], str]


def explain(
    placement: Placement,
    rank: int | None,
    yardstick: Yardstick,
    close: Sequence[CloseCall],
    name: FormatPerson,
) -> str:
    text = _explain_placement(placement, rank, yardstick)
    return f"{text} {_explain_close_calls(close, yardstick.charter, name)}" if close else text


def _explain_placement(placement: Placement, rank: int | None, yardstick: Yardstick) -> str:
    if placement.section is Section.UNSCORED:
        return _explain_unscored(placement, yardstick)
    if placement.section is Section.OUT_OF_SCOPE:
        return f"Out of scope: it moves no value by {yardstick.charter.moves_at:g} or more."
    if rank is None:
        return _explain_held(placement, yardstick)
    return f"{ordinal(rank)}: {_explain_rank(placement, yardstick)}."


def _explain_unscored(placement: Placement, yardstick: Yardstick) -> str:
    """Say only how many people have scored. Scoring is blind until the quorum."""
    scored_by, quorum = len(placement.candidate.scores), yardstick.charter.quorum
    return f"{scored_by} of {quorum} have scored; results show at {quorum}."


def _explain_held(placement: Placement, yardstick: Yardstick) -> str:
    charter = yardstick.charter
    hurt = [
        f"{value.inline_name} ({format_signed(x)})"
        for value, x in zip(charter.values, placement.impact, strict=True)
        if value.number_one and x <= -charter.moves_at
    ]
    number_one = "a number-one value" if len(hurt) == 1 else "number-one values"
    return (
        f"Held: it hurts {join_with_and(hurt)}, {number_one},"
        " and is not ranked until it no longer does."
    )


def _explain_rank(placement: Placement, yardstick: Yardstick) -> str:
    reasons = []
    if yardstick.fires:
        reasons.append(_explain_fire(placement, yardstick))
    reasons.append(_explain_moved_values(placement, yardstick))
    if hurt := _hurt_values(placement, yardstick):
        reasons.append(
            f"{join_with_and(hurt)} {'counts' if len(hurt) == 1 else 'count'} against it"
        )
    return "; ".join(reasons)


def _explain_fire(placement: Placement, yardstick: Yardstick) -> str:
    burning = [
        value.inline_name for value in yardstick.charter.values if value.key in yardstick.fires
    ]
    fire = "a fire burns" if len(burning) == 1 else "fires burn"
    waits = "" if placement.section is Section.BURNING else "waits while "
    return f"{waits}{fire} in {join_with_and(burning)}"


def _explain_moved_values(placement: Placement, yardstick: Yardstick) -> str:
    """Name the value that lifts the project most (a burning one before others), then the others."""
    if not placement.moved:
        return f"moves no value by {yardstick.charter.moves_at:g} or more"
    charter = yardstick.charter
    keys = charter.keys
    impact = dict(zip(keys, placement.impact, strict=True))
    weight = dict(zip(keys, yardstick.weights, strict=True))

    def lift(key: str) -> tuple[bool, float]:
        return key not in yardstick.fires, -round(weight[key] * impact[key], ORDER_DECIMALS)

    first, *others = sorted(placement.moved, key=lift)
    text = f"{charter.inline_name(first)} {format_signed(impact[first])}"
    text += _format_weight(weight[first])
    if others:
        text += f"; also {join_with_and([charter.inline_name(key) for key in others])}"
    return text + _explain_breadth(placement, yardstick)


def _format_weight(weight: float) -> str:
    if weight == 1:
        return ""
    if weight == 2:
        return " counts twice"
    in_words = weight in range(len(NUMBER_WORDS))
    times = NUMBER_WORDS[int(weight)] if in_words else f"{weight:g}"
    return f" counts {times} times"


def _explain_breadth(placement: Placement, yardstick: Yardstick) -> str:
    bonus = yardstick.breadth_factor(placement.impact) - 1
    if bonus <= 0 or placement.needle <= 0:
        return ""
    return f", and {NUMBER_WORDS[len(placement.moved)]} values at once add {format_percent(bonus)}"


def _hurt_values(placement: Placement, yardstick: Yardstick) -> list[str]:
    charter = yardstick.charter
    return [
        f"{value.inline_name} {format_signed(x)}"
        for value, x in zip(charter.values, placement.impact, strict=True)
        if x <= -charter.moves_at
    ]


def _explain_close_calls(close: Sequence[CloseCall], charter: Charter, name: FormatPerson) -> str:
    """Name one cause for both neighbors, or one for each."""
    first, last = close[0], close[-1]
    cause = _explain_cause(first, charter, name)
    if first.cause == last.cause:
        neighbors = join_with_and([f"#{call.neighbor_id}" for call in close])
        return f"{cause} alone would turn it over with {neighbors}."
    text = f"{cause} alone would turn it over with #{first.neighbor_id}"
    return f"{text}, {_explain_cause(last, charter, name)} with #{last.neighbor_id}."


def _explain_cause(call: CloseCall, charter: Charter, name: FormatPerson) -> str:
    if isinstance(call.cause, PersonLeftOut):
        return f"{name(call.cause.person)}'s score"
    return f"{call.cause.change} weight on {charter.inline_name(call.cause.key)}"
