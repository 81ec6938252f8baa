"""Run less software: what a quarter's projects add to what the team runs, and take from it."""

from bot.views.blocks import block_kit
from domain.projects.software import Balance

ICON = ":package:"


def software(shipped: Balance, expected: Balance) -> list[block_kit.Part]:
    """The balance so far, and what it will be; nothing when no project says anything of it."""
    if not shipped and not expected:
        return []
    told = f"Software to run: {shipped.said} so far, {expected.said} when all of it has shipped."
    return [block_kit.remark(told, ICON)]
