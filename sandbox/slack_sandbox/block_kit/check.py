"""What Slack finds wrong with the blocks of a message, or with a view."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from slack_sandbox.block_kit.kinds import HOME, KINDS, MESSAGE, MODAL
from slack_sandbox.block_kit.objects import plain
from slack_sandbox.block_kit.rules import Rule, by_type, flag, items, problem, string, typed
from slack_sandbox.model.ids import new_id
from slack_sandbox.model.workspace import Json

MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MOST_MARKDOWN = 12_000
MOST_OF_KIND = {"data_visualization": 2, "plan": 1}
ROWS_OF_ELEMENTS = ("actions", "context_actions")
# Not in the documentation: seen at about this size (slackapi/bolt-js issue 2509).
MOST_TEXT = 13_200

VIEW = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
MODAL_VIEW = VIEW | {
    "close": plain(24),
    "submit": plain(24),
    "clear_on_close": flag,
    "notify_on_close": flag,
    "submit_disabled": flag,
}


def message_problems(blocks: Any) -> list[str]:
    return list(_blocks_on(MESSAGE)(blocks, "/blocks"))


def view_problems(view: Any) -> list[str]:
    modal = typed({"title": plain(24), "blocks": _blocks_on(MODAL)}, MODAL_VIEW)
    home = typed({"blocks": _blocks_on(HOME)}, VIEW)
    problems = list(by_type({MODAL: modal, HOME: home})(view, "/view"))
    if problems:
        return problems
    return list(_whole_view_problems(view))


def tables(blocks: list[Json]) -> int:
    return sum(block["type"] in ("table", "data_table") for block in flat(blocks))


def text_length(value: Any) -> int:
    """All characters of text in some blocks, however deep."""
    if isinstance(value, list):
        return sum(text_length(each) for each in value)
    if not isinstance(value, dict):
        return 0
    own = value.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(
        text_length(each) for each in value.values()
    )


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks with the ids that Slack makes up where the app gave none."""
    return [_with_id(block) for block in blocks]


def flat(blocks: list[Json]) -> Iterator[Json]:
    """Each block, followed by those within it."""
    for block in blocks:
        yield block
        yield from flat(block.get("child_blocks") or [])
        if block["type"] == "carousel":
            yield from block["elements"]


def elements(block: Json) -> Iterator[Json]:
    """The interactive parts of a block itself."""
    candidates = [block.get("element"), block.get("accessory"), *(block.get("actions") or [])]
    if block["type"] in ROWS_OF_ELEMENTS:
        candidates += block["elements"]
    return (each for each in candidates if each and each["type"] != "image")


def _blocks_on(surface: str) -> Rule:
    # A message may lose its blocks by an empty list; a view is nothing without any.
    least = 0 if surface == MESSAGE else 1
    each_block = items(by_type(KINDS[surface]), MOST_BLOCKS[surface], least)

    def rule(value: Any, path: str) -> Iterator[str]:
        wrong = list(each_block(value, path))
        yield from wrong
        if not wrong:
            yield from _together(value, path)

    return rule


def _together(blocks: list[Json], path: str) -> Iterator[str]:
    """What is wrong only of the blocks as a whole."""
    for block_id in _twice(block.get("block_id") for block in flat(blocks)):
        yield problem(f"`block_id` must be unique: {block_id}", path)
    for index, top in enumerate(blocks):
        for block in flat([top]):
            for action_id in _twice(each.get("action_id") for each in elements(block)):
                yield problem(f"`action_id` must be unique: {action_id}", f"{path}/{index}")
            for element in elements(block):
                yield from _initial_problems(element, f"{path}/{index}")
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MOST_MARKDOWN:
        yield problem(f"markdown text must be less than {MOST_MARKDOWN + 1} characters", path)
    for kind, most in MOST_OF_KIND.items():
        if sum(block["type"] == kind for block in blocks) > most:
            yield problem(f"no more than {most} {kind} blocks allowed", path)


def _initial_problems(element: Json, path: str) -> Iterator[str]:
    """An option that is chosen at first must be one of those offered, letter for letter."""
    if "options" not in element and "option_groups" not in element:
        return
    offered = options_of(element)
    chosen = element.get("initial_options") or [element.get("initial_option")]
    for option in chosen:
        if option and option not in offered:
            yield problem("initial option was not found in options", path)
    if _twice(option["value"] for option in offered) and element["type"] == "checkboxes":
        yield problem("option values must be unique", path)


def options_of(element: Json) -> list[Json]:
    grouped = [
        option for group in element.get("option_groups") or [] for option in group["options"]
    ]
    return list(element.get("options") or []) + grouped


def _whole_view_problems(view: Json) -> Iterator[str]:
    blocks = view["blocks"]
    asks = any(block["type"] == "input" for block in flat(blocks))
    if view["type"] == MODAL and asks and not view.get("submit"):
        yield problem(
            "`submit` is required when an input block is within the blocks array", "/view"
        )
    focused = sum(bool(e.get("focus_on_load")) for block in flat(blocks) for e in elements(block))
    if focused > 1:
        yield problem("only one element may have `focus_on_load`", "/view/blocks")


def _with_id(block: Json) -> Json:
    filled = {**block, "block_id": block.get("block_id") or new_id("b")}
    for name in ("element", "accessory"):
        if block.get(name):
            filled[name] = _with_action_id(block[name])
    if block["type"] in ROWS_OF_ELEMENTS:
        filled["elements"] = [_with_action_id(each) for each in block["elements"]]
    if block["type"] == "carousel":
        filled["elements"] = with_ids(block["elements"])
    if block.get("child_blocks"):
        filled["child_blocks"] = with_ids(block["child_blocks"])
    if block.get("actions"):
        filled["actions"] = [_with_action_id(each) for each in block["actions"]]
    return filled


def _with_action_id(element: Json) -> Json:
    if element["type"] == "image":
        return element
    return {**element, "action_id": element.get("action_id") or new_id("a")}


def _twice(names: Iterable[Any]) -> list[str]:
    return [name for name, count in Counter(names).items() if name and count > 1]
