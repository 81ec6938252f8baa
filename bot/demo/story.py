"""What happens in the demo, day by day: a quarter that is over, and one that is going on."""

from collections.abc import Callable, Iterator
from functools import partial

from bot.demo.acting import Cast
from bot.demo.calendar import PRESENT, Hour
from bot.demo.ideas import IDEAS, Idea

# Where the people of the sandbox live.
ZONE = "Europe/Amsterdam"
# Two of the eight have their hands full with customers; holidays take the rest.
PEOPLE, WEEKS_AWAY = "6", "12"

LEAK = "a build token was pushed to a public repository"
FAILOVER = "the database failed over twice since Friday"

Act = Callable[[Cast], object]
Happening = tuple[int, Hour, Act]


def happenings() -> list[Happening]:
    """All that people do, in the order in which they do it."""
    return sorted([*_beginning(), *_projects(), *_fires()], key=lambda each: each[:2])


def _beginning() -> Iterator[Happening]:
    yield 0, Hour.MORNING, Cast.invite_the_bot
    yield 0, Hour.MORNING, partial(Cast.set_up, people=PEOPLE, weeks_away=WEEKS_AWAY)


def _projects() -> Iterator[Happening]:
    for idea in IDEAS:
        yield from _life(idea)


def _life(idea: Idea) -> Iterator[Happening]:
    yield idea.proposed, Hour.MORNING, partial(Cast.propose, idea=idea)
    yield idea.proposed, Hour.MEETING, partial(Cast.vote, idea=idea)


def _fires() -> Iterator[Happening]:
    yield 4, Hour.MORNING, partial(Cast.declare_fire, name="fatima", value="security", what=LEAK)
    yield 5, Hour.MEETING, partial(Cast.put_out_fire, name="fatima", value="security")
    late = PRESENT + 4
    yield (
        late,
        Hour.MORNING,
        partial(Cast.declare_fire, name="ben", value="availability", what=FAILOVER),
    )
