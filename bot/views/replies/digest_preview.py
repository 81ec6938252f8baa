"""A preview of the next digest, shown to one person."""

from datetime import datetime

from bot.views.blocks import block_kit
from bot.views.blocks.escape import join_lines
from bot.views.blocks.formatting import weekday_and_time
from bot.views.data.digest import Digest
from bot.views.posts import digest


def preview(content: Digest, due_at: datetime) -> block_kit.Message:
    """Show the digest as it is now. `due_at` is in the board's time zone."""
    message = digest.digest(content)
    remark = f"Only you can see this preview. I'll post the digest on {weekday_and_time(due_at)}."
    return block_kit.Message(
        text=join_lines([remark], message.text.split("\n")),
        blocks=[block_kit.note(remark), *message.blocks],
    )
