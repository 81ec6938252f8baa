"""What happened to a project: a reply in its card's thread, and the DM about an owner who left."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.history import HistoryEntry
from bot.views.data.people import someone
from bot.views.data.project_state import ProjectReference
from bot.views.parts.history import MAX_DETAIL_LENGTH, icon, inline_parts, text_line
from bot.views.parts.project_state import card_link

HOW_TO_OWN = "To take over the project, choose ⋯ → *More actions* on the card."
MAX_LISTED = 10
MAX_COMMENT_LENGTH = 1000  # A comment on a score is a reply of its own.


def update(project: ProjectReference, entries: Sequence[HistoryEntry]) -> block_kit.Message:
    """Say what one user action did. Only the text names the project: the card is right above."""
    max_length = MAX_COMMENT_LENGTH if len(entries) == 1 else MAX_DETAIL_LENGTH
    parts = [
        block_kit.Part(
            [
                block_kit.rich_text(
                    block_kit.emoji(icon(entry)),
                    block_kit.text(" "),
                    *inline_parts(entry, max_length),
                )
            ],
            [f"{escape(project.name)}: {text_line(entry, max_length)}"],
        )
        for entry in entries
    ]
    if any(entry.action == "owner_left" for entry in entries):
        parts.append(block_kit.remark(HOW_TO_OWN))
    return block_kit.message(parts)


def owner_left(
    channel: str, person: str, projects: Sequence[ProjectReference]
) -> block_kit.Message:
    """Ask a steward who does the projects of an owner who left the channel."""
    now, who = f"{len(projects)} open projects have", "Who will own them?"
    if len(projects) == 1:
        now, who = "1 open project has", "Who will own it?"
    listed, more = projects[:MAX_LISTED], len(projects) - MAX_LISTED
    return block_kit.message(
        [
            block_kit.statement(
                f":wave: {someone(person)} left #{escape(channel)}, so {now} no owner now. {who}"
            ),
            block_kit.Part(
                [block_kit.bullets([[card_link(project)] for project in listed])],
                [escape(project.name) for project in listed],
            ),
            *([block_kit.remark(f"and {more} more")] if more > 0 else []),
            block_kit.remark("To set an owner, choose ⋯ → *More actions* on the card."),
        ]
    )
