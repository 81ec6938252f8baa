"""The demo's projects: what people propose in two quarters, and how they score it."""

from dataclasses import dataclass, field

from bot.demo.calendar import CURRENT_QUARTER_START


@dataclass(frozen=True)
class Idea:
    """A project of the demo: `scores` by person, `reactions` by emoji.

    An impact of None is no opinion.

    `proposed`, `started`, `ticked`, and `shipped` are weeks of the demo's calendar.
    """

    title: str
    by: str
    summary: str
    weeks: str
    scores: dict[str, dict[str, int | None]]
    reactions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    owner: str = ""
    link: str = ""
    steps: tuple[str, ...] = ()
    toil: tuple[str, str] = ("", "")  # source, times per month
    removes: str = ""
    adds: str = ""
    from_ledger: bool = False  # proposed with the button next to recurring toil in the ledger
    proposed: int = 0
    started: int | None = None
    ticked: tuple[int, ...] = ()  # the week in which each step is done
    shipped: int | None = None

    @property
    def doer(self) -> str:
        """Return who starts the project, ticks its steps, and ships it."""
        return self.owner or self.by


IDEAS = (
    Idea(
        title="Retire the last NAT box",
        by="mia",
        summary="One NAT instance still serves three VPCs. When it dies, we get paged, and"
        " everything behind it is down until someone wakes up.",
        weeks="6",
        steps=(
            "Add NAT gateways in one zone",
            "Move the batch VPC",
            "Move the other two VPCs, one zone at a time",
            "Turn the box off for a week, then delete it",
        ),
        toil=("nat-1", "9"),
        removes="the NAT instance and its failover script",
        owner="ben",
        link="https://tracker.example.com/browse/PLAT-412",
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
        summary="Forty-one keys are over a year old, and nobody knows everywhere they're used."
        " Afterward, no key will live longer than a day.",
        weeks="5",
        steps=(
            "Find every key",
            "Issue short-lived keys to CI",
            "Issue them to the services",
            "Alert on old keys",
        ),
        owner="ana",
        scores={
            "mia": {"security": 3, "efficiency": -1},
            "ana": {"security": 3},
            "chloe": {"security": 3, "availability": 1, "performance": None},
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
        summary="The app hosts serve every avatar. That's a third of our egress and the slowest"
        " part of the inbox, for files that never change.",
        weeks="4",
        steps=("Send new uploads to the CDN", "Copy old images at night", "Remove the old route"),
        owner="dev",
        link="https://tracker.example.com/browse/PLAT-398",
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
        summary="The workers run at 11% CPU. Smaller hosts that scale with the queue would save"
        " enough to pay for two engineers.",
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
        summary="Each deploy still drops a few requests per host. If we drain hosts first, nobody"
        " notices a deploy.",
        weeks="3",
        owner="dev",
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
        title="Run restore drills with one command",
        by="eli",
        summary="We back up everything and never restore anything. A weekly drill in a scratch"
        " account would prove that our backups work.",
        weeks="5",
        steps=("Restore the main database", "Restore search", "Report failed drills"),
        owner="eli",
        link="https://tracker.example.com/browse/PLAT-431",
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
        summary="One writer holds all sessions. At this year's growth it fills up in March, and"
        " there's no bigger machine to buy.",
        weeks="14",
        steps=(
            "Route by shard key",
            "Write to both",
            "Move the readers",
            "Move the writers one by one",
        ),
        owner="fatima",
        link="https://docs.example.com/sharding-plan",
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
        summary="TLS takes 9% of the CPU on our busiest hosts, and the traffic never leaves our"
        " network.",
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
        title="Replace our queue with a hosted one",
        by="ben",
        summary="We patch, resize, and restart our own queue. A provider would run it for less than"
        " the price of one of its hosts.",
        weeks="16",
        removes="three queue hosts",
        owner="ben",
        scores={
            "ben": {"availability": 2, "scalability": 2, "cost": 1, "efficiency": 2},
            "fatima": {"availability": 1, "scalability": 2, "efficiency": 2},
            "gus": {"performance": -1, "scalability": 1, "cost": -2, "efficiency": 2},
        },
        reactions={"+1": ("ben",), "gear": ("mia", "chloe")},
    ),
    Idea(
        title="Require hardware keys for the bastion",
        by="ana",
        summary="Today, a stolen laptop and a guessed password are enough to reach production.",
        weeks="3",
        adds="an enrollment page",
        owner="ana",
        link="https://tracker.example.com/browse/SEC-77",
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
        summary="They're named after a product we no longer sell, which confuses new engineers.",
        weeks="1",
        scores={"eli": {"efficiency": 1}, "ben": {}, "mia": {}},
        proposed=1,
    ),
    Idea(
        title="Cache dependency downloads in CI",
        by="chloe",
        summary="Every build downloads the same 400 packages. With a cache, builds are two minutes"
        " faster, and a registry outage doesn't stop us.",
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
        summary="Two out of three pages are about a host that nobody missed. Page only when"
        " customers are affected, and let autoscaling replace dead hosts.",
        weeks="4",
        steps=(
            "Add symptom alerts next to the old alerts",
            "Compare them for two weeks",
            "Delete the old alerts",
        ),
        toil=("worker hosts", "14"),
        owner="mia",
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
        summary="Our builds stall whenever the public registry is slow. A mirror of the packages"
        " we use would keep them going.",
        weeks="3",
        adds="a package mirror",
        scores={"gus": {"availability": 2, "efficiency": 1}, "ben": {"efficiency": 2}},
        reactions={"+1": ("ben", "dev")},
        proposed=9,
    ),
    Idea(
        title="Warn before certificates expire",
        by="dev",
        summary="Twice this year, a certificate expired on a Sunday. Warn us three weeks ahead, and"
        " renew automatically where possible.",
        weeks="1.5",
        owner="dev",
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
        title="Roll back with one command",
        by="chloe",
        summary="A rollback takes four steps, two consoles, and steady nerves. With one command,"
        " nobody is afraid to deploy on a Friday.",
        weeks="2",
        steps=(
            "Record the last good build",
            "Write the command",
            "Show it in the deploy message",
        ),
        owner="chloe",
        link="https://github.com/example/deploy/pull/218",
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
        title="Run batch jobs on spot instances",
        by="gus",
        summary="Batch jobs can be interrupted at any time, and they're a fifth of what we pay for"
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
        title="Self-service for common access requests",
        by="dev",
        summary="Most requests are for the same nine groups. Team leads could grant access"
        " themselves, for a week at a time, with an audit log.",
        weeks="4",
        steps=(
            "Start with the three most requested groups",
            "Let access expire",
            "Add the other six groups",
        ),
        toil=("access requests", "60"),
        owner="dev",
        scores={
            "dev": {"security": 1, "efficiency": 3},
            "ana": {"security": 2, "efficiency": 2},
            "ben": {"efficiency": 3},
            "fatima": {"security": -1, "efficiency": 3},
        },
        reactions={"+1": ("chloe", "eli", "gus", "mia"), "gear": ("chloe",)},
        from_ledger=True,
        proposed=CURRENT_QUARTER_START + 2,
    ),
    Idea(
        title="Move the cron jobs into the scheduler",
        by="gus",
        summary="Sixty jobs run from one host's crontab. If that host dies, they stop, and nobody"
        " is alerted.",
        weeks="4",
        removes="the cron host",
        scores={"gus": {"availability": 3, "efficiency": 1}},
        reactions={"+1": ("chloe",), "green_heart": ("ana",)},
        proposed=CURRENT_QUARTER_START + 2,
    ),
)
