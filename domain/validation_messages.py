"""Error messages for invalid data: one line with the place and the problem."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

# The model that validates the objects at each path of keys, without list indexes.
ModelsByPath = Mapping[tuple[str, ...], type[BaseModel]]

ROOT_NAME = "board"
MAX_QUOTE_LENGTH = 40
INVALID_KEY = "[key]"  # pydantic's marker after an invalid key

# Messages by pydantic's error type. {given} is the input; other fields are its limits.
MESSAGES = {
    "missing": "missing",
    "extra_forbidden": "unknown key; it may be {known}",
    "int_type": "{given} is not a whole number",
    "float_type": "{given} is not a number",
    "finite_number": "{given} is not a finite number",
    "bool_type": "{given} is not true or false",
    "string_type": "{given} is not a text",
    "string_unicode": "not valid Unicode",
    "string_too_short": "must not be empty",
    "string_too_long": "{given} is too long: at most {max_length} characters",
    "string_pattern_mismatch": "{given} does not match {pattern}",
    "greater_than": "{given} is not above {gt:g}",
    "greater_than_equal": "{given} is less than {ge:g}",
    "less_than_equal": "{given} is more than {le:g}",
    "too_short": "{actual_length} are too few: at least {min_length}",
    "too_long": "too many: at most {max_length}",
    "list_type": "{given} is not a list",
    "tuple_type": "{given} is not a list",
    "frozen_set_type": "{given} is not a list",
    "dict_type": "{given} is not an object",
    "model_type": "{given} is not an object",
}


def first_error(error: ValidationError, models: ModelsByPath) -> str:
    """Describe the first error.

    Validators of the whole board name the path in their own messages.
    """
    first = error.errors(include_url=False)[0]
    if first["type"] == "value_error" and not first["loc"]:
        return _describe(first, models)
    return f"{format_path(*first['loc']) or ROOT_NAME}: {_describe(first, models)}"


def format_path(*path: str | int) -> str:
    """Format a path like `projects[3].scores.U1.security`. Put other keys into brackets."""
    if path[-1:] == (INVALID_KEY,):
        path = path[:-1]
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.replace("-", "_").isidentifier():
            text += f".{step}"
        else:
            text += f"[{quote(step)}]"
    return text.removeprefix(".")


def quote(value: Any) -> str:
    """Format a value as JSON: short, on one line, without invisible characters."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str) and len(value) > MAX_QUOTE_LENGTH:
        value = value[:MAX_QUOTE_LENGTH] + "…"
    text = json.dumps(value, ensure_ascii=False)
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


def _describe(error: ErrorDetails, models: ModelsByPath) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    phrase = MESSAGES.get(error["type"], error["msg"])
    if error["type"] == "extra_forbidden":
        inside = tuple(step for step in error["loc"][:-1] if isinstance(step, str))
        context = {"known": ", ".join(models[inside].model_fields)}
    return phrase.format(given=quote(error["input"]), **context)
