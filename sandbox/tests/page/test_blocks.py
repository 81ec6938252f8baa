"""Blocks and elements: the page draws each type, or names it."""

import pytest
from playwright.sync_api import Page
from slack_sdk.models.blocks import Block, BlockElement

from support.block_samples import BLOCKS, block_with, type_names
from support.page_scripts import DRAW_BLOCKS

pytestmark = pytest.mark.long


@pytest.mark.parametrize("type_name", sorted(type_names(Block)))
def test_block__is_drawn_or_named(canvas: Page, type_name: str) -> None:
    canvas.evaluate(DRAW_BLOCKS, [{"type": type_name, "block_id": "block", **BLOCKS[type_name]}])
    drawn = canvas.locator("#drawn")
    if type_name == "divider":
        assert drawn.locator("hr").count() == 1
    else:
        text = drawn.inner_text()
        assert "Words" in text or "supported here" in text


@pytest.mark.parametrize("type_name", sorted(type_names(BlockElement)))
def test_element__is_drawn_or_named(canvas: Page, type_name: str) -> None:
    canvas.evaluate(DRAW_BLOCKS, [block_with(type_name)])
    inside = canvas.locator("#drawn :is(.accessory, .rich-text)")
    controls = inside.locator("input, textarea, select, button, img")
    assert controls.count() or inside.inner_text().strip()


def test_chart__shows_negative_numbers_with_a_minus_sign(canvas: Page) -> None:
    points = [{"label": "cost", "value": -0.4}, {"label": "-x", "value": 1.5}]
    axis = {"categories": [point["label"] for point in points]}
    bars = {"type": "bar", "series": [{"name": "Impact", "data": points}], "axis_config": axis}
    block = {"type": "data_visualization", "block_id": "b", "title": "Impact", "chart": bars}
    canvas.evaluate(DRAW_BLOCKS, [block])
    rows = [row.split() for row in canvas.locator("#drawn tbody tr").all_inner_texts()]
    assert rows == [["cost", "−0.4"], ["-x", "1.5"]]
