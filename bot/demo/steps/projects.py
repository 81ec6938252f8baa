"""What people do with projects: propose, score, back, talk about, and carry through."""

from bot.demo.cast import CHANNEL, NEEDLE, Cast
from bot.demo.projects import Idea


def propose(cast: Cast, idea: Idea) -> None:
    person, (source, times) = cast.person(idea.by), idea.toil
    if idea.from_digest:
        person.presses("Propose a project for it", on=person.sees("Digest of #ops", CHANNEL))
    else:
        cast.types(idea.by, f"/propose {idea.title}")
    person.sees_modal("Propose a project")
    person.submits(
        title=idea.title,
        summary=idea.summary,
        effort_weeks=idea.weeks,
        steps="\n".join(idea.steps) or None,
        toil_source=source or None,
        toil_per_month=times or None,
        software_removed=idea.removes or None,
        software_added=idea.adds or None,
    )
    person.sees_no_modal()


def vote(cast: Cast, idea: Idea) -> None:
    """Score it and react to it, as each of them does."""
    card = cast.card(idea.title)
    for name, impacts in idea.scores.items():
        score(cast, name, idea.title, impacts)
    for emoji, names in idea.reactions.items():
        for name in names:
            cast.person(name).reacts(emoji, to=card)


def score(cast: Cast, name: str, title: str, impacts: dict[str, int]) -> None:
    """One project, and not the next that the form then offers."""
    person = cast.person(name)
    person.presses("Score", on=cast.card(title))
    person.sees_modal("Score #")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.closes()


def score_when_reminded(cast: Cast, name: str, impacts: dict[str, int]) -> None:
    """What the bot reminds them of privately, and the first of it."""
    person = cast.person(name)
    person.presses("Score next", on=person.sees("for scores, also for yours", NEEDLE))
    person.sees_modal("Score #")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.closes()


def reply(cast: Cast, name: str, title: str, text: str) -> None:
    """In the thread of the card, where those who see it most differently were invited to talk."""
    cast.steward.sees_in_thread("talk about it", of=cast.card(title))
    cast.person(name).replies(text, to=cast.card(title))


def move(cast: Cast, name: str, title: str, becomes: str, **words: str) -> None:
    """Start, ship, merge, decline, hand it off: with the words that this takes."""
    person = cast.person(name)
    person.chooses("Move on…", on=cast.card(title))
    person.sees_modal("Move #")
    person.submits(move=becomes)
    if words:
        person.sees_modal(": #")
        person.submits(**words)
    person.sees_no_modal()


def merge(cast: Cast, name: str, title: str, into: str) -> None:
    move(cast, name, title, "merge", into=cast.number(into))


def tick(cast: Cast, idea: Idea, done: int) -> None:
    """So many of the first steps are done."""
    person = cast.person(idea.by)
    person.chooses("Steps", on=cast.card(idea.title))
    person.sees_modal("Steps of #")
    person.submits(steps0=[str(step) for step in range(done)])
    person.sees_no_modal()


def edit(cast: Cast, name: str, title: str, **fields: str) -> None:
    person = cast.person(name)
    person.chooses("Edit", on=cast.card(title))
    person.sees_modal("Edit #")
    person.submits(**fields)
    person.sees_no_modal()


def say_what_it_moved(cast: Cast, name: str, title: str, impacts: dict[str, int]) -> None:
    """Asked, privately, a month after it shipped."""
    person, number = cast.person(name), cast.number(title)
    asked = person.sees(
        lambda message: (
            f"#{number} " in message.visible_text and "really move" in message.visible_text
        ),
        NEEDLE,
    )
    person.presses("Say what it moved", on=asked)
    person.sees_modal(f"What #{number} moved")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.sees_modal("Saved")
    person.closes()
