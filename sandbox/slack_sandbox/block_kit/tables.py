"""Tables and charts (docs.slack.dev/reference/block-kit/blocks/table-block and its neighbours)."""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.block_kit.elements import ID
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.rules import (
    Rule,
    by_type,
    choice,
    distinct,
    flag,
    holding,
    items,
    nullable,
    number,
    shape,
    string,
    typed,
    whole,
)

LONGEST_CELL = 3000
MOST_CELLS = 20
MOST_POINTS = 20
SHORT = string(20)
RAW: dict[str, Rule] = {
    "raw_text": typed({"text": string(LONGEST_CELL)}),
    "raw_number": typed({"value": number(), "text": string(LONGEST_CELL)}),
}


def _filled(cell: Any) -> bool:
    return cell["type"] != "rich_text" or any(each["elements"] for each in cell["elements"])


# A rich_text cell must hold something: Slack refuses a table with an empty cell.
CELL = holding(by_type({**RAW, "rich_text": RICH_TEXT}), "must provide a non-empty cell", _filled)
COLUMN = shape({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})
TABLE = typed(
    {"rows": items(items(CELL, MOST_CELLS), 100)},
    {"block_id": ID, "column_settings": items(nullable(COLUMN), MOST_CELLS, least=0)},
)


def _rows(value: Any, path: str) -> Iterator[str]:
    """A row of headings, which take no rich text, and up to a hundred below it."""
    yield from items(items(CELL, MOST_CELLS), 101, least=2)(value, path)
    if isinstance(value, list) and value:
        yield from items(by_type(RAW))(value[0], f"{path}/0")


DATA_TABLE = typed(
    {"caption": string(LONGEST_CELL), "rows": _rows},
    {
        "block_id": ID,
        "page_size": whole(1, 100),
        "row_header_column_index": whole(0, MOST_CELLS - 1),
    },
)

POINT = shape({"label": SHORT, "value": number()})
SERIES = shape({"name": SHORT, "data": items(POINT, MOST_POINTS)})
AXES = shape(
    {"categories": distinct(items(SHORT, MOST_POINTS))},
    {"x_label": string(50), "y_label": string(50)},
)


def _lined_up(chart: Any) -> bool:
    """Each series, by a name of its own, has one point for each category."""
    categories = sorted(chart["axis_config"]["categories"])
    names = [series["name"] for series in chart["series"]]
    return len(set(names)) == len(names) and all(
        sorted(point["label"] for point in series["data"]) == categories
        for series in chart["series"]
    )


CARTESIAN = holding(
    typed({"series": items(SERIES, 6), "axis_config": AXES}),
    "each series must have a unique name and one point for each category",
    _lined_up,
)
SEGMENT = shape({"label": SHORT, "value": number(above=0)})
CHART = by_type(
    {
        **dict.fromkeys(("line", "bar", "area"), CARTESIAN),
        "pie": typed({"segments": items(SEGMENT, 6)}),
    }
)
DATA_VISUALIZATION = typed({"title": string(50), "chart": CHART}, {"block_id": ID})
