"""Steps of a steward that concern a quarter's roadmap."""

from bot.demo.cast import STEWARD, Cast


def commit(cast: Cast) -> None:
    """Commit to the projects that fit, in rank order."""
    cast.types(STEWARD, "/roadmap commit")
    cast.steward.sees_modal("Commit Q")
    cast.steward.submits()
    cast.steward.sees_modal("Committed")
    cast.steward.closes()


def change(cast: Cast, added: str, removed: str, reason: str) -> None:
    """Swap a project of the committed roadmap for another."""
    cast.types(STEWARD, "/roadmap change")
    cast.steward.sees_modal("Change Q")
    cast.steward.submits(
        taken_in=[cast.number(added)], taken_out=[cast.number(removed)], reason=reason
    )
    cast.steward.sees_modal("Changed")
    cast.steward.closes()
