"""Why a project stands where it does, in a sentence or two made from the numbers."""

from collections.abc import Callable, Sequence

from domain.formatting import COUNTING, listed, ordinal, percent, signed
from domain.ranking.charter import Charter
from domain.ranking.needle import ORDER_DECIMALS, Yardstick
from domain.ranking.placement import Section, Standing
from domain.ranking.sensitivity import CloseCall, LeftOut

Name = Callable[[str], str]


def why(
    standing: Standing,
    rank: int | None,
    yardstick: Yardstick,
    close: Sequence[CloseCall],
    name: Name,
) -> str:
    place = _place(standing, rank, yardstick)
    return f"{place} {_close(close, yardstick.charter, name)}" if close else place


def _place(standing: Standing, rank: int | None, yardstick: Yardstick) -> str:
    if standing.section is Section.UNSCORED:
        return _unscored(standing, yardstick)
    if standing.section is Section.OUT_OF_SCOPE:
        return f"Out of scope: it moves no value by {yardstick.charter.moves_at:g} or more."
    if rank is None:
        return _held(standing, yardstick)
    return f"{ordinal(rank)}: {_reasons(standing, yardstick)}."


def _unscored(standing: Standing, yardstick: Yardstick) -> str:
    """Scoring is blind until the quorum: no number but how many have scored."""
    scored_by, quorum = len(standing.project.scores), yardstick.charter.quorum
    return f"{scored_by} of {quorum} have scored; results show at {quorum}."


def _held(standing: Standing, yardstick: Yardstick) -> str:
    charter = yardstick.charter
    hurt = [
        f"{value.spoken} ({signed(x)})"
        for value, x in zip(charter.values, standing.impact, strict=True)
        if value.number_one and x <= -charter.moves_at
    ]
    number_one = "a number-one value" if len(hurt) == 1 else "number-one values"
    return (
        f"Held: it hurts {listed(hurt)}, {number_one}, and is not ranked until it no longer does."
    )


def _reasons(standing: Standing, yardstick: Yardstick) -> str:
    reasons = []
    if yardstick.fires:
        reasons.append(_fire(standing, yardstick))
    reasons.append(_moved(standing, yardstick))
    if hurt := _hurt(standing, yardstick):
        reasons.append(f"{listed(hurt)} {'counts' if len(hurt) == 1 else 'count'} against it")
    return "; ".join(reasons)


def _fire(standing: Standing, yardstick: Yardstick) -> str:
    burning = [each.spoken for each in yardstick.charter.values if each.key in yardstick.fires]
    fire = "a fire burns" if len(burning) == 1 else "fires burn"
    waits = "" if standing.section is Section.BURNING else "waits while "
    return f"{waits}{fire} in {listed(burning)}"


def _moved(standing: Standing, yardstick: Yardstick) -> str:
    """The value that lifts it most (a burning one before others), then the others."""
    if not standing.moved:
        return f"moves no value by {yardstick.charter.moves_at:g} or more"
    charter = yardstick.charter
    keys = charter.keys
    impact = dict(zip(keys, standing.impact, strict=True))
    weight = dict(zip(keys, yardstick.weights, strict=True))

    def lift(key: str) -> tuple[bool, float]:
        return key not in yardstick.fires, -round(weight[key] * impact[key], ORDER_DECIMALS)

    first, *others = sorted(standing.moved, key=lift)
    text = f"{charter.spoken(first)} {signed(impact[first])}{_counting(weight[first])}"
    if others:
        text += f"; also {listed([charter.spoken(key) for key in others])}"
    return text + _breadth(standing, yardstick)


def _counting(weight: float) -> str:
    if weight == 1:
        return ""
    if weight == 2:
        return " counts twice"
    in_words = weight in range(len(COUNTING))
    times = COUNTING[int(weight)] if in_words else f"{weight:g}"
    return f" counts {times} times"


def _breadth(standing: Standing, yardstick: Yardstick) -> str:
    bonus = yardstick.breadth(standing.impact) - 1
    if bonus <= 0 or standing.needle <= 0:
        return ""
    return f", and {COUNTING[len(standing.moved)]} values at once add {percent(bonus)}"


def _hurt(standing: Standing, yardstick: Yardstick) -> list[str]:
    charter = yardstick.charter
    return [
        f"{value.spoken} {signed(x)}"
        for value, x in zip(charter.values, standing.impact, strict=True)
        if x <= -charter.moves_at
    ]


def _close(close: Sequence[CloseCall], charter: Charter, name: Name) -> str:
    """One cause for both neighbours, or one for each."""
    first, last = close[0], close[-1]
    cause = _cause(first, charter, name)
    if first.cause == last.cause:
        neighbours = listed([f"#{call.neighbour}" for call in close])
        return f"{cause} alone would turn it over with {neighbours}."
    one = f"{cause} alone would turn it over with #{first.neighbour}"
    return f"{one}, {_cause(last, charter, name)} with #{last.neighbour}."


def _cause(call: CloseCall, charter: Charter, name: Name) -> str:
    if isinstance(call.cause, LeftOut):
        return f"{name(call.cause.person)}'s score"
    return f"{call.cause.change} weight on {charter.spoken(call.cause.key)}"
