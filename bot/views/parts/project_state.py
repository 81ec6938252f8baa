"""A project's status in words, for its card and for replies."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day
from bot.views.data.people import someone
from bot.views.data.project_state import ProjectReference, ProjectState
from domain.formatting import collapse_whitespace
from domain.projects.lifecycle import Status

OPEN = ProjectState()

STATUS_LABELS = {
    Status.STARTED: ("hammer_and_wrench", "Started"),
    Status.SHIPPED: ("rocket", "Shipped"),
    Status.DECLINED: ("no_entry", "Declined"),
    Status.DROPPED: ("broom", "Dropped"),
    Status.MERGED: ("link", "Merged"),
    Status.HANDED_OFF: ("handshake", "Out of scope"),
}
STATUS_PHRASES = {
    Status.OPEN: "is open",
    Status.STARTED: "has started",
    Status.SHIPPED: "has shipped",
    Status.DECLINED: "was declined",
    Status.DROPPED: "was dropped",
    Status.MERGED: "was merged into another",
    Status.HANDED_OFF: "is out of scope",
}


def card_link(place: ProjectReference) -> block_kit.Inline:
    """Return the project's name, linked to its card if that is posted."""
    return block_kit.link(place.link, place.name)


def status_parts(life: ProjectState) -> list[block_kit.Part]:
    """Show the status with its details, or nothing while the project is open."""
    if life.status not in STATUS_LABELS:
        return []
    sign, label = STATUS_LABELS[life.status]
    when = f" on {day(life.changed_on)}" if life.changed_on else ""
    who = f", says {someone(life.changed_by)}" if life.changed_by else ""
    shown = block_kit.section(f":{sign}: *{label}*{when}{who}.")
    return [block_kit.Part([shown], [f"{label}{when}{who}."]), *_words(life)]


def _words(life: ProjectState) -> list[block_kit.Part]:
    parts = []
    if life.reason:
        parts.append(_typed("Why: ", life.reason))
    if life.handed_to:
        parts.append(_typed("Instead: ", life.handed_to))
    if life.merged_into:
        there = "Votes and scores count there:"
        block = block_kit.rich_text(block_kit.text(f"{there} "), card_link(life.merged_into))
        parts.append(block_kit.Part([block], [f"{there} {escape(life.merged_into.name)}"]))
    return parts


def _typed(label: str, text: str) -> block_kit.Part:
    block = block_kit.rich_text(block_kit.text(label, bold=True), block_kit.text(text))
    return block_kit.Part([block], [f"{label}{escape(collapse_whitespace(text))}"])


def no_longer_ranked(place: ProjectReference, life: ProjectState) -> block_kit.Message:
    """Explain why a project has no rank."""
    return block_kit.message(
        [
            block_kit.Part([block_kit.rich_text(card_link(place))], [escape(place.name)]),
            *status_parts(life),
            block_kit.remark("It's no longer ranked."),
        ]
    )
