"""What became of a project, in words: on its card, and wherever else it is asked for."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day
from bot.views.data.people import someone
from bot.views.data.project_state import Life, Place
from domain.formatting import one_line
from domain.projects.lifecycle import Status

OPEN = Life()

SIGNS = {
    Status.STARTED: ("hammer_and_wrench", "Started"),
    Status.SHIPPED: ("rocket", "Shipped"),
    Status.DECLINED: ("no_entry", "Declined"),
    Status.DROPPED: ("broom", "Dropped"),
    Status.MERGED: ("link", "Merged"),
    Status.HANDED_OFF: ("handshake", "Out of scope"),
}
SINCE = {
    Status.OPEN: "is open",
    Status.STARTED: "has started",
    Status.SHIPPED: "has shipped",
    Status.DECLINED: "was declined",
    Status.DROPPED: "was dropped",
    Status.MERGED: "was merged into another",
    Status.HANDED_OFF: "is out of scope",
}


def linked(place: Place) -> block_kit.Inline:
    """Return the project's name, linked to its card once that is posted."""
    return block_kit.link(place.link, place.name)


def state(life: Life) -> list[block_kit.Part]:
    """Nothing while it is just open."""
    if life.status not in SIGNS:
        return []
    sign, label = SIGNS[life.status]
    when = f" on {day(life.on)}" if life.on else ""
    who = f", says {someone(life.by)}" if life.by else ""
    shown = block_kit.section(f":{sign}: *{label}*{when}{who}.")
    return [block_kit.Part([shown], [f"{label}{when}{who}."]), *_words(life)]


def _words(life: Life) -> list[block_kit.Part]:
    parts = []
    if life.reason:
        parts.append(_typed("Why: ", life.reason))
    if life.handed_to:
        parts.append(_typed("Instead: ", life.handed_to))
    if life.into:
        there = "Votes and scores count there:"
        block = block_kit.rich(block_kit.words(f"{there} "), linked(life.into))
        parts.append(block_kit.Part([block], [f"{there} {escape(life.into.name)}"]))
    return parts


def _typed(label: str, text: str) -> block_kit.Part:
    block = block_kit.rich(block_kit.words(label, bold=True), block_kit.words(text))
    return block_kit.Part([block], [f"{label}{escape(one_line(text))}"])


def no_longer_ranked(place: Place, life: Life) -> block_kit.Message:
    """For who asks why it stands where it does."""
    return block_kit.message(
        [
            block_kit.Part([block_kit.rich(linked(place))], [escape(place.name)]),
            *state(life),
            block_kit.remark("So it is no longer ranked."),
        ]
    )
