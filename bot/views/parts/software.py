"""Software balance: software that a quarter's projects add to the team's, and remove from it."""

from bot.views.blocks import block_kit
from domain.projects.software import SoftwareBalance

ICON = ":package:"


def software(shipped: SoftwareBalance, expected: SoftwareBalance) -> list[block_kit.Part]:
    """Show the balance so far and the expected balance, or nothing if no project changes it."""
    if not shipped and not expected:
        return []
    if shipped == expected:
        return [block_kit.remark(f"Software you run: {shipped.summary}.", ICON)]
    so_far = f"so far, {shipped.summary}" if shipped else "no change yet"
    later = f"When all projects have shipped: {expected.summary}"
    return [block_kit.remark(f"Software you run: {so_far}. {later}.", ICON)]
