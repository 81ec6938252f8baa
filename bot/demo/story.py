"""A believable quarter of an operations team: what its people propose, score, back and fear."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Idea:
    """A project, and what the team says of it: `scores` by person, `reactions` by emoji."""

    title: str
    by: str
    summary: str
    weeks: str
    scores: dict[str, dict[str, int]]
    reactions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    toil: tuple[str, str] = ("", "")  # source, times a month
    removes: str = ""
    adds: str = ""


STEWARD = "mia"
CHANNEL = "ops"
# Two of the eight have their hands full with customers; holidays take the rest.
PEOPLE, WEEKS_AWAY = "6", "12"
TEAM = ("mia", "ana", "ben", "chloe", "dev", "eli", "fatima", "gus")

QUARTER = (
    Idea(
        title="Retire the last NAT box",
        by="mia",
        summary="A single NAT instance still fronts three VPCs; when it dies we are paged, and"
        " everything behind it waits for us to wake up.",
        weeks="6",
        steps=(
            "Gateways beside it, in one zone",
            "Move the batch VPC",
            "Move the other two, a zone at a time",
            "Switch it off for a week, then delete it",
        ),
        toil=("pages from nat-1", "6"),
        removes="the NAT instance and its failover script",
        scores={
            "mia": {"security": 1, "availability": 3, "scalability": 1, "cost": 1},
            "ana": {"availability": 3, "scalability": 2, "cost": 1},
            "ben": {"security": 1, "availability": 2, "scalability": 1, "efficiency": 1},
            "dev": {"availability": 3, "performance": 1, "scalability": 1, "cost": 1},
        },
        reactions={"+1": ("mia", "ana", "eli"), "green_heart": ("eli", "gus")},
    ),
    Idea(
        title="Rotate every long-lived key",
        by="ana",
        summary="Forty-one keys are older than a year, and nobody knows all the places where they"
        " are used. After this none lives longer than a day.",
        weeks="5",
        steps=("List them", "Short-lived ones for CI", "Then for the services", "Alarm on age"),
        scores={
            "mia": {"security": 3, "efficiency": -1},
            "ana": {"security": 3},
            "chloe": {"security": 3, "availability": 1},
            "fatima": {"security": 3},
        },
        reactions={"+1": ("fatima", "gus"), "lock": ("dev",)},
    ),
    Idea(
        title="Move images to the CDN",
        by="ben",
        summary="Every avatar is served by the app hosts. A third of our egress, and the slowest"
        " part of the inbox, for files that never change.",
        weeks="4",
        steps=("New uploads first", "Backfill at night", "Drop the old route"),
        scores={
            "ben": {"performance": 3, "scalability": 2, "cost": 2},
            "dev": {"availability": 1, "performance": 2, "scalability": 2, "cost": 1},
            "eli": {"performance": 3, "scalability": 1, "cost": 2, "efficiency": 1},
        },
        reactions={"+1": ("ben", "chloe"), "zap": ("gus",)},
    ),
    Idea(
        title="Right-size the worker fleet",
        by="chloe",
        summary="The workers run at eleven percent CPU. Smaller hosts and a scaling policy that"
        " follows the queue would pay for two of us.",
        weeks="2",
        scores={
            "chloe": {"availability": -1, "cost": 3, "efficiency": 1},
            "gus": {"cost": 3, "efficiency": 2},
            "mia": {"performance": -1, "cost": 2, "efficiency": 2},
        },
        reactions={"moneybag": ("dev", "eli")},
    ),
    Idea(
        title="Drain hosts before every deploy",
        by="dev",
        summary="A deploy still cuts a handful of requests on each host. Draining them first makes"
        " shipping something that nobody notices.",
        weeks="3",
        scores={
            "dev": {"availability": 2, "efficiency": 2},
            "eli": {"availability": 1, "efficiency": 2},
            "ana": {"availability": 2, "efficiency": 1},
        },
        reactions={"+1": ("mia", "chloe", "fatima")},
    ),
    Idea(
        title="Restore drills with one command",
        by="eli",
        summary="We back up everything and restore nothing. A weekly drill into a scratch account"
        " would tell us that the backups are real.",
        weeks="5",
        steps=("The main database", "Search", "A report when a drill fails"),
        scores={
            "eli": {"security": 1, "availability": 3, "efficiency": 1},
            "mia": {"availability": 2},
            "fatima": {"security": 1, "availability": 2},
            "ben": {"availability": 1},
        },
        reactions={"+1": ("ana", "dev")},
    ),
    Idea(
        title="Shard the sessions table",
        by="fatima",
        summary="One writer holds all the sessions. At the growth of this year it is full in"
        " March, and there is no bigger machine to buy.",
        weeks="14",
        steps=("Route by shard key", "Double-write", "Move readers", "Move writers, one by one"),
        scores={
            "fatima": {"availability": 2, "performance": 1, "scalability": 3},
            "ana": {"availability": 1, "scalability": 3},
            "gus": {"availability": -1, "performance": 1, "scalability": 3, "cost": -1},
        },
        reactions={"+1": ("fatima",), "chart_with_upwards_trend": ("eli",)},
    ),
    Idea(
        title="Turn off TLS between services",
        by="gus",
        summary="It costs us nine percent of CPU on the busiest hosts, and all of it is inside our"
        " own network anyway.",
        weeks="0.5",
        scores={
            "gus": {"performance": 2, "cost": 1},
            "ana": {"security": -3, "performance": 1, "cost": 1},
            "fatima": {"security": -3, "performance": 2, "cost": 1, "efficiency": 1},
            "mia": {"security": -2, "cost": 1},
        },
        reactions={"+1": ("gus",)},
    ),
    Idea(
        title="Page on symptoms, not on machines",
        by="mia",
        summary="Two pages in three are about a host that nobody missed. Page when customers are"
        " hurt, and let autoscaling bury the dead.",
        weeks="4",
        steps=(
            "Symptom alerts beside the old ones",
            "Compare for two weeks",
            "Delete the old ones",
        ),
        toil=("pages about single hosts", "22"),
        scores={
            "mia": {"availability": 2, "efficiency": 3},
            "dev": {"availability": 1, "efficiency": 3},
            "chloe": {"availability": 1, "efficiency": 2},
            "eli": {"availability": -2, "efficiency": 2},
        },
        reactions={"+1": ("ana", "ben", "dev", "eli")},
    ),
    Idea(
        title="A hosted queue instead of our own",
        by="ben",
        summary="We patch, resize and restart a queue that a provider would run for less than one"
        " of its hosts costs.",
        weeks="16",
        removes="three queue hosts",
        scores={
            "ben": {"availability": 2, "scalability": 2, "cost": 1, "efficiency": 2},
            "fatima": {"availability": 1, "scalability": 2, "efficiency": 2},
            "gus": {"performance": -1, "scalability": 1, "cost": -2, "efficiency": 2},
        },
        reactions={"+1": ("ben",), "gear": ("mia", "chloe")},
    ),
    Idea(
        title="Hardware keys for the bastion",
        by="ana",
        summary="A stolen laptop and a guessed password are still enough to reach production.",
        weeks="3",
        adds="an enrolment page",
        scores={
            "ana": {"security": 3},
            "ben": {"security": 2, "efficiency": -1},
            "dev": {"security": 3},
        },
        reactions={"+1": ("mia", "fatima"), "lock": ("gus",)},
    ),
    Idea(
        title="Cache dependency downloads in CI",
        by="chloe",
        summary="Every build fetches the same four hundred packages. Builds would be two minutes"
        " faster, and a registry's bad day would not be ours.",
        weeks="2",
        scores={
            "chloe": {"availability": 1, "performance": 1, "efficiency": 2},
            "eli": {"availability": 1, "efficiency": 3},
            "gus": {"efficiency": 2, "cost": 1},
        },
        reactions={"+1": ("dev",)},
    ),
    Idea(
        title="Rename the build jobs",
        by="eli",
        summary="Their names come from a product that we no longer sell, and newcomers ask.",
        weeks="1",
        scores={"eli": {"efficiency": 1}, "ben": {}, "mia": {}},
    ),
    Idea(
        title="Move the cron jobs into the scheduler",
        by="gus",
        summary="Sixty jobs live in the crontab of one host. When it goes, so do they, and no one"
        " is told.",
        weeks="4",
        removes="the cron host",
        scores={"gus": {"availability": 3, "efficiency": 1}},
        reactions={"+1": ("chloe",), "green_heart": ("ana",)},
    ),
)

FIRE = ("fatima", "security", "a build token was pushed to a public repository")
