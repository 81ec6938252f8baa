"""Run less software: what a quarter's projects add to what the team runs, and take from it."""

from bot.views.blocks import block_kit
from domain.projects.software import SoftwareBalance

ICON = ":package:"


def software(shipped: SoftwareBalance, expected: SoftwareBalance) -> list[block_kit.Part]:
    """The balance so far, and what it will be; nothing when no project says anything of it."""
    if not shipped and not expected:
        return []
    told = (
        f"Software to run: {shipped.summary} so far, {expected.summary} when all of it has shipped."
    )
    return [block_kit.remark(told, ICON)]
