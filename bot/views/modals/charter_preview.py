"""The ranking before and after a charter draft, side by side. A steward adopts the draft here."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import quantity
from bot.views.data.charter_draft import DraftPreview
from bot.views.parts.board_overview import movement
from bot.views.posts.charter_draft import answers
from domain.formatting import collapse_whitespace, shorten
from domain.ranking.ranking import RankedProject, Ranking, Section

CALLBACK = "charter_adopt"
MAX_ROWS = 10
MAX_TITLE_LENGTH = 45
MAX_LISTED = 5

# Phrases for projects that would be in another section.
SECTION_PHRASES = {
    Section.BURNING: "would help with what's burning",
    Section.RANKED: "would be ranked",
    Section.HELD: "would be held",
    Section.UNSCORED: "would need more scores",
    Section.OUT_OF_SCOPE: "would move none of the values",
}


def form(seen: DraftPreview) -> dict[str, Any]:
    blocks = [
        *_rows(seen),
        *[block_kit.note(each) for each in _remarks(seen)],
        block_kit.divider(),
        *[block_kit.note(each) for each in answers(seen.agreeing, seen.objecting)],
        *([block_kit.section(seen.obstacle)] if seen.obstacle else []),
    ]
    return modal.modal(
        "Before and after",
        blocks,
        callback_id=CALLBACK,
        submit="" if seen.obstacle else "Adopt",
        close="Close",
        metadata={"channel": seen.channel_id, "draft": seen.draft_id},
    )


def _rows(seen: DraftPreview) -> list[block_kit.Block]:
    now, then = _in_order(seen.before), _in_order(seen.after)
    if not now and not then:
        return [block_kit.section("No project is ranked before or after the change.")]
    before = {str(each.candidate.id): each.rank for each in now if each.rank}
    left = [_row(each) for each in now[:MAX_ROWS]]
    right = [f"{_row(each)}  {movement(each, before)}" for each in then[:MAX_ROWS]]
    height = max(len(left), len(right))
    cells = [
        (block_kit.literal(one), block_kit.literal(other))
        for one, other in zip(_filled(left, height), _filled(right, height), strict=True)
    ]
    return block_kit.columns(
        [(block_kit.mrkdwn("*Now*"), block_kit.mrkdwn("*With the change*")), *cells]
    )


def _in_order(ranking: Ranking) -> tuple[RankedProject, ...]:
    return ranking.in_section(Section.BURNING) + ranking.in_section(Section.RANKED)


def _row(ranked: RankedProject) -> str:
    return f"{ranked.rank}. {_name(ranked)}"


def _name(ranked: RankedProject) -> str:
    return shorten(
        f"#{ranked.candidate.id} {collapse_whitespace(ranked.candidate.title)}", MAX_TITLE_LENGTH
    )


def _filled(texts: Sequence[str], height: int) -> list[str]:
    """Return texts padded to `height`: a section's field can't be empty."""
    return [*texts, *["–"] * (height - len(texts))]


def _remarks(seen: DraftPreview) -> Iterator[str]:
    longer = len(_in_order(seen.after)) - MAX_ROWS
    if longer > 0:
        yield f"and {longer} more"
    for section, becomes in SECTION_PHRASES.items():
        others = [
            f"#{each.candidate.id}"
            for each in seen.after.in_section(section)
            if (was := seen.before.find(each.candidate.id)) and was.section is not section
        ]
        for number in others[:MAX_LISTED]:
            yield f"{number} {becomes}."
        if len(others) > MAX_LISTED:
            yield f"and {len(others) - MAX_LISTED} more {becomes}."
    if seen.newly_visible:
        projects = quantity(seen.newly_visible, "more project", "more projects")
        yield f"{projects} would have enough scores to show results."
