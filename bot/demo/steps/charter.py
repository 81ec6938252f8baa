"""Steps that change the charter."""

from bot.demo.cast import CHANNEL, STEWARD, Cast


def post_draft(cast: Cast, value: str, reason: str, **fields: str) -> None:
    """Change a value as a steward, and post the draft for the team."""
    steward = cast.steward
    cast.types(STEWARD, "/roadmap charter")
    steward.presses("Change values…", on=steward.sees("Charter for #ops", CHANNEL))
    [choice, *_] = steward.sees_modal("Change the charter").raw["blocks"]
    options = {option["text"]["text"]: option["value"] for option in choice["element"]["options"]}
    steward.submits(choice=options[value])
    steward.sees_modal(value)
    steward.submits(**fields)
    steward.sees_modal("Charter draft")
    steward.submits(then="post", reason=reason)
    steward.sees_no_modal()


def agree(cast: Cast, *names: str) -> None:
    for name in names:
        person = cast.person(name)
        person.presses("✅ Agree", on=person.sees("proposes a change to version", CHANNEL))


def adopt(cast: Cast) -> None:
    """Compare the rankings before and after, and adopt the draft."""
    steward = cast.steward
    post = steward.sees("proposes a change to version", CHANNEL)
    steward.presses("Before and after", on=post)
    steward.sees_modal("Before and after")
    steward.submits()
    steward.sees_no_modal()
