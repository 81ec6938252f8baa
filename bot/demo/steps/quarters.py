"""What a steward does with a quarter."""

from bot.demo.cast import STEWARD, Cast


def commit(cast: Cast) -> None:
    """To what fits, in rank order."""
    cast.types(STEWARD, "/roadmap commit")
    cast.steward.sees_modal("Commit Q")
    cast.steward.submits()
    cast.steward.sees_modal("Committed")
    cast.steward.closes()


def change(cast: Cast, takes_in: str, takes_out: str, reason: str) -> None:
    """What the quarter holds, once it is committed to."""
    cast.types(STEWARD, "/roadmap change")
    cast.steward.sees_modal("Change Q")
    cast.steward.submits(
        taken_in=[cast.number(takes_in)], taken_out=[cast.number(takes_out)], reason=reason
    )
    cast.steward.sees_modal("Changed")
    cast.steward.closes()
