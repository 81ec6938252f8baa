"""What happens in the demo, week by week: a quarter that is over, and one that is going on."""

from collections.abc import Iterator
from functools import partial

from bot.demo.calendar import PRESENT, Calendar, Hour
from bot.demo.cast import STEWARD, Act
from bot.demo.projects import IDEAS, Idea
from bot.demo.steps import channel, charter, on_call, projects, quarters
from bot.demo.toil import incidents_before

# Where the people of the sandbox live.
ZONE = "Europe/Amsterdam"
# Two of the eight have their hands full with customers; holidays take the rest.
PEOPLE, WEEKS_AWAY = "6", "12"

LEAK = "a build token was pushed to a public repository"
FAILOVER = "the database failed over twice since Friday"
SYMPTOMS = "Page on symptoms, not on machines"
ROLL_BACK = "One command to roll back"
CACHE = "Cache dependency downloads in CI"
ACCESS = "Everyday access without asking us"
SHARDS = "Shard the sessions table"
QUEUE = "A hosted queue instead of our own"

Happening = tuple[int, Hour, Act]


def happenings(calendar: Calendar) -> list[Happening]:
    """All that people do, in the order in which they do it."""
    all_of_them = [
        *_beginning(),
        *_projects(),
        *_lately(calendar),
        *_judgements(),
        *_talks(),
        *_reminders(),
        *_outcomes(),
        *_fires(),
        *_charter(),
        *_quarters(),
        *_toil(calendar),
    ]
    return sorted(all_of_them, key=lambda each: each[:2])


def _beginning() -> Iterator[Happening]:
    yield 0, Hour.EARLY, channel.invite_the_bot
    yield 0, Hour.EARLY, partial(channel.set_up, people=PEOPLE, weeks_away=WEEKS_AWAY)


def _projects() -> Iterator[Happening]:
    for idea in IDEAS:
        yield from _life(idea)


def _life(idea: Idea) -> Iterator[Happening]:
    yield idea.proposed, Hour.MORNING, partial(projects.propose, idea=idea)
    yield idea.proposed, Hour.MEETING, partial(projects.vote, idea=idea)
    if idea.started is not None:
        yield idea.started, Hour.MEETING, _moved(idea, "start")
    for done, week in enumerate(idea.ticked, start=1):
        yield week, Hour.MEETING, partial(projects.tick, idea=idea, done=done)
    if idea.shipped is not None:
        yield idea.shipped, Hour.MEETING, _moved(idea, "ship")


def _lately(calendar: Calendar) -> Iterator[Happening]:
    """What the newest digest tells: something has shipped, something else has risen."""
    [idea] = [each for each in IDEAS if each.title == ROLL_BACK]
    week = PRESENT + max(calendar.weeks - 2, 3)
    yield week, Hour.MEETING, partial(projects.tick, idea=idea, done=len(idea.steps))
    yield week, Hour.MEETING, _moved(idea, "ship")
    seen = {"availability": 3, "efficiency": 2}
    yield week, Hour.MEETING, partial(projects.score, name="mia", title=CACHE, impacts=seen)
    seen = {"security": 2, "efficiency": 3}
    yield week, Hour.MEETING, partial(projects.score, name="eli", title=ACCESS, impacts=seen)


def _moved(idea: Idea, becomes: str) -> Act:
    return partial(projects.move, name=idea.by, title=idea.title, becomes=becomes)


def _judgements() -> Iterator[Happening]:
    """What the stewards decide of projects, and what two people find to be one."""
    yield (
        2,
        Hour.MEETING,
        partial(
            projects.move,
            name=STEWARD,
            title="Rename the build jobs",
            becomes="hand_off",
            reason="It moves none of our values.",
            handed_to="Developer tools own those names: ask in #random.",
        ),
    )
    yield (
        3,
        Hour.MEETING,
        partial(
            projects.move,
            name=STEWARD,
            title="Turn off TLS between services",
            becomes="decline",
            reason="It trades security, a number one, for nine percent of CPU.",
        ),
    )
    mirror = "Mirror the package registry for builds"
    yield 11, Hour.MEETING, partial(projects.merge, name="gus", title=mirror, into=CACHE)
    yield 12, Hour.MEETING, partial(projects.edit, name="ben", title=QUEUE, effort_weeks="9")


def _talks() -> Iterator[Happening]:
    """Of those who see a project most differently; one of them changes his mind."""
    worry = "Machines that die quietly are how we found the last leak. Who looks, then?"
    answer = "The old alerts stay, as tickets for the morning. Nobody is woken by them."
    yield 8, Hour.MORNING, partial(projects.reply, name="eli", title=SYMPTOMS, text=worry)
    yield 8, Hour.MORNING, partial(projects.reply, name="mia", title=SYMPTOMS, text=answer)
    changed = {"availability": 0, "efficiency": 2}
    yield 8, Hour.MEETING, partial(projects.score, name="eli", title=SYMPTOMS, impacts=changed)


def _reminders() -> Iterator[Happening]:
    """Who owes scores is reminded, and begins with what she has put off longest."""
    seen = {"availability": 2, "efficiency": 1}
    scored = partial(projects.score_when_reminded, name="chloe", impacts=seen)
    yield 10, Hour.TUESDAY, scored


# What those who had scored a project saw a month after it shipped: some foresaw more.
SEEN = {
    "Right-size the worker fleet": (8, {"chloe": {"cost": 2}, "gus": {"cost": 2}}),
    "Retire the last NAT box": (
        11,
        {
            "mia": {"availability": 3, "cost": 1},
            "ana": {"availability": 2, "scalability": 1},
            "dev": {"availability": 3, "cost": 1},
        },
    ),
    "Move images to the CDN": (
        13,
        {"ben": {"performance": 2, "cost": 2}, "dev": {"performance": 1, "cost": 2}},
    ),
}


def _outcomes() -> Iterator[Happening]:
    for title, (week, answers) in SEEN.items():
        for name, impacts in answers.items():
            said = partial(projects.say_what_it_moved, name=name, title=title, impacts=impacts)
            yield week, Hour.MEETING, said


def _fires() -> Iterator[Happening]:
    yield 4, Hour.MORNING, partial(on_call.declare_fire, name="fatima", value="security", what=LEAK)
    yield 5, Hour.MEETING, partial(on_call.says_it_still_burns, name="fatima")
    yield 6, Hour.MEETING, partial(on_call.put_out_fire, name="fatima", value="security")
    yield (
        PRESENT + 4,
        Hour.MORNING,
        partial(on_call.declare_fire, name="ben", value="availability", what=FAILOVER),
    )


def _charter() -> Iterator[Happening]:
    """The bill grows, and the team agrees to weigh it more."""
    reason = "The bill has doubled in a year, and nothing that we rank by says so."
    yield 9, Hour.MORNING, partial(charter.draw_up, value="Cost", reason=reason, weight="1.5")
    yield 9, Hour.MEETING, lambda cast: charter.agree(cast, "ana", "chloe", "gus", "fatima")
    yield 10, Hour.MEETING, charter.adopt


def _quarters() -> Iterator[Happening]:
    yield 1, Hour.MEETING, quarters.commit
    yield (
        7,
        Hour.MEETING,
        partial(
            quarters.change,
            takes_in=SYMPTOMS,
            takes_out=QUEUE,
            reason="the pages cost us more than the queue",
        ),
    )
    yield PRESENT, Hour.MEETING, quarters.commit


def _toil(calendar: Calendar) -> Iterator[Happening]:
    """Who was on call imports the week's incidents; some things they log as they happen."""
    for week in range(-3, PRESENT + calendar.weeks):
        incidents = incidents_before(week, calendar)
        yield max(week, 0), Hour.EARLY, partial(on_call.import_incidents, file=incidents)
    line = "interrupt certificate of the status page 50m it ran out over lunch"
    yield 11, Hour.MEETING, partial(on_call.log_toil, name="dev", line=line)
    alert = "db-primary: failed over to its replica"
    yield (
        PRESENT + 4,
        Hour.MORNING,
        partial(on_call.log_alert, name="ben", alert=alert, minutes="95"),
    )
