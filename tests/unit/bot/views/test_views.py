"""Snapshots of all views, their acceptance by Slack, and their texts for screen readers.

These tests cut across the modules of `bot/views`.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.views.blocks.block_kit import Message
from bot.views.data.board_overview import Overview
from bot.views.data.digest import Digest
from bot.views.posts import digest
from domain.ranking.candidate import Candidate
from domain.ranking.charter import DEFAULT_CHARTER
from domain.ranking.ranking import rank
from slack_sandbox.block_kit.readable_text import readable_text
from tests.support.block_text import view_text
from tests.support.slack_text import objects, plain_data, problems
from tests.support.surfaces import SURFACES, Words


@pytest.mark.parametrize("name", SURFACES)
def test_view__reads_as_in_its_snapshot(name: str, text_snapshot: SnapshotAssertion) -> None:
    assert view_text(plain_data(SURFACES[name](Words()))) == text_snapshot


def test_snapshots__belong_to_a_view() -> None:
    # Syrupy finds unused snapshots only in a run that deselects no test.
    folder = Path(__file__).parent / "__snapshots__" / "test_views"
    assert {file.stem.partition("[")[2].rstrip("]") for file in folder.iterdir()} == set(SURFACES)


@pytest.mark.parametrize("name", SURFACES)
def test_view__is_accepted_by_slack(name: str) -> None:
    assert problems(SURFACES[name](Words())) == []


MESSAGES = [name for name, make in SURFACES.items() if isinstance(make(Words()), Message)]

# Signs in table cells, and the words for them in a message's text.
SIGNS = {"=": "as before", "✓": "committed"}


@pytest.mark.parametrize("name", MESSAGES)
def test_text__says_all_that_the_blocks_show(name: str) -> None:
    data = plain_data(SURFACES[name](Words()))
    text_words = words_in(data["text"])
    block_words = [word for part in readable_parts(data["blocks"]) for word in words_in(part)]
    assert [word for word in block_words if word not in text_words] == []


def test_dispute_below_quorum__is_not_in_the_digest() -> None:
    scores = {"UMIA": {"cost": 3}, "UANA": {"cost": -3}}
    unscored = Candidate(id=1, title="Cache the catalogue", scores=scores)
    ranking = rank([unscored])
    assert ranking.projects[0].disputed == ("cost",)
    overview = Overview("ops", ranking, 1, {1: Words().proposal()}, {}, {}, {})
    assert "Disputed" not in digest.digest(Digest(overview, "2026-W48", None)).text


@pytest.mark.parametrize(
    "name", [name for name in MESSAGES if not name.startswith(("projects", "why"))]
)
def test_text_of_a_row__names_the_values_moved(name: str) -> None:
    data = plain_data(SURFACES[name](Words()))
    lines = data["text"].splitlines()
    for row in table_rows(data["blocks"]):
        row_text = readable_text({"blocks": [{"type": "table", "rows": [row]}]}, {})
        number = re.findall(r"#\d+ ", row_text)[0]
        line = next(line for line in lines if re.match(rf"(\d+\. )?{number}", line))
        for value in DEFAULT_CHARTER.values:
            moves = {"type": "emoji", "name": value.emoji} in objects(row)
            assert (value.label.lower() in line.partition(": ")[2]) == moves


def readable_parts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the readable text, without column heads, button labels and emoji."""
    for block in blocks:
        if block["type"] == "table":
            for cell in (block_text(cell) for row in block["rows"][1:] for cell in row):
                yield SIGNS.get(cell, cell.replace("▲", "up ").replace("▼", "down "))
        elif block["type"] != "actions":
            yield block_text(block)


def table_rows(blocks: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (row for block in blocks if block["type"] == "table" for row in block["rows"][1:])


def block_text(block: dict[str, Any]) -> str:
    return readable_text({"blocks": [block]}, {})


def words_in(text: str) -> set[str]:
    """Return words and numbers, including #12, 14.7 and @mia."""
    return set(re.findall(r"[#@/+−]?\w+(?:[.’']\w+)*", text.replace("<@", "@")))
