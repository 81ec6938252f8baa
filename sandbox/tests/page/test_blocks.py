"""Blocks and elements: the page draws each type, or names it."""

import pytest
from playwright.sync_api import Page
from slack_sdk.models.blocks import Block, BlockElement

from support.block_samples import BLOCKS, block_with, kinds
from support.page_scripts import DRAW_BLOCKS

pytestmark = pytest.mark.long


@pytest.mark.parametrize("kind", sorted(kinds(Block)))
def test_block__is_drawn_or_named(canvas: Page, kind: str) -> None:
    canvas.evaluate(DRAW_BLOCKS, [{"type": kind, "block_id": "block", **BLOCKS[kind]}])
    drawn = canvas.locator("#drawn")
    if kind == "divider":
        assert drawn.locator("hr").count() == 1
    else:
        text = drawn.inner_text()
        assert "Words" in text or "supported here" in text


@pytest.mark.parametrize("kind", sorted(kinds(BlockElement)))
def test_element__is_drawn_or_named(canvas: Page, kind: str) -> None:
    canvas.evaluate(DRAW_BLOCKS, [block_with(kind)])
    inside = canvas.locator("#drawn :is(.accessory, .rich-text)")
    controls = inside.locator("input, textarea, select, button, img")
    assert controls.count() or inside.inner_text().strip()
