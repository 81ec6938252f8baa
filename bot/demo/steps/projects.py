"""Steps that concern a project: propose, score, back, discuss, and change its status."""

from collections.abc import Mapping

from bot.demo.cast import CHANNEL, NEEDLE, Cast
from bot.demo.projects import Idea
from bot.views.modals.score import NO_OPINION


def propose(cast: Cast, idea: Idea) -> None:
    person, (source, times) = cast.person(idea.by), idea.toil
    if idea.from_ledger:
        cast.types(idea.by, "/roadmap toil")
        person.presses("Propose a project for it", on=person.sees("Toil in #ops", CHANNEL))
    else:
        cast.types(idea.by, f"/propose {idea.title}")
    person.sees_modal("Propose a project")
    person.submits(
        title=idea.title,
        summary=idea.summary,
        effort_weeks=idea.weeks,
        link=idea.link or None,
        steps="\n".join(idea.steps) or None,
        toil_source=source or None,
        toil_per_month=times or None,
        software_removed=idea.removes or None,
        software_added=idea.adds or None,
        **({"owner": idea.owner} if idea.owner else {}),
    )
    person.sees_no_modal()


def vote(cast: Cast, idea: Idea) -> None:
    """Score the project and react to its card, as each person does."""
    card = cast.card(idea.title)
    for name, impacts in idea.scores.items():
        score(cast, name, idea.title, impacts)
    for emoji, names in idea.reactions.items():
        for name in names:
            cast.person(name).reacts(emoji, to=card)


def score(cast: Cast, name: str, title: str, impacts: Mapping[str, int | None]) -> None:
    """Score one project."""
    person = cast.person(name)
    person.presses("Score", on=cast.card(title))
    person.sees_modal("Score #")
    person.submits(**_answers(impacts))
    person.sees_no_modal()


def score_when_reminded(cast: Cast, name: str, impacts: Mapping[str, int | None]) -> None:
    """Score the first project that the bot's reminder offers."""
    person = cast.person(name)
    person.presses("Score next", on=person.sees("takes about a minute", NEEDLE))
    person.sees_modal("Score #")
    person.submits(**_answers(impacts))
    person.sees_no_modal()


def _answers(impacts: Mapping[str, int | None]) -> dict[str, str]:
    return {
        value: NO_OPINION if impact is None else str(impact) for value, impact in impacts.items()
    }


def reply(cast: Cast, name: str, title: str, text: str) -> None:
    """Reply in the card's thread, where the bot invited those who disagree most to talk."""
    cast.steward.sees_in_thread("Talk about it", of=cast.card(title))
    cast.person(name).replies(text, to=cast.card(title))


def move(cast: Cast, name: str, title: str, change: str, **fields: str) -> None:
    """Change the project's status. `fields` fill the second form, if there is one."""
    person = cast.person(name)
    person.chooses("More actions", on=cast.card(title))
    person.sees_modal("More actions: #")
    person.submits(move=change)
    if fields:
        person.sees_modal(f"{change.replace('_', ' ').capitalize()} #")
        person.submits(**fields)
    person.sees_no_modal()


def merge(cast: Cast, name: str, title: str, into: str) -> None:
    move(cast, name, title, "merge", into=cast.permanent_id(into))


def tick(cast: Cast, idea: Idea, done: int) -> None:
    """Mark the first `done` steps as completed."""
    person = cast.person(idea.doer)
    person.chooses("Steps", on=cast.card(idea.title))
    person.sees_modal("Steps for #")
    person.submits(steps0=[str(step) for step in range(done)])
    person.sees_no_modal()


def set_owner_when_asked(cast: Cast, title: str, owner: str) -> None:
    """Set a new owner after the bot's DM that the previous one left."""
    card = cast.card(title)
    cast.steward.sees(f"left #{CHANNEL}", NEEDLE)
    cast.steward.chooses("More actions", on=card)
    cast.steward.sees_modal("More actions: #")
    cast.steward.submits(owner=owner)
    cast.steward.sees_no_modal()


def edit(cast: Cast, name: str, title: str, **fields: str) -> None:
    person = cast.person(name)
    person.chooses("Edit", on=cast.card(title))
    person.sees_modal("Edit #")
    person.submits(**fields)
    person.sees_no_modal()


def report_outcome(cast: Cast, name: str, title: str, impacts: dict[str, int]) -> None:
    """Answer the bot's DM that asks, a month later, what the project helped."""
    person, number = cast.person(name), cast.number(title)
    question = person.sees(
        lambda message: (
            f"#{number} " in message.visible_text and "really help" in message.visible_text
        ),
        NEEDLE,
    )
    person.presses("Say what it helped", on=question)
    person.sees_modal(f"What #{number} helped")
    person.submits(**{value: str(impact) for value, impact in impacts.items()})
    person.sees_modal("Saved")
    person.closes()
