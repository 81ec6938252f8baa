"""Changes to a committed quarter, with their reasons."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day_and_month
from bot.views.data.people import someone
from domain.formatting import collapse_whitespace, shorten
from domain.planning.commitment import RoadmapChange, group_changes

MAX_REASON_LENGTH = 80
MAX_CHANGES = 8


def changes(title: str, made: Sequence[RoadmapChange]) -> list[block_kit.Part]:
    """List changes, newest last, as `#7 in, #4 out: fire in availability, 3 May`.

    Of many changes, only the last ones are listed.
    """
    together = group_changes(made)
    if not together:
        return []
    items, said = [], []
    for act in together[-MAX_CHANGES:]:
        what, why = (
            f"{_named(act)}: ",
            shorten(collapse_whitespace(act[0].reason), MAX_REASON_LENGTH),
        )
        when = f", {day_and_month(act[0].changed_at)}, "
        items.append(
            [
                block_kit.text(what, bold=True),
                block_kit.text(why),
                block_kit.text(when),
                block_kit.mention(act[0].changed_by),
            ]
        )
        said.append(f"{what}{escape(why)}{when}{someone(act[0].changed_by)}")
    shown = block_kit.Part(
        [block_kit.section(f"*{title}*"), block_kit.bullets(items)], [f"{title}:", *said]
    )
    earlier = len(together) - MAX_CHANGES
    return [shown, *([block_kit.remark(f"and {earlier} earlier")] if earlier > 0 else [])]


def _named(act: Sequence[RoadmapChange]) -> str:
    """Return a change as `#7 and #9 in, #4 out`."""
    parts = []
    for comes_in, word in ((True, "in"), (False, "out")):
        numbers = [f"#{each.number}" for each in act if each.added is comes_in]
        if numbers:
            more = f" and {len(numbers) - MAX_CHANGES} more" if len(numbers) > MAX_CHANGES else ""
            parts.append(f"{', '.join(numbers[:MAX_CHANGES])}{more} {word}")
    return ", ".join(parts)
