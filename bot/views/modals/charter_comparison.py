"""The ranking before and after a change of the charter, side by side; a steward adopts it here."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.data.charter_draft import Comparison
from bot.views.parts.board_overview import movement
from bot.views.posts.charter_draft import answered
from domain.formatting import one_line, shorten
from domain.ranking.ranking import Ranked, Ranking, Section

CALLBACK = "charter_adopt"
ROWS = 10
TITLE_SHOWN = 45
LISTED = 5

# What becomes of a project that is in another section then.
BECOMES = {
    Section.BURNING: "moves what burns, then",
    Section.RANKED: "is ranked then",
    Section.HELD: "is held then",
    Section.UNSCORED: "waits for scores then",
    Section.OUT_OF_SCOPE: "moves none of the values then",
}


def form(seen: Comparison) -> dict[str, Any]:
    blocks = [
        *_rows(seen),
        *[block_kit.note(each) for each in _remarks(seen)],
        block_kit.divider(),
        *[block_kit.note(each) for each in answered(seen.agree, seen.not_yet)],
        *([block_kit.section(seen.hindrance)] if seen.hindrance else []),
    ]
    return modal.modal(
        "Before and after",
        blocks,
        callback_id=CALLBACK,
        submit="" if seen.hindrance else "Adopt",
        close="Close",
        metadata={"channel": seen.channel_id, "draft": seen.draft_id},
    )


def _rows(seen: Comparison) -> list[block_kit.Block]:
    now, then = _in_order(seen.now), _in_order(seen.then)
    if not now and not then:
        return [block_kit.section("Nothing is ranked, now or then.")]
    before = {str(each.project.id): each.rank for each in now if each.rank}
    left = [_row(each) for each in now[:ROWS]]
    right = [f"{_row(each)}  {movement(each, before)}" for each in then[:ROWS]]
    height = max(len(left), len(right))
    cells = [
        (block_kit.literal(one), block_kit.literal(other))
        for one, other in zip(_filled(left, height), _filled(right, height), strict=True)
    ]
    return block_kit.columns(
        [(block_kit.mrkdwn("*Now*"), block_kit.mrkdwn("*With the change*")), *cells]
    )


def _in_order(ranking: Ranking) -> tuple[Ranked, ...]:
    return ranking.section(Section.BURNING) + ranking.section(Section.RANKED)


def _row(ranked: Ranked) -> str:
    return f"{ranked.rank}. {_name(ranked)}"


def _name(ranked: Ranked) -> str:
    return shorten(f"#{ranked.project.id} {one_line(ranked.project.title)}", TITLE_SHOWN)


def _filled(texts: Sequence[str], height: int) -> list[str]:
    """A section's field can't be empty."""
    return [*texts, *["–"] * (height - len(texts))]


def _remarks(seen: Comparison) -> Iterator[str]:
    longer = len(_in_order(seen.then)) - ROWS
    if longer > 0:
        yield f"and {longer} more"
    for section, becomes in BECOMES.items():
        others = [
            f"#{each.project.id}"
            for each in seen.then.section(section)
            if (was := seen.now.of(each.project.id)) and was.section is not section
        ]
        for number in others[:LISTED]:
            yield f"{number} {becomes}."
        if len(others) > LISTED:
            yield f"and {len(others) - LISTED} more: each {becomes}."
    if seen.revealed:
        projects = "project" if seen.revealed == 1 else "projects"
        yield f"{seen.revealed} more {projects} would have scores enough to show their numbers."
