"""Rules: each takes a value and where it stands, and says what Slack finds wrong with it.

The words are Slack's own, as its API answers them in `response_metadata.messages`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]


def problem(words: str, path: str) -> str:
    return f"{words} [json-pointer:{path}]"


def anything(_value: Any, _path: str) -> Iterator[str]:
    return iter(())


def string(most: int, least: int = 1) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield problem("must be a string", path)
        elif len(value) < least:
            yield problem(f"must be more than {least - 1} characters", path)
        elif len(value) > most:
            yield problem(f"must be less than {most + 1} characters", path)

    return rule


def flag(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield problem("must be a boolean", path)


def whole(least: int, most: int | None = None) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield problem("must be an integer", path)
        elif value < least or (most is not None and value > most):
            yield problem("must be a valid number", path)

    return rule


def number(above: float = float("-inf")) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield problem("must be a number", path)
        elif value <= above:
            yield problem("must be a valid number", path)

    return rule


def choice(*values: str) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if value not in values:
            yield problem("must be a valid enum value", path)

    return rule


def items(each: Rule, most: int | None = None, least: int = 1) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield problem("must be an array", path)
            return
        if len(value) < least:
            yield problem(f"no less than {least} items allowed", path)
        if most is not None and len(value) > most:
            yield problem(f"no more than {most} items allowed", path)
        for index, item in enumerate(value):
            yield from each(item, f"{path}/{index}")

    return rule


def distinct(rule: Rule) -> Rule:
    return holding(rule, "must not have duplicates", lambda each: len(set(each)) == len(each))


def holding(rule: Rule, words: str, holds: Callable[[Any], object]) -> Rule:
    """As `rule`, and once that finds nothing wrong, `holds` must be true of the value."""

    def both(value: Any, path: str) -> Iterator[str]:
        problems = list(rule(value, path))
        yield from problems
        if not problems and not holds(value):
            yield problem(words, path)

    return both


def nullable(rule: Rule) -> Rule:
    return lambda value, path: iter(()) if value is None else rule(value, path)


def shape(
    required: Mapping[str, Rule],
    optional: Mapping[str, Rule] | None = None,
    *,
    any_of: str = "",
    one_of: str = "",
) -> Rule:
    """An object with these fields and no others; a field whose value is null counts as absent.

    At least one of the fields named in `any_of` must be there, exactly one of those in `one_of`.
    """
    fields = {**required, **(optional or {})}
    some, single = any_of.split(), one_of.split()

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", path)
            return
        given = {name: each for name, each in value.items() if each is not None}
        for name in required:
            if name not in given:
                yield problem(f"missing required field: {name}", path)
        if some and given.keys().isdisjoint(some):
            yield problem(f"must define either {_either(some)}", path)
        if single and len(given.keys() & set(single)) != 1:
            yield problem(f"must define exactly one of {_either(single)}", path)
        for name, each in given.items():
            if name in fields:
                yield from fields[name](each, f"{path}/{name}")
            else:
                yield problem(f"invalid additional property: {name}", path)

    return rule


def typed(
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    *,
    any_of: str = "",
    one_of: str = "",
) -> Rule:
    """As `shape`, for an object that also names its type."""
    return shape({"type": anything, **(required or {})}, optional, any_of=any_of, one_of=one_of)


def by_type(kinds: Mapping[str, Rule]) -> Rule:
    """One of these kinds, as the object's own `type` says."""

    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield problem("must provide an object", path)
        elif not isinstance(value.get("type"), str):
            yield problem("missing required field: type", path)
        elif value["type"] not in kinds:
            yield problem(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            yield from kinds[value["type"]](value, path)

    return rule


def _either(names: list[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)
