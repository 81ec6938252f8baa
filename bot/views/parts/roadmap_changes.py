"""Changes to a committed quarter, with their reasons."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day_and_month, quantity
from bot.views.data.people import someone
from domain.formatting import collapse_whitespace, shorten
from domain.planning.commitment import RoadmapChange, group_changes

MAX_REASON_LENGTH = 80
MAX_CHANGES = 8


def changes(title: str, roadmap_changes: Sequence[RoadmapChange]) -> list[block_kit.Part]:
    """List changes, newest last, as `#7 in, #4 out: fire in availability (3 May, @mia)`.

    Of many changes, only the last ones are listed.
    """
    groups = group_changes(roadmap_changes)
    if not groups:
        return []
    items, text_lines = [], []
    for group in groups[-MAX_CHANGES:]:
        projects, reason = (
            f"{_project_numbers(group)}: ",
            shorten(collapse_whitespace(group[0].reason), MAX_REASON_LENGTH),
        )
        when = f" ({day_and_month(group[0].changed_at)}, "
        items.append(
            [
                block_kit.text(projects, bold=True),
                *block_kit.typed(reason),
                block_kit.text(when),
                block_kit.mention(group[0].changed_by),
                block_kit.text(")"),
            ]
        )
        text_lines.append(f"{projects}{escape(reason)}{when}{someone(group[0].changed_by)})")
    list_part = block_kit.Part(
        [block_kit.section(f"*{title}*"), block_kit.bullets(items)], [f"{title}:", *text_lines]
    )
    earlier_count = len(groups) - MAX_CHANGES
    return [
        list_part,
        *(
            [
                block_kit.remark(
                    f"and {quantity(earlier_count, 'earlier change', 'earlier changes')}"
                )
            ]
            if earlier_count > 0
            else []
        ),
    ]


def _project_numbers(group: Sequence[RoadmapChange]) -> str:
    """Return a change as `#7 and #9 in, #4 out`."""
    parts = []
    for is_added, word in ((True, "in"), (False, "out")):
        numbers = [f"#{change.number}" for change in group if change.added is is_added]
        if numbers:
            more = f" and {len(numbers) - MAX_CHANGES} more" if len(numbers) > MAX_CHANGES else ""
            parts.append(f"{', '.join(numbers[:MAX_CHANGES])}{more} {word}")
    return ", ".join(parts)
