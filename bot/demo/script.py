"""The demo's script: each step of the previous and the current quarter, by week."""

from collections.abc import Iterator
from functools import partial

from bot.demo.calendar import CURRENT_QUARTER_START, Calendar, TimeSlot
from bot.demo.cast import STEWARD, Step
from bot.demo.projects import IDEAS, Idea
from bot.demo.steps import channel, charter, on_call, projects, quarters
from bot.demo.toil import incidents_of_week_before

# The time zone of the sandbox's people.
ZONE = "Europe/Amsterdam"
# Two of the eight people work for customers full time. WEEKS_AWAY are vacations.
PEOPLE, WEEKS_AWAY = "6", "12"

LEAK = "a build token was pushed to a public repository"
FAILOVER = "the database failed over twice since Friday"
SYMPTOMS = "Page on symptoms, not on machines"
ROLL_BACK = "Roll back with one command"
CACHE = "Cache dependency downloads in CI"
ACCESS = "Self-service for common access requests"
SHARDS = "Shard the sessions table"
QUEUE = "Replace our queue with a hosted one"

ScheduledStep = tuple[int, TimeSlot, Step]


def build_script(calendar: Calendar) -> list[ScheduledStep]:
    """Return every step with its week and slot, in order."""
    steps = [
        *_setup(),
        *_projects(),
        *_recent_weeks(calendar),
        *_decisions(),
        *_discussion(),
        *_reminders(),
        *_departure(),
        *_outcomes(),
        *_fires(),
        *_charter(),
        *_quarters(),
        *_toil(calendar),
    ]
    return sorted(steps, key=lambda step: step[:2])


def _setup() -> Iterator[ScheduledStep]:
    yield 0, TimeSlot.EARLY, channel.invite_the_bot
    yield 0, TimeSlot.EARLY, partial(channel.save_settings, people=PEOPLE, weeks_away=WEEKS_AWAY)


def _projects() -> Iterator[ScheduledStep]:
    for idea in IDEAS:
        yield from _lifecycle(idea)


def _lifecycle(idea: Idea) -> Iterator[ScheduledStep]:
    yield idea.proposed, TimeSlot.MORNING, partial(projects.propose, idea=idea)
    yield idea.proposed, TimeSlot.MEETING, partial(projects.vote, idea=idea)
    if idea.started is not None:
        yield idea.started, TimeSlot.MEETING, _status_change(idea, "start")
    for done, week in enumerate(idea.ticked, start=1):
        yield week, TimeSlot.MEETING, partial(projects.tick, idea=idea, done=done)
    if idea.shipped is not None:
        yield idea.shipped, TimeSlot.MEETING, _status_change(idea, "ship")


def _recent_weeks(calendar: Calendar) -> Iterator[ScheduledStep]:
    """Ship a project and raise another, so that the newest digest has news."""
    [idea] = [idea for idea in IDEAS if idea.title == ROLL_BACK]
    week = CURRENT_QUARTER_START + max(calendar.weeks_begun - 2, 3)
    yield week, TimeSlot.MEETING, partial(projects.tick, idea=idea, done=len(idea.steps))
    yield week, TimeSlot.MEETING, _status_change(idea, "ship")
    impacts = {"availability": 3, "efficiency": 2}
    yield week, TimeSlot.MEETING, partial(projects.score, name="mia", title=CACHE, impacts=impacts)
    impacts = {"security": 2, "efficiency": 3}
    yield week, TimeSlot.MEETING, partial(projects.score, name="eli", title=ACCESS, impacts=impacts)


def _status_change(idea: Idea, change: str) -> Step:
    return partial(projects.move, name=idea.doer, title=idea.title, change=change)


def _decisions() -> Iterator[ScheduledStep]:
    """Hand off, decline, merge, and edit projects."""
    yield (
        2,
        TimeSlot.MEETING,
        partial(
            projects.move,
            name=STEWARD,
            title="Rename the build jobs",
            change="hand_off",
            reason="It doesn't help any of our values.",
            handed_to="The developer tools team owns those names. Ask in #random.",
        ),
    )
    yield (
        3,
        TimeSlot.MEETING,
        partial(
            projects.move,
            name=STEWARD,
            title="Turn off TLS between services",
            change="decline",
            reason="It trades security, a top value, for 9% of CPU.",
        ),
    )
    mirror = "Mirror the package registry for builds"
    yield 11, TimeSlot.MEETING, partial(projects.merge, name="gus", title=mirror, into=CACHE)
    yield 12, TimeSlot.MEETING, partial(projects.edit, name="ben", title=QUEUE, effort_weeks="9")


def _discussion() -> Iterator[ScheduledStep]:
    """Let the two people who disagree most talk, and one of them change his score."""
    worry = "We found the last leak because hosts kept dying. Who will notice next time?"
    answer = "The old alerts stay, but they create tickets for the morning instead of pages."
    yield 8, TimeSlot.MORNING, partial(projects.reply, name="eli", title=SYMPTOMS, text=worry)
    yield 8, TimeSlot.MORNING, partial(projects.reply, name="mia", title=SYMPTOMS, text=answer)
    new_impacts = {"availability": 0, "efficiency": 2}
    yield (
        8,
        TimeSlot.MEETING,
        partial(projects.score, name="eli", title=SYMPTOMS, impacts=new_impacts),
    )


def _reminders() -> Iterator[ScheduledStep]:
    """Score a project after a reminder."""
    impacts = {"availability": 2, "efficiency": 1}
    step = partial(projects.score_when_reminded, name="chloe", impacts=impacts)
    yield 10, TimeSlot.FRIDAY, step


def _departure() -> Iterator[ScheduledStep]:
    """Let the owner of a project in progress leave the channel, and set another owner."""
    week = CURRENT_QUARTER_START + 5
    yield week, TimeSlot.MORNING, partial(channel.leave, name="fatima")
    step = partial(projects.set_owner_when_asked, title=SHARDS, owner="gus")
    yield week, TimeSlot.MEETING, step


# By title: the week, and what each scorer reports a month after the project shipped.
OUTCOMES = {
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


def _outcomes() -> Iterator[ScheduledStep]:
    for title, (week, answers) in OUTCOMES.items():
        for name, impacts in answers.items():
            step = partial(projects.report_outcome, name=name, title=title, impacts=impacts)
            yield week, TimeSlot.MEETING, step


def _fires() -> Iterator[ScheduledStep]:
    yield (
        4,
        TimeSlot.MORNING,
        partial(on_call.declare_fire, name="fatima", value="security", what=LEAK),
    )
    yield 5, TimeSlot.MEETING, partial(on_call.confirm_fire, name="fatima")
    yield 6, TimeSlot.MEETING, partial(on_call.put_out_fire, name="fatima", value="security")
    yield (
        CURRENT_QUARTER_START + 4,
        TimeSlot.MORNING,
        partial(on_call.declare_fire, name="ben", value="availability", what=FAILOVER),
    )


def _charter() -> Iterator[ScheduledStep]:
    """Raise the weight of cost, with the team's agreement."""
    reason = "Our bill has doubled in a year, and our ranking doesn't reflect that."
    yield (
        9,
        TimeSlot.MORNING,
        partial(charter.post_draft, value="Cost", reason=reason, weight="1.5"),
    )
    yield 9, TimeSlot.MEETING, lambda cast: charter.agree(cast, "ana", "chloe", "gus", "fatima")
    yield 10, TimeSlot.MEETING, charter.adopt


def _quarters() -> Iterator[ScheduledStep]:
    yield 1, TimeSlot.MEETING, quarters.commit
    yield (
        7,
        TimeSlot.MEETING,
        partial(
            quarters.change,
            added=SYMPTOMS,
            removed=QUEUE,
            reason="the pages cost us more than the queue does",
        ),
    )
    yield CURRENT_QUARTER_START, TimeSlot.MEETING, quarters.commit


def _toil(calendar: Calendar) -> Iterator[ScheduledStep]:
    """Import each week's incidents, and log two more by hand."""
    for week in range(-3, CURRENT_QUARTER_START + calendar.weeks_begun):
        incidents = incidents_of_week_before(week, calendar)
        yield max(week, 0), TimeSlot.EARLY, partial(on_call.import_incidents, file=incidents)
    line = "interrupt status page certificate 50m expired over lunch"
    yield 11, TimeSlot.MEETING, partial(on_call.log_toil, name="dev", line=line)
    alert = "db-primary: failed over to its replica"
    yield (
        CURRENT_QUARTER_START + 4,
        TimeSlot.MORNING,
        partial(on_call.log_alert, name="ben", alert=alert, minutes="95"),
    )
