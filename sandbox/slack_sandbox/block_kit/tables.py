"""Validators for tables and charts.

docs.slack.dev/reference/block-kit/blocks/table-block, …/data-table-block,
…/data-visualization-block
"""

from collections.abc import Iterator
from typing import Any

from slack_sandbox.block_kit.elements import ID
from slack_sandbox.block_kit.rich_text import RICH_TEXT
from slack_sandbox.block_kit.validators import (
    Validator,
    array,
    boolean,
    constrained,
    enum,
    integer,
    json_object,
    nullable,
    number,
    string,
    typed_object,
    union,
    unique,
)

MAX_CELL_LENGTH = 3000
MAX_CELLS = 20
MAX_POINTS = 20
SHORT = string(20)
RAW_CELLS: dict[str, Validator] = {
    "raw_text": typed_object({"text": string(MAX_CELL_LENGTH)}),
    "raw_number": typed_object({"value": number(), "text": string(MAX_CELL_LENGTH)}),
}


def _is_not_empty(cell: Any) -> bool:
    return cell["type"] != "rich_text" or any(element["elements"] for element in cell["elements"])


# Slack rejects a table with an empty cell.
CELL = constrained(
    union({**RAW_CELLS, "rich_text": RICH_TEXT}), "must provide a non-empty cell", _is_not_empty
)
COLUMN = json_object({}, {"align": enum("left", "center", "right"), "is_wrapped": boolean})
TABLE = typed_object(
    {"rows": array(array(CELL, MAX_CELLS), 100)},
    {"block_id": ID, "column_settings": array(nullable(COLUMN), MAX_CELLS, min_items=0)},
)


def _rows(value: Any, path: str) -> Iterator[str]:
    """Validate a header row, which can't contain rich text, and up to 100 rows below it."""
    yield from array(array(CELL, MAX_CELLS), 101, min_items=2)(value, path)
    if isinstance(value, list) and value:
        yield from array(union(RAW_CELLS))(value[0], f"{path}/0")


DATA_TABLE = typed_object(
    {"caption": string(MAX_CELL_LENGTH), "rows": _rows},
    {
        "block_id": ID,
        "page_size": integer(1, 100),
        "row_header_column_index": integer(0, MAX_CELLS - 1),
    },
)

POINT = json_object({"label": SHORT, "value": number()})
SERIES = json_object({"name": SHORT, "data": array(POINT, MAX_POINTS)})
AXES = json_object(
    {"categories": unique(array(SHORT, MAX_POINTS))},
    {"x_label": string(50), "y_label": string(50)},
)


def _has_all_points(chart: Any) -> bool:
    """Return whether the series have unique names, and one point for each category."""
    categories = sorted(chart["axis_config"]["categories"])
    names = [series["name"] for series in chart["series"]]
    return len(set(names)) == len(names) and all(
        sorted(point["label"] for point in series["data"]) == categories
        for series in chart["series"]
    )


CARTESIAN = constrained(
    typed_object({"series": array(SERIES, 6), "axis_config": AXES}),
    "each series must have a unique name and one point for each category",
    _has_all_points,
)
SEGMENT = json_object({"label": SHORT, "value": number(above=0)})
CHART = union(
    {
        **dict.fromkeys(("line", "bar", "area"), CARTESIAN),
        "pie": typed_object({"segments": array(SEGMENT, 6)}),
    }
)
DATA_VISUALIZATION = typed_object({"title": string(50), "chart": CHART}, {"block_id": ID})
