"""What came into a committed quarter or went out of it, with the reason."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day_of_year
from bot.views.data.people import someone
from domain.formatting import one_line, shorten
from domain.planning.commitment import Change, acts

REASON_SHOWN = 80
SHOWN = 8


def changes(title: str, made: Sequence[Change]) -> list[block_kit.Part]:
    """Newest last, `#7 in, #4 out: fire in availability, 3 May`; of many, the last few."""
    together = acts(made)
    if not together:
        return []
    items, said = [], []
    for act in together[-SHOWN:]:
        what, why = f"{_named(act)}: ", shorten(one_line(act[0].reason), REASON_SHOWN)
        when = f", {day_of_year(act[0].at)}, "
        items.append(
            [
                block_kit.words(what, bold=True),
                block_kit.words(why),
                block_kit.words(when),
                block_kit.mention(act[0].by),
            ]
        )
        said.append(f"{what}{escape(why)}{when}{someone(act[0].by)}")
    shown = block_kit.Part(
        [block_kit.section(f"*{title}*"), block_kit.bullets(items)], [f"{title}:", *said]
    )
    earlier = len(together) - SHOWN
    return [shown, *([block_kit.remark(f"and {earlier} earlier")] if earlier > 0 else [])]


def _named(act: Sequence[Change]) -> str:
    """`#7 and #9 in, #4 out`."""
    parts = []
    for comes_in, word in ((True, "in"), (False, "out")):
        numbers = [f"#{each.number}" for each in act if each.taken_in is comes_in]
        if numbers:
            more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
            parts.append(f"{', '.join(numbers[:SHOWN])}{more} {word}")
    return ", ".join(parts)
