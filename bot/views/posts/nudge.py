"""What a person is reminded of, privately, at most once a week."""

from bot.views.blocks import block_kit as kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import counted
from bot.views.home import SCORE

STOP = "stop_nudges"
STOPPED = "I won't remind you again. My Home tab turns reminders on."


def nudge(channel: str, channel_id: str, waiting: int) -> kit.Message:
    wait = counted(waiting, "project still waits", "projects still wait")
    told = f"In #{escape(channel)}, {wait} for scores, also for yours. Each takes a minute."
    buttons = kit.actions(
        kit.button("Score next", SCORE, channel_id, primary=True),
        kit.button("Stop these", STOP, channel_id),
    )
    return kit.message(
        [
            kit.statement(told),
            kit.Part([buttons], []),
            kit.remark("I remind you at most once a week, and only when scores are missing."),
        ]
    )


def stopped() -> kit.Message:
    return kit.message([kit.statement(STOPPED)])
