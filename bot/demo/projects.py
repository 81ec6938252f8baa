"""The demo's projects: what people propose in two quarters, and how they score it."""

from dataclasses import dataclass, field

from bot.demo.calendar import CURRENT_QUARTER_START


@dataclass(frozen=True)
class Idea:
    """A project of the demo: `scores` by person, `reactions` by emoji.

    `proposed`, `started`, `ticked` and `shipped` are weeks of the demo's calendar.
    """

    title: str
    by: str
    summary: str
    weeks: str
    scores: dict[str, dict[str, int]]
    reactions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    toil: tuple[str, str] = ("", "")  # source, times per month
    removes: str = ""
    adds: str = ""
    from_digest: bool = False  # with the button beside recurring toil
    proposed: int = 0
    started: int | None = None
    ticked: tuple[int, ...] = ()  # the week in which each step is done
    shipped: int | None = None


IDEAS = (
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
        toil=("nat-1", "9"),
        removes="the NAT instance and its failover script",
        scores={
            "mia": {"security": 1, "availability": 3, "scalability": 1, "cost": 1},
            "ana": {"availability": 3, "scalability": 2, "cost": 1},
            "ben": {"security": 1, "availability": 2, "scalability": 1, "efficiency": 1},
            "dev": {"availability": 3, "performance": 1, "scalability": 1, "cost": 1},
        },
        reactions={"+1": ("mia", "ana", "eli"), "green_heart": ("eli", "gus")},
        started=1,
        ticked=(2, 3, 5, 6),
        shipped=6,
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
        started=4,
        ticked=(5, 7, 9, 10),
        shipped=10,
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
        started=2,
        ticked=(3, 6, 8),
        shipped=8,
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
        started=1,
        shipped=3,
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
        started=8,
        shipped=11,
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
        started=10,
        ticked=(12, CURRENT_QUARTER_START + 2),
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
        started=CURRENT_QUARTER_START + 1,
        ticked=(CURRENT_QUARTER_START + 4,),
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
        proposed=1,
    ),
    Idea(
        title="Rename the build jobs",
        by="eli",
        summary="Their names come from a product that we no longer sell, and newcomers ask.",
        weeks="1",
        scores={"eli": {"efficiency": 1}, "ben": {}, "mia": {}},
        proposed=1,
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
        proposed=5,
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
        toil=("worker hosts", "14"),
        scores={
            "mia": {"availability": 2, "efficiency": 3},
            "dev": {"availability": 1, "efficiency": 3},
            "chloe": {"availability": 1, "efficiency": 2},
            "eli": {"availability": -2, "efficiency": 2},
        },
        reactions={"+1": ("ana", "ben", "dev", "eli")},
        proposed=7,
        started=9,
        ticked=(11, CURRENT_QUARTER_START + 2),
    ),
    Idea(
        title="Mirror the package registry for builds",
        by="gus",
        summary="Our builds stop whenever the public registry is slow. A mirror of what we use"
        " would keep them going.",
        weeks="3",
        adds="a mirror to patch",
        scores={"gus": {"availability": 2, "efficiency": 1}, "ben": {"efficiency": 2}},
        reactions={"+1": ("ben", "dev")},
        proposed=9,
    ),
    Idea(
        title="Warn before a certificate runs out",
        by="dev",
        summary="Twice this year a certificate ran out on a Sunday. A warning three weeks before,"
        " and renewal by itself where that can be.",
        weeks="1.5",
        scores={
            "dev": {"security": 1, "availability": 2, "efficiency": 1},
            "fatima": {"security": 1, "availability": 2},
            "chloe": {"availability": 2, "efficiency": 1},
        },
        reactions={"+1": ("ana", "eli"), "green_heart": ("mia",)},
        proposed=12,
        started=CURRENT_QUARTER_START,
        shipped=CURRENT_QUARTER_START + 3,
    ),
    Idea(
        title="One command to roll back",
        by="chloe",
        summary="Rolling back takes four steps, two consoles and a calm hand. Make it one command,"
        " and nobody is afraid to deploy on a Friday.",
        weeks="2",
        steps=("Remember the last good build", "The command", "Offer it in the deploy's message"),
        scores={
            "chloe": {"availability": 2, "efficiency": 2},
            "ana": {"availability": 3, "efficiency": 1},
            "gus": {"availability": 1, "efficiency": 3},
            "mia": {"availability": 2, "efficiency": 2},
        },
        reactions={"+1": ("ben", "dev", "eli", "gus")},
        proposed=CURRENT_QUARTER_START - 1,
        started=CURRENT_QUARTER_START + 1,
        ticked=(CURRENT_QUARTER_START + 2,),
    ),
    Idea(
        title="Spot hosts for the batch jobs",
        by="gus",
        summary="Nothing in batch minds being interrupted, and it is a fifth of what we pay for"
        " hosts.",
        weeks="3",
        scores={
            "gus": {"cost": 3, "efficiency": -1},
            "ben": {"availability": -1, "cost": 3},
            "eli": {"cost": 2, "scalability": 1},
        },
        reactions={"moneybag": ("chloe", "ana")},
        proposed=CURRENT_QUARTER_START + 1,
    ),
    Idea(
        title="Everyday access without asking us",
        by="dev",
        summary="Most requests are for the same nine groups. Whoever leads a team can grant those"
        " themselves, for a week at a time, and it is written down.",
        weeks="4",
        steps=("The three groups asked for most", "Access ends by itself", "The other six"),
        toil=("access requests", "60"),
        scores={
            "dev": {"security": 1, "efficiency": 3},
            "ana": {"security": 2, "efficiency": 2},
            "ben": {"efficiency": 3},
            "fatima": {"security": -1, "efficiency": 3},
        },
        reactions={"+1": ("chloe", "eli", "gus", "mia"), "gear": ("chloe",)},
        from_digest=True,
        proposed=CURRENT_QUARTER_START + 2,
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
        proposed=CURRENT_QUARTER_START + 2,
    ),
)
