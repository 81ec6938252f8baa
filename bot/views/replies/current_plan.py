"""A quarter's current plan, shown to one person."""

from bot.views.blocks import block_kit
from bot.views.data.quarter import PlannedRoadmap
from bot.views.parts.quarter_plan import quarter_plan

WEEKS_AWAY = "The same weeks away count in every quarter. To change them: `/roadmap settings`."


def current_plan(planned: PlannedRoadmap) -> block_kit.Message:
    """Show the plan that the quarter would have now."""
    plan = planned.plan
    return block_kit.message(
        [
            block_kit.heading(f"Current plan for {planned.quarter}"),
            *quarter_plan(planned),
            *([block_kit.remark(WEEKS_AWAY)] if plan.capacity.weeks_away else []),
        ]
    )
