"""Validators: functions that check a JSON value and yield Slack's error messages for it.

A validator takes a value and its JSON pointer. The messages are worded as in Slack's
`response_metadata.messages`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Validator = Callable[[Any, str], Iterator[str]]


def error(message: str, path: str) -> str:
    return f"{message} [json-pointer:{path}]"


def any_value(_value: Any, _path: str) -> Iterator[str]:
    return iter(())


def string(max_length: int, min_length: int = 1) -> Validator:
    def validate(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield error("must be a string", path)
        elif len(value) < min_length:
            yield error(f"must be more than {min_length - 1} characters", path)
        elif len(value) > max_length:
            yield error(f"must be less than {max_length + 1} characters", path)

    return validate


def boolean(value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield error("must be a boolean", path)


def integer(minimum: int, maximum: int | None = None) -> Validator:
    def validate(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield error("must be an integer", path)
        elif value < minimum or (maximum is not None and value > maximum):
            yield error("must be a valid number", path)

    return validate


def number(above: float = float("-inf")) -> Validator:
    def validate(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield error("must be a number", path)
        elif value <= above:
            yield error("must be a valid number", path)

    return validate


def enum(*values: str) -> Validator:
    def validate(value: Any, path: str) -> Iterator[str]:
        if value not in values:
            yield error("must be a valid enum value", path)

    return validate


def array(item: Validator, max_items: int | None = None, min_items: int = 1) -> Validator:
    def validate(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield error("must be an array", path)
            return
        if len(value) < min_items:
            yield error(f"no less than {min_items} items allowed", path)
        if max_items is not None and len(value) > max_items:
            yield error(f"no more than {max_items} items allowed", path)
        for index, element in enumerate(value):
            yield from item(element, f"{path}/{index}")

    return validate


def unique(validator: Validator) -> Validator:
    return constrained(
        validator, "must not have duplicates", lambda items: len(set(items)) == len(items)
    )


def constrained(
    validator: Validator, message: str, predicate: Callable[[Any], object]
) -> Validator:
    """Return a validator that also requires `predicate` of a value that is otherwise valid."""

    def validate(value: Any, path: str) -> Iterator[str]:
        errors = list(validator(value, path))
        yield from errors
        if not errors and not predicate(value):
            yield error(message, path)

    return validate


def nullable(validator: Validator) -> Validator:
    return lambda value, path: iter(()) if value is None else validator(value, path)


def json_object(
    required: Mapping[str, Validator],
    optional: Mapping[str, Validator] | None = None,
    *,
    any_of: str = "",
    one_of: str = "",
) -> Validator:
    """Return a validator for an object with these fields and no others.

    A null field counts as absent. `any_of` and `one_of` are field names separated by spaces: the
    object must have at least one of the first, and exactly one of the second.
    """
    fields = {**required, **(optional or {})}
    any_names, one_names = any_of.split(), one_of.split()

    def validate(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield error("must provide an object", path)
            return
        present = {name: field for name, field in value.items() if field is not None}
        for name in required:
            if name not in present:
                yield error(f"missing required field: {name}", path)
        if any_names and present.keys().isdisjoint(any_names):
            yield error(f"must define either {_joined(any_names)}", path)
        if one_names and len(present.keys() & set(one_names)) != 1:
            yield error(f"must define exactly one of {_joined(one_names)}", path)
        for name, field in present.items():
            if name in fields:
                yield from fields[name](field, f"{path}/{name}")
            else:
                yield error(f"invalid additional property: {name}", path)

    return validate


def typed_object(
    required: Mapping[str, Validator] | None = None,
    optional: Mapping[str, Validator] | None = None,
    *,
    any_of: str = "",
    one_of: str = "",
) -> Validator:
    """Return a `json_object` validator that also accepts the field `type`, with any value."""
    return json_object(
        {"type": any_value, **(required or {})}, optional, any_of=any_of, one_of=one_of
    )


def union(validators: Mapping[str, Validator]) -> Validator:
    """Return a validator for a tagged union: `type` selects the validator of the object."""

    def validate(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield error("must provide an object", path)
        elif not isinstance(value.get("type"), str):
            yield error("missing required field: type", path)
        elif value["type"] not in validators:
            yield error(f"unsupported type: {value['type']}", f"{path}/type")
        else:
            yield from validators[value["type"]](value, path)

    return validate


def _joined(names: list[str]) -> str:
    return " or ".join(f"`{name}`" for name in names)
