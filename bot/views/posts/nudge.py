"""The private reminder to score, at most once a week."""

from datetime import date

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day_and_month, quantity
from bot.views.home import SCORE

STOP = "stop_nudges"
NUDGES_STOPPED = "I won't remind you again. To turn reminders back on, open my Home tab."


def nudge(
    channel: str, channel_id: str, unscored_count: int, next_reveal: date | None = None
) -> block_kit.Message:
    """Remind a person of missing scores, and say when the next results show without them."""
    projects_need = quantity(unscored_count, "project still needs", "projects still need")
    takes = "takes about a minute" if unscored_count == 1 else "takes about a minute for each"
    reminder = f"In #{escape(channel)}, {projects_need} your score. Scoring {takes}."
    if next_reveal is not None:
        project = "the project" if unscored_count == 1 else "one of these projects"
        day = day_and_month(next_reveal)
        reminder += f" From {day} on, {project} shows its results after a single score."
    buttons = block_kit.actions(
        block_kit.button("Score next", SCORE, channel_id, primary=True),
        block_kit.button("Stop reminding me", STOP, channel_id),
    )
    return block_kit.message(
        [
            block_kit.statement(reminder),
            block_kit.Part([buttons], []),
            block_kit.remark("I remind you at most once a week, and only when scores are missing."),
        ]
    )


def stopped() -> block_kit.Message:
    return block_kit.message([block_kit.statement(NUDGES_STOPPED)])
