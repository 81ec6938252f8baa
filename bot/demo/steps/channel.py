"""Steps that set up the channel: inviting the bot and saving the board's settings."""

from bot.demo.cast import CHANNEL, STEWARD, Cast


def invite_the_bot(cast: Cast) -> None:
    cast.types(STEWARD, "/invite @Needle")
    cast.steward.sees("decide what to work on, based on its values", CHANNEL)


def save_settings(cast: Cast, **settings: str) -> None:
    cast.types(STEWARD, "/roadmap settings")
    cast.steward.sees_modal("Settings")
    cast.steward.submits(**settings)
    cast.steward.sees_no_modal()


def leave(cast: Cast, name: str) -> None:
    cast.person(name).leaves(CHANNEL)
