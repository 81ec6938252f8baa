"""A project's status in words, for its card and for replies."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import short_date
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
    Status.HANDED_OFF: ("handshake", "Handed off"),
}
STATUS_PHRASES = {
    Status.OPEN: "is open",
    Status.STARTED: "has started",
    Status.SHIPPED: "has shipped",
    Status.DECLINED: "was declined",
    Status.DROPPED: "was dropped",
    Status.MERGED: "was merged into another project",
    Status.HANDED_OFF: "was handed off",
}


def card_link(project: ProjectReference) -> block_kit.Inline:
    """Return the project's name, linked to its card if that is posted."""
    return block_kit.link(project.link, project.name)


def status_parts(state: ProjectState) -> list[block_kit.Part]:
    """Show the status with its details, or nothing while the project is open."""
    if state.status not in STATUS_LABELS:
        return []
    icon, label = STATUS_LABELS[state.status]
    who = f" by {someone(state.changed_by)}" if state.changed_by else ""
    # A card isn't redrawn when a year ends, and Slack shows the year of its message.
    on = state.changed_on
    when = f" on {short_date(on, today=on)}" if on else ""
    section = block_kit.section(f":{icon}: *{label}*{who}{when}")
    return [block_kit.Part([section], [f"{label}{who}{when}"]), *_details(state)]


def _details(state: ProjectState) -> list[block_kit.Part]:
    parts = []
    if state.reason:
        parts.append(_labeled_text("Why: ", state.reason))
    if state.handed_to:
        parts.append(_labeled_text("Who should do it: ", state.handed_to))
    if state.merged_into:
        label = "Its votes now count for"
        block = block_kit.rich_text(block_kit.text(f"{label} "), card_link(state.merged_into))
        parts.append(block_kit.Part([block], [f"{label} {escape(state.merged_into.name)}"]))
    return parts


def _labeled_text(label: str, text: str) -> block_kit.Part:
    block = block_kit.rich_text(block_kit.text(label, bold=True), *block_kit.typed(text))
    return block_kit.Part([block], [f"{label}{escape(collapse_whitespace(text))}"])


def no_longer_ranked(project: ProjectReference, state: ProjectState) -> block_kit.Message:
    """Explain why a project has no rank."""
    return block_kit.message(
        [
            block_kit.Part([block_kit.rich_text(card_link(project))], [escape(project.name)]),
            *status_parts(state),
            block_kit.remark("It's no longer ranked."),
        ]
    )
