"""The story of a recording: six weeks of a team, with every kind of post and state."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.demo.cast import CHANNEL, NEEDLE, Cast, Step
from bot.demo.projects import Idea
from bot.demo.steps import channel, charter, on_call, projects, quarters
from tests.support.wait import wait_until

ZONE = ZoneInfo("Europe/Amsterdam")
SUMMARY = "It pages us, it costs us, and nobody remembers why it is there."

NAT = Idea(
    title="Retire the last NAT box",
    by="mia",
    summary=SUMMARY,
    weeks="4",
    steps=("Gateways beside it", "Move the batch VPC", "Switch it off"),
    toil=("nat-1", "9"),
    removes="the NAT instance",
    scores={
        "mia": {"security": 1, "availability": 3, "cost": 1},
        "ana": {"availability": 3, "scalability": 2},
        "ben": {"availability": 2, "efficiency": 1},
    },
    reactions={"+1": ("ana", "eli"), "+1::skin-tone-3": ("chloe",), "green_heart": ("eli", "gus")},
)
KEYS = Idea(
    title="Rotate every long-lived key",
    by="ana",
    summary=SUMMARY,
    weeks="3",
    toil=("stale-keys", "4"),
    scores={
        "mia": {"security": 3},
        "ana": {"security": 3, "efficiency": -1},
        "dev": {"security": 2},
    },
    reactions={"+1": ("ben",)},
)
FLEET = Idea(
    title="Right-size the worker fleet",
    by="ben",
    summary=SUMMARY,
    weeks="2",
    adds="a scaler",
    scores={
        "mia": {"cost": 3},
        "ben": {"cost": 2, "performance": -1},
        "gus": {"cost": 2, "efficiency": 1},
    },
    reactions={"moneybag": ("eli",), "+1": ("gus", "dev")},
)
TLS = Idea(
    title="Turn off TLS between services",
    by="chloe",
    summary=SUMMARY,
    weeks="1",
    scores={
        "mia": {"security": -3, "performance": 1},
        "ana": {"security": -3, "performance": 2},
        "ben": {"security": -2, "performance": 2},
    },
)
SYMPTOMS = Idea(
    title="Page on symptoms, not on machines",
    by="dev",
    summary=SUMMARY,
    weeks="8",  # exceeds the capacity
    steps=("List the pages", "Write the symptoms"),
    scores={
        "mia": {"availability": 3, "efficiency": 2},
        "dev": {"availability": 3, "efficiency": 3},
        "eli": {"availability": -3, "efficiency": 1},
    },
)
JOBS = Idea(
    title="Rename the build jobs",
    by="gus",
    summary=SUMMARY,
    weeks="1",
    scores={"gus": {"efficiency": 1}},
    reactions={"gear": ("fatima",)},
)
MIRROR = Idea(
    title="Mirror the package registry",
    by="gus",
    summary=SUMMARY,
    weeks="1",
    scores={},
    reactions={"+1": ("dev",)},  # counts for the project that this is merged into
)
RACKS = Idea(title="Paint the racks", by="dev", summary=SUMMARY, weeks="1", scores={})
CACHE = Idea(
    title="Cache dependency downloads",
    by="fatima",
    summary=SUMMARY,
    weeks="2",
    scores={"ana": {"efficiency": 2}, "fatima": {"efficiency": 3}},
    reactions={"gear": ("ben",)},
)
IDEAS = (NAT, KEYS, FLEET, TLS, SYMPTOMS, JOBS, MIRROR, RACKS, CACHE)

START = datetime(2026, 6, 22, 9, 0, tzinfo=ZONE)  # a Monday
END = datetime(2026, 8, 6, 11, 0, tzinfo=ZONE)  # nothing is due in the days after
LATER = timedelta(minutes=1)

Scene = tuple[datetime, tuple[Step, ...]]


def scenes() -> Iterator[Scene]:
    """Yield each time at which people do something, with what they do."""
    yield (
        START,
        (
            channel.invite_the_bot,
            partial(channel.save_settings, people="1", weeks_away="0"),
            *[partial(projects.propose, idea=idea) for idea in IDEAS],
            *[partial(vote, idea=idea) for idea in IDEAS],
            *[partial(on_call.log_toil, name="dev", line="page nat-1 45m failover")] * 3,
        ),
    )
    yield (
        START + LATER,
        (
            quarters.commit,
            partial(comment, name="gus", title=JOBS.title, text="Nobody finds them."),
            partial(
                projects.reply, name="eli", title=SYMPTOMS.title, text="Who looks at machines?"
            ),
        ),
    )
    # 26 June: the retrospective; 29 June: a digest; 1 July: the next quarter's roadmap
    yield (
        at(7, 1, 10),
        (
            quarters.commit,
            _status_change(NAT, "start"),
            partial(projects.tick, idea=NAT, done=1),
            _status_change(KEYS, "ship"),
            partial(projects.merge, name="gus", title=MIRROR.title, into=CACHE.title),
            partial(
                projects.move,
                name="mia",
                title=RACKS.title,
                change="hand_off",
                reason="It moves none of our values.",
                handed_to="Facilities: ask in #random.",
            ),
            partial(projects.edit, name="gus", title=JOBS.title, effort_weeks="2"),
        ),
    )
    yield (
        at(7, 13, 10),
        (
            partial(
                quarters.change,
                added=SYMPTOMS.title,
                removed=FLEET.title,
                reason="the pages cost us more",
            ),
            partial(on_call.declare_fire, name="gus", value="cost", what="the bill has doubled"),
        ),
    )
    yield at(7, 14, 10), (partial(on_call.put_out_fire, name="gus", value="cost"),)
    yield (
        at(7, 20, 10),
        (partial(on_call.declare_fire, name="ben", value="availability", what="two failovers"),),
    )
    yield (
        at(7, 28, 10),
        (
            partial(on_call.declare_fire, name="fatima", value="security", what="a token leaked"),
            *[partial(on_call.log_toil, name="dev", line="page db-primary 30m replica lag")] * 5,
            partial(on_call.log_toil, name="ana", line="interrupt certificate 50m it ran out"),
        ),
    )
    yield (
        at(8, 3, 10),
        (
            partial(
                charter.post_draft,
                value="Cost",
                reason="The bill has doubled in a year.",
                weight="1.5",
            ),
            lambda cast: charter.agree(cast, "ana"),
            partial(not_yet, name="ben"),
        ),
    )
    yield at(8, 5, 11), (partial(report_outcome, name="dev"),)
    yield at(8, 5, 12), (partial(open_home, name="mia"), partial(open_home, name="ana"))
    yield at(8, 5, 13), (partial(own_and_leave, name="eli", title=CACHE.title),)


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, 5, tzinfo=ZONE)


def vote(cast: Cast, idea: Idea) -> None:
    """Score a project and react to its card. Return when the bot has stored the reactions."""
    last = cast.slack.traffic()[-1]["id"]
    projects.vote(cast, idea)
    reactions = sum(len(people) for people in idea.reactions.values())

    def acknowledged() -> bool:
        acks = [
            each
            for each in cast.slack.traffic(after=last)
            if (each["kind"], each["name"]) == ("ack", "reaction_added")
        ]
        return len(acks) >= reactions

    wait_until(acknowledged, within=10)


def comment(cast: Cast, name: str, title: str, text: str) -> None:
    """Score a project again, with a comment."""
    person = cast.person(name)
    person.presses("Score", on=cast.card(title))
    person.sees_modal("Score #")
    person.submits(comment=text)
    person.closes()


def not_yet(cast: Cast, name: str) -> None:
    person = cast.person(name)
    person.presses("✋ Object", on=person.sees("proposes a change to"))


def report_outcome(cast: Cast, name: str) -> None:
    projects.report_outcome(cast, name=name, title=KEYS.title, impacts={"security": 2})


def own_and_leave(cast: Cast, name: str, title: str) -> None:
    """Take a project and leave the channel. The stewards are asked who does it now."""
    person, card = cast.person(name), cast.card(title)
    person.chooses("More actions", on=card)
    person.sees_modal("More actions: #")
    person.submits(claim=["mine"])
    cast.steward.sees_in_thread(f"@{name} now owns it", of=card)
    person.leaves(CHANNEL)
    cast.steward.sees(f"@{name} left #ops", NEEDLE)


def open_home(cast: Cast, name: str) -> None:
    cast.person(name).opens_home()
    cast.person(name).sees_in_home("#ops")


def _status_change(idea: Idea, change: str) -> Step:
    return partial(projects.move, name=idea.by, title=idea.title, change=change)
