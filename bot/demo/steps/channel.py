"""The bot comes to the channel, and is told how large the team is."""

from bot.demo.cast import CHANNEL, STEWARD, Cast


def invite_the_bot(cast: Cast) -> None:
    cast.types(STEWARD, "/invite @Needle")
    cast.steward.sees("choose its work by its values", CHANNEL)


def set_up(cast: Cast, **settings: str) -> None:
    cast.types(STEWARD, "/roadmap settings")
    cast.steward.sees_modal("Settings")
    cast.steward.submits(**settings)
    cast.steward.sees_no_modal()
