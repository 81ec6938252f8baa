"""The progress of a committed quarter, in one line."""

from bot.views.blocks import block_kit
from bot.views.blocks.formatting import quantity
from bot.views.data.quarter import QuarterProgress

SEE_ROADMAP = "`/roadmap plan` shows the roadmap and its capacity."
WORKING_DAYS = 5  # in a week


def quarter_progress(progress: QuarterProgress) -> block_kit.Part:
    """Show what has become of the quarter's projects, linked to the roadmap if it's posted."""
    label, counts = f"This quarter ({progress.label})", _counts(progress)
    block = block_kit.rich_text(
        block_kit.text(label, bold=True),
        block_kit.text("  "),
        block_kit.link(progress.permalink, counts),
    )
    return block_kit.Part([block], [f"{label}: {counts}"])


def _counts(progress: QuarterProgress) -> str:
    """Return `2 of 8 shipped, 3 in progress, 3 not started; 5 weeks left`."""
    parts = [
        f"{progress.shipped} of {progress.total} shipped",
        f"{progress.in_progress} in progress",
        f"{progress.not_started} not started",
        *([f"{progress.closed} closed"] if progress.closed else []),
    ]
    return f"{', '.join(parts)}; {_time_left(progress.weeks_left)}"


def _time_left(weeks: float) -> str:
    if weeks < 1:
        return f"{quantity(round(weeks * WORKING_DAYS), 'working day', 'working days')} left"
    return "1 week left" if weeks == 1 else f"{weeks:g} weeks left"
