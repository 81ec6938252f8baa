"""The private reminder to score, at most once a week."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity
from bot.views.home import SCORE

STOP = "stop_nudges"
NUDGES_STOPPED = "I won't remind you again. You can turn reminders on again in my Home tab."


def nudge(channel: str, channel_id: str, waiting: int) -> block_kit.Message:
    wait = quantity(waiting, "project still needs", "projects still need")
    told = f"In #{escape(channel)}, {wait} your score. Each takes about a minute."
    buttons = block_kit.actions(
        block_kit.button("Score next", SCORE, channel_id, primary=True),
        block_kit.button("Stop reminding me", STOP, channel_id),
    )
    return block_kit.message(
        [
            block_kit.statement(told),
            block_kit.Part([buttons], []),
            block_kit.remark("I remind you at most once a week, and only when scores are missing."),
        ]
    )


def stopped() -> block_kit.Message:
    return block_kit.message([block_kit.statement(NUDGES_STOPPED)])
