"""Text form of a message, modal, or home tab: what a person reads, with the IDs of what they press.

A snapshot of this text shows a reviewer how a view reads. IDs and values are in parentheses after
their element. A property that this module doesn't know raises ValueError, so that no part of a view
is missing from its snapshot.
"""

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
NO_CONTENT = "…"


def view_text(view: Json) -> str:
    """Return a message (`text` and `blocks`), a modal or a home tab as text."""
    return "".join(f"{line}\n" for line in _view(view))


def _view(view: Json) -> Iterator[str]:
    surface = view.get("type", "message")
    if surface == "message":
        _require_known(view, "text", "blocks")
        yield from _blocks(view["blocks"])
        yield "--- text ---"
        yield from view["text"].split("\n")
    elif surface == "home":
        _require_known(view, "type", "blocks")
        yield "=== Home ==="
        yield from _blocks(view["blocks"])
    else:
        _require_known(
            view, "type", "title", "blocks", "callback_id", "close", "submit", "private_metadata"
        )
        callback = f" ({view['callback_id']})" if "callback_id" in view else ""
        yield f"=== {_text(view['title'])} ==={callback}"
        yield from _blocks(view["blocks"])
        buttons = [view["close"], *([view["submit"]] if "submit" in view else [])]
        yield "=== " + " ".join(f"[ {_text(button)} ]" for button in buttons)
        if "private_metadata" in view:
            metadata = json.loads(view["private_metadata"])
            yield " ".join(f"{key}={json.dumps(value)}" for key, value in metadata.items())


def _blocks(blocks: list[Json]) -> Iterator[str]:
    options: list[str] = []
    for block in blocks:
        lines = list(BLOCKS[block["type"]](block))
        own_options = [line for line in lines if line.startswith("      ")]
        if own_options and own_options == options:  # a score form repeats its seven impacts
            lines = [line for line in lines if line not in own_options]
            lines.append("      same options as above")
        options = own_options or options
        yield from lines


def _header(block: Json) -> Iterator[str]:
    _require_known(block, "type", "text")
    yield f"# {_text(block['text'])}"


def _section(block: Json) -> Iterator[str]:
    _require_known(block, "type", "text", "fields")
    if "text" in block:
        yield from _text(block["text"]).split("\n")
    fields = [_text(field) for field in block.get("fields", [])]
    for left, right in zip(fields[::2], fields[1::2], strict=True):
        yield f"{left}  |  {right}"


def _context(block: Json) -> Iterator[str]:
    _require_known(block, "type", "elements")
    yield "~ " + "  |  ".join(_text(element) for element in block["elements"])


def _divider(block: Json) -> Iterator[str]:
    _require_known(block, "type")
    yield "---"


def _actions(block: Json) -> Iterator[str]:
    _require_known(block, "type", "elements", "block_id")
    if "block_id" in block:
        yield f"block {block['block_id']}:"
    for element in block["elements"]:
        yield from ELEMENTS[element["type"]](element)


def _rich_text(block: Json) -> Iterator[str]:
    _require_known(block, "type", "elements")
    for element in block["elements"]:
        yield from RICH_TEXT[element["type"]](element)


def _rich_text_section(element: Json) -> Iterator[str]:
    _require_known(element, "type", "elements")
    yield from "".join(map(_inline, element["elements"])).split("\n")


def _rich_text_list(element: Json) -> Iterator[str]:
    _require_known(element, "type", "style", "elements")
    if element["style"] != "bullet":
        raise ValueError(f"unknown list style {element['style']}")
    for item in element["elements"]:
        first, *others = _rich_text_section(item)
        yield from (f"• {first}", *(f"  {line}" for line in others))


def _rich_text_preformatted(element: Json) -> Iterator[str]:
    yield from ("```", *_rich_text_section(element), "```")


def _inline(element: Json) -> str:
    _require_known(element, "type", "text", "url", "name", "user_id", "style")
    match element["type"]:
        case "text":
            text = str(element["text"])
        case "link":
            text = f"[{element['text']}]({element['url']})"
        case "emoji":
            text = f":{element['name']}:"
        case "user":
            text = f"<@{element['user_id']}>"
        case unknown:
            raise ValueError(f"unknown element {unknown}")
    if "style" not in element:
        return text
    _require_known(element["style"], "bold")
    return f"**{text}**"


def _table(block: Json) -> Iterator[str]:
    """Yield the rows as a Markdown table.

    `---:` marks a column of numbers, `:---` one of text, and `---` one that doesn't wrap.
    """
    _require_known(block, "type", "column_settings", "rows")
    head, *rows = [
        " | ".join("<br>".join(_rich_text(cell)) or NO_CONTENT for cell in row)
        for row in block["rows"]
    ]
    marks = {("left", True): ":---", ("left", False): "---", ("right", False): "---:"}
    settings = [marks[each["align"], each["is_wrapped"]] for each in block["column_settings"]]
    yield from (f"| {row} |" for row in (head, " | ".join(settings), *rows))


def _chart(block: Json) -> Iterator[str]:
    _require_known(block, "type", "title", "chart")
    _require_known(block["chart"], "type", "series", "axis_config")
    yield f"({block['chart']['type']} chart) {block['title']}"
    for series in block["chart"]["series"]:
        points = ", ".join(f"{point['label']} {point['value']}" for point in series["data"])
        yield f"  {series['name']}: {points}"


def _input(block: Json) -> Iterator[str]:
    """Yield label, hint and element. An optional input says so."""
    _require_known(
        block, "type", "block_id", "label", "element", "optional", "hint", "dispatch_action"
    )
    element = block["element"]
    block_id = "" if block["block_id"] == element["action_id"] else f" {{{block['block_id']}}}"
    optional = " (optional)" if block["optional"] else ""
    yield f"{_text(block['label'])}{optional}{block_id}"
    if "hint" in block:
        yield f"    {_text(block['hint'])}"
    yield from (f"    {line}" for line in ELEMENTS[element["type"]](element))


def _button(element: Json) -> Iterator[str]:
    _require_known(element, "type", "text", "action_id", "value", "style", "confirm")
    style = f" {element['style']}" if "style" in element else ""
    yield f"[ {_text(element['text'])} ] ({element['action_id']} {element['value']}){style}"
    if "confirm" in element:
        confirm = element["confirm"]
        _require_known(confirm, "title", "text", "confirm", "deny")
        yield f"  {_text(confirm['title'])} {_text(confirm['text'])}"
        yield f"  [ {_text(confirm['deny'])} ] [ {_text(confirm['confirm'])} ]"


def _overflow(element: Json) -> Iterator[str]:
    _require_known(element, "type", "action_id", "options")
    yield f"[ ⋯ ] ({element['action_id']})"
    yield from (f"  {_option(option)}" for option in element["options"])


def _text_input(element: Json) -> Iterator[str]:
    _require_known(
        element,
        *("type", "action_id", "multiline", "min_length", "max_length"),
        *("initial_value", "placeholder"),
    )
    lines = ", multiline" if element["multiline"] else ""
    limits = f"{element.get('min_length', 0)} to {element['max_length']} characters{lines}"
    yield f"[{_content(element)}] ({element['action_id']}: {limits})"


def _number_input(element: Json) -> Iterator[str]:
    _require_known(
        element,
        *("type", "action_id", "is_decimal_allowed", "min_value", "max_value", "initial_value"),
    )
    number = "decimal" if element["is_decimal_allowed"] else "whole"
    limits = f"{number}, {element['min_value']} to {element['max_value']}"
    yield f"[{_content(element)}] ({element['action_id']}: {limits})"


def _url_input(element: Json) -> Iterator[str]:
    _require_known(element, "type", "action_id", "initial_value", "placeholder")
    yield f"[{_content(element)}] ({element['action_id']}: web address)"


def _content(element: Json) -> str:
    """Return what an input contains, or its placeholder after an underscore."""
    placeholder = f"_{_text(element['placeholder'])}" if "placeholder" in element else "_"
    return str(element.get("initial_value", placeholder)).replace("\n", "⏎")


def _select(element: Json) -> Iterator[str]:
    _require_known(
        element,
        *("type", "action_id", "options", "option_groups", "placeholder"),
        *("initial_option", "initial_options", "min_query_length", "initial_users", "initial_user"),
    )
    initial = [
        *element.get("initial_options", [element.get("initial_option")]),
        *element.get("initial_users", [element.get("initial_user")]),
    ]
    chosen = [each if isinstance(each, str) else _option(each) for each in initial if each]
    placeholder = f"_{_text(element['placeholder'])}" if "placeholder" in element else "_"
    searched = (
        f" from {element['min_query_length']} letters" if "min_query_length" in element else ""
    )
    shown = "; ".join(chosen) or placeholder
    yield f"[{shown} ▾] ({element['action_id']}: {element['type']}{searched})"
    yield from (f"  {_option(option)}" for option in element.get("options", []))
    for group in element.get("option_groups", []):
        _require_known(group, "label", "options")
        yield f"  {_text(group['label'])}"
        yield from (f"  {_option(option)}" for option in group["options"])


def _boxes(element: Json) -> Iterator[str]:
    """Yield checkboxes or radio buttons, with an x in those that are chosen."""
    _require_known(element, "type", "action_id", "options", "initial_options")
    yield f"({element['action_id']}: {element['type']})"
    for option in element["options"]:
        mark = "x" if option in element.get("initial_options", []) else " "
        yield f"  [{mark}] {_option(option)}"


def _picker(element: Json) -> Iterator[str]:
    initials = ("initial_time", "initial_date", "initial_date_time")
    _require_known(element, "type", "action_id", *initials)
    initial = next((element[name] for name in initials if name in element), NO_CONTENT)
    yield f"[{initial} ▾] ({element['action_id']}: {element['type']})"


def _option(option: Json) -> str:
    _require_known(option, "text", "value", "description")
    description = f" – {_text(option['description'])}" if "description" in option else ""
    return f"{_text(option['text'])} ({option['value']}){description}"


def _text(text: Json) -> str:
    _require_known(text, "type", "text", "emoji")
    return str(text["text"])


def _require_known(value: Json, *known: str) -> None:
    if unknown := value.keys() - set(known):
        raise ValueError(f"the text form doesn't show {', '.join(sorted(unknown))}")


BLOCKS = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "rich_text": _rich_text,
    "data_visualization": _chart,
    "table": _table,
    "input": _input,
}
RICH_TEXT = {
    "rich_text_section": _rich_text_section,
    "rich_text_list": _rich_text_list,
    "rich_text_preformatted": _rich_text_preformatted,
}
ELEMENTS = {
    "button": _button,
    "overflow": _overflow,
    "plain_text_input": _text_input,
    "number_input": _number_input,
    "static_select": _select,
    "multi_static_select": _select,
    "external_select": _select,
    "multi_users_select": _select,
    "users_select": _select,
    "url_text_input": _url_input,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "timepicker": _picker,
    "datepicker": _picker,
    "datetimepicker": _picker,
}
