"""The ranking before and after a charter draft, side by side. A steward adopts the draft here."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.formatting import quantity
from bot.views.data.charter_draft import DraftPreview
from bot.views.parts.board_overview import movement
from bot.views.posts.charter_draft import answers, objections, tally
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
    Section.HELD: "would be on hold",
    Section.UNSCORED: "would need more scores",
    Section.OUT_OF_SCOPE: "would be out of scope",
}

OBJECTIONS_STAY = "If you adopt it, the new version keeps the objections and their reasons."


def form(preview: DraftPreview) -> dict[str, Any]:
    blocks = [
        *_rows(preview),
        *[block_kit.note(remark) for remark in _remarks(preview)],
        block_kit.divider(),
        block_kit.section(f"*{_tally(preview)}.*"),
        *_blocks(answers(preview.agreeing, preview.objecting)),
        *([block_kit.section(preview.obstacle)] if preview.obstacle else []),
    ]
    return modal.modal(
        "Before and after",
        blocks,
        callback_id=CALLBACK,
        submit="" if preview.obstacle else "Adopt",
        close="Close",
        metadata={"channel": preview.channel_id, "draft": preview.draft_id},
    )


def confirmation(preview: DraftPreview) -> dict[str, Any]:
    """Return the form that asks again because someone objects. It names who objects now."""
    blocks = [
        block_kit.section(f"*{_tally(preview)}.*"),
        *_blocks(objections(preview.objecting)),
        block_kit.note(OBJECTIONS_STAY),
    ]
    metadata = {
        "channel": preview.channel_id,
        "draft": preview.draft_id,
        "objecting": [objection.person for objection in preview.objecting],
    }
    return modal.modal(
        "Adopt it anyway?",
        blocks,
        callback_id=CALLBACK,
        submit="Adopt anyway",
        close="Cancel",
        metadata=metadata,
    )


def confirmed_objectors(view: dict[str, Any]) -> set[str]:
    """Return the people whose objections a steward has seen and overruled in `confirmation`."""
    return set(modal.metadata_of(view).get("objecting", ()))


def _tally(preview: DraftPreview) -> str:
    return tally(len(preview.agreeing), len(preview.objecting), preview.unanswered)


def _blocks(parts: Sequence[block_kit.Part]) -> list[block_kit.Block]:
    return [block for part in parts for block in part.blocks]


def _rows(preview: DraftPreview) -> list[block_kit.Block]:
    ranked_before, ranked_after = _in_order(preview.before), _in_order(preview.after)
    if not ranked_before and not ranked_after:
        return [block_kit.section("No project is ranked before or after the change.")]
    previous_ranks = {
        str(ranked.candidate.id): ranked.rank for ranked in ranked_before if ranked.rank
    }
    left = [_row(ranked) for ranked in ranked_before[:MAX_ROWS]]
    right = [
        f"{_row(ranked)}  {movement(ranked, previous_ranks)}" for ranked in ranked_after[:MAX_ROWS]
    ]
    height = max(len(left), len(right))
    cells = [
        (block_kit.literal(left_text), block_kit.literal(right_text))
        for left_text, right_text in zip(_padded(left, height), _padded(right, height), strict=True)
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


def _padded(texts: Sequence[str], height: int) -> list[str]:
    """Return texts padded to `height`: a section's field can't be empty."""
    return [*texts, *["–"] * (height - len(texts))]


def _remarks(preview: DraftPreview) -> Iterator[str]:
    hidden_count = len(_in_order(preview.after)) - MAX_ROWS
    if hidden_count > 0:
        yield f"and {hidden_count} more"
    for section, phrase in SECTION_PHRASES.items():
        numbers = [
            f"#{ranked.candidate.id}"
            for ranked in preview.after.in_section(section)
            if (before := preview.before.find(ranked.candidate.id))
            and before.section is not section
        ]
        for number in numbers[:MAX_LISTED]:
            yield f"{number} {phrase}."
        if len(numbers) > MAX_LISTED:
            yield f"and {len(numbers) - MAX_LISTED} more {phrase}."
    if preview.newly_visible:
        projects = quantity(
            preview.newly_visible,
            "project that currently needs scores",
            "projects that currently need scores",
        )
        yield f"Results would show for {projects}."
