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
    scoring = "Scoring" if unscored_count == 1 else "Scoring one"
    reminder = f"In #{escape(channel)}, {projects_need} your score. {scoring} takes about a minute."
    if next_reveal is not None:
        results = "its results" if unscored_count == 1 else "the results of one of them"
        reminder += f" From {day_and_month(next_reveal)} on, one score is enough to show {results}."
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
