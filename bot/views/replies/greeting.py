"""Answers to a mention and to a direct message: the three things to try."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.parts.fire_example import EXAMPLE
from domain.formatting import join_with_and

MAX_CHANNELS = 3

FOR_MEMBERS = (
    "`/propose` proposes a project.",
    "`/roadmap` shows the ranking, only to you.",
    "To back a project, react to its card with 👍. To say what it helps, click *Score*.",
)
FOR_GUESTS = (
    "`/roadmap` shows the ranking, only to you.",
    f"`{EXAMPLE}` declares a fire in one of the team's values.",
    "`/toil page db-primary 45m` logs toil.",
)
REST = "`/roadmap help` lists the rest."


def in_channel(*, is_member: bool) -> block_kit.Message:
    """Return the answer to a mention in a board's channel."""
    return _things_to_try("Three things to try here:", is_member=is_member)


def in_direct_message(channel_ids: Sequence[str], *, is_member: bool) -> block_kit.Message:
    """Return the answer to a direct message of someone who is in the channels of these boards."""
    if not channel_ids:
        return block_kit.message(
            [
                block_kit.statement(
                    "I rank a team's projects by its values. To start, type `/invite @Needle` in"
                    " your team's channel. I'll introduce myself there."
                )
            ]
        )
    channels = [f"<#{channel_id}>" for channel_id in channel_ids[:MAX_CHANNELS]]
    others = len(channel_ids) - len(channels)
    where = join_with_and([*channels, *([f"{others} more"] if others else [])])
    return _things_to_try(f"Three things to try in {where}:", is_member=is_member)


def _things_to_try(lead: str, *, is_member: bool) -> block_kit.Message:
    things = FOR_MEMBERS if is_member else FOR_GUESTS
    lines = [f"• {thing}" for thing in things]
    return block_kit.message(
        [
            block_kit.Part([block_kit.section("\n".join([lead, *lines]))], [lead, *lines]),
            block_kit.remark(REST),
        ]
    )
