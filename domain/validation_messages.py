"""Error messages for invalid data: one line with the place and the problem."""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.graphemes import cut

# The model that validates the objects at each path of keys, without list indexes.
ModelsByPath = Mapping[tuple[str, ...], type[BaseModel]]

ROOT_NAME = "board"
MAX_QUOTE_LENGTH = 40
INVALID_KEY = "[key]"  # pydantic's marker after an invalid key

# Replacements for pydantic's messages that name Python types, which JSON doesn't have.
MESSAGES = {
    "string_unicode": "Input should be valid Unicode",
    "tuple_type": "Input should be a valid list",
    "frozen_set_type": "Input should be a valid list",
    "dict_type": "Input should be a valid object",
    "model_type": "Input should be a valid object",
    "too_short": "List should have at least {min_length} items, not {actual_length}",
    "too_long": "List should have at most {max_length} items, not {actual_length}",
}
TYPES_WITHOUT_INPUT = frozenset({"missing", "too_short", "too_long"})


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
        value = cut(value, MAX_QUOTE_LENGTH) + "…"
    text = json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)


def _describe(error: ErrorDetails, models: ModelsByPath) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    if error["type"] == "extra_forbidden":
        path = tuple(step for step in error["loc"][:-1] if isinstance(step, str))
        return f"Unknown key. Valid keys: {', '.join(models[path].model_fields)}"
    template = MESSAGES.get(error["type"])
    message = template.format(**context) if template else error["msg"]
    if error["type"] in TYPES_WITHOUT_INPUT:
        return message
    return f"{message} (got {quote(error['input'])})"
