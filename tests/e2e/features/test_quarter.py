"""Two quarters of a team: commit, changes, retrospective, and carry-over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.reconciler.intervals import Intervals
from bot.service.scheduler import enqueue_due_posts
from domain.projects.lifecycle import Status
from slack_sandbox.client.client import Message, SandboxClient
from slack_sandbox.server import Sandbox
from storage.boards import boards
from storage.database import Database
from storage.locks import STORE
from storage.projects import projects
from tests.support.bot_driver import FakeClock, running_bot
from tests.support.bot_process import SandboxPeople
from tests.support.modal_input import project_values
from tests.support.slack_steps import propose, score
from tests.support.wait import wait_until

SUMMER = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)  # a Wednesday, the first day of the quarter
LAST_FRIDAY = datetime(2026, 9, 25, 9, 30, tzinfo=UTC)
AUTUMN = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


class Quarters:
    """A running bot with a board, in any quarter."""

    def __init__(self, database: Database, time: FakeClock) -> None:
        self.database = database
        self._time = time

    def comes(self, moment: datetime) -> None:
        """Set the time and queue what is due."""
        self._time.set_time(moment)
        enqueue_due_posts(self.database, moment)

    def becomes(self, number: int, status: Status, reason: str = "", into: int = 0) -> None:
        """Set a project's status, as its card's menu does."""
        with self.database.transaction(STORE) as session:
            [board] = boards.list_all(session)
            target = projects.find(session, board.id, into)
            project = projects.find(session, board.id, number)
            assert project is not None
            projects.set_status(
                session,
                project.id,
                status,
                by=project.proposer,
                now=self._time(),
                reason=reason,
                into=target.id if target else None,
            )


@pytest.fixture
def quarters(sandbox: Sandbox, store_file: Path, intervals: Intervals) -> Iterator[Quarters]:
    time = FakeClock(SUMMER)
    settings = {"time_zone": "UTC", "people": "1", "quorum": "1"}
    with running_bot(sandbox, store_file.parent, time, intervals, settings) as database:
        yield Quarters(database, time)


@pytest.fixture
def three_projects(quarters: Quarters, team: SandboxPeople) -> Quarters:
    """Three projects, ranked in this order. The third doesn't fit: 1 person × 13.2 weeks × 82 % is
    10.5.
    """
    ideas = {
        "Retire the NAT box": ({"availability": 3}, {"effort_weeks": "6", "steps": "One\nTwo"}),
        "Rotate every key": (
            {"security": 2},
            {"effort_weeks": "4", "software_removed": "the key server", "toil_per_month": "6"},
        ),
        "Resize the workers": ({"cost": 3}, {"effort_weeks": "3", "software_added": "a scaler"}),
    }
    for title, (impacts, fields) in ideas.items():
        score(team, "mia", propose(team, "ana", title, **fields), **impacts)
    return quarters


def commits(team: SandboxPeople, **fields: list[int]) -> str:
    """Commit as Mia to projects by number, and return the form's last text."""
    team.mia.types("/roadmap commit")
    values = project_values(team.mia.sees_modal("Commit Q").raw)
    team.mia.submits(
        **{name: [values[number] for number in chosen] for name, chosen in fields.items()}
    )
    message = team.mia.sees_modal("Committed").visible_text
    team.mia.closes()
    return message


def modal_says(team: SandboxPeople, text: str) -> None:
    """Wait until Mia's modal shows this text."""
    wait_until(lambda: text in team.mia.sees_modal("").visible_text, within=10)


def roadmap_of(team: SandboxPeople, quarter: str, *texts: str) -> Message:
    def shows(message: Message) -> bool:
        about = message.visible_text.startswith(f"Roadmap for #ops · {quarter}")
        return (
            about and not message.ephemeral and all(text in message.visible_text for text in texts)
        )

    return team.ben.sees(shows)


@pytest.mark.usefixtures("three_projects")
def test_commit__is_made_once_and_shown_on_roadmap(team: SandboxPeople) -> None:
    team.mia.types("/roadmap post")
    posted = roadmap_of(team, "Q3 2026", "Not committed. This is")
    assert "1 person × 13.2 weeks × 82 % planned = 10.5 engineer-weeks" in posted.visible_text
    team.ben.types("/roadmap commit")
    team.ben.sees("Only stewards, who change this board's settings, can do that. Ask @mia.")
    team.mia.types("/roadmap commit")
    form = team.mia.sees_modal("Commit Q3 2026")
    assert "Capacity 10.5 · committed 10 · free 0.5" in form.visible_text
    team.mia.submits()
    assert "2 projects, 10 engineer-weeks" in team.mia.sees_modal("Committed").visible_text
    team.mia.closes()
    shown = roadmap_of(team, "Q3 2026", "Committed by @mia on 1 Jul.")
    assert shown.ts == posted.ts
    assert "Capacity 10.5 · committed 10 · free 0.5" in shown.visible_text
    assert "#3 Resize the workers" in shown.visible_text.partition("Below the line")[2]
    software = "no change yet. When all projects have shipped: 1 project removes software."
    assert software in shown.visible_text
    team.mia.types("/roadmap commit")
    team.mia.sees("@mia already committed the Q3 2026 roadmap. To add or remove projects")
    team.ana.types("/roadmap plan")
    team.ana.sees(lambda m: m.ephemeral and "Committed by @mia" in m.visible_text)


@pytest.mark.parametrize(
    ("refusals", "has_chart", "has_table"),
    [(0, True, True), (1, False, True), (2, False, False)],
)
@pytest.mark.usefixtures("three_projects")
def test_slack_refuses_chart__roadmap_is_posted_in_simpler_form(
    team: SandboxPeople,
    slack: SandboxClient,
    refusals: int,
    has_chart: bool,  # noqa: FBT001 - a column of the table
    has_table: bool,  # noqa: FBT001 - a column of the table
) -> None:
    if refusals:
        slack.inject_fault("chat.postMessage", error="invalid_blocks", times=refusals)
    team.mia.types("/roadmap post")
    posted = roadmap_of(team, "Q3 2026", "Not committed. This is")
    block_types = [block["type"] for block in posted.raw.get("blocks", [])]
    assert ("data_visualization" in block_types, "table" in block_types) == (has_chart, has_table)
    assert "#1 Retire the NAT box" in posted.visible_text


def test_slack_always_refuses_blocks__roadmap_is_posted_once(
    three_projects: Quarters, team: SandboxPeople, slack: SandboxClient
) -> None:
    slack.inject_fault("chat.postMessage", error="invalid_blocks", times=2)
    slack.inject_fault("chat.update", error="invalid_blocks", times=2)
    team.mia.types("/roadmap post")
    posted = roadmap_of(team, "Q3 2026", "Not committed. This is")
    commits(team)
    assert roadmap_of(team, "Q3 2026", "Committed by").ts == posted.ts
    three_projects.becomes(1, Status.STARTED)
    assert roadmap_of(team, "Q3 2026", "started").ts == posted.ts
    assert len(slack.api_calls("chat.update")) < 30  # A refused block doesn't make it loop.


@pytest.mark.usefixtures("three_projects")
def test_commit_to_undo__is_told_step_by_step(team: SandboxPeople) -> None:
    team.mia.types("/roadmap commit")
    form = team.mia.sees_modal("Commit Q3 2026")
    values = project_values(form.raw)
    team.mia.presses_in_modal("planned-0", [values[1]])
    modal_says(team, "Capacity 10.5 · committed 6 · free 4.5")
    assert "Capacity 10.5 · committed 10 · free 0.5" in form.visible_text
    team.mia.submits(**{"planned-0": [values[1], values[2]]})
    team.mia.sees_modal("Committed")
    team.mia.presses_in_modal("Post it to #ops")
    modal_says(team, "I'll post the Q3 2026 roadmap")
    posted = roadmap_of(team, "Q3 2026", "Committed by @mia")
    team.mia.presses_in_modal("Undo commit")
    team.mia.sees_modal("Undone")
    team.mia.closes()
    undone = roadmap_of(team, "Q3 2026", "On 1 Jul, @mia undid the commit.")
    assert undone.ts == posted.ts
    assert "Not committed. This is" in undone.visible_text
    team.mia.types("/roadmap commit")
    team.mia.sees_modal("Commit Q3 2026")
    team.mia.submits()
    team.mia.sees_modal("Committed")
    team.mia.presses_in_modal("Announce it")
    told = team.ben.sees("@mia committed the Q3 2026 roadmap: 2 projects.")
    assert (told.raw["thread_ts"], told.raw["subtype"]) == (posted.ts, "thread_broadcast")
    team.mia.closes()
    team.mia.types("/roadmap change")
    team.mia.sees_modal("Change Q3 2026")
    team.mia.submits(taken_in=[values[3]], taken_out=[values[2]], reason="fire in cost")
    reply = team.ben.sees_in_thread("@mia changed the Q3 2026 roadmap.", posted)
    assert "In: #3 Resize the workers" in reply.visible_text
    assert "Out: #2 Rotate every key" in reply.visible_text
    assert "Why: fire in cost" in reply.visible_text


@pytest.mark.usefixtures("three_projects")
def test_steward_changes_selection__commits_to_it(team: SandboxPeople) -> None:
    assert "2 projects, 7 engineer-weeks" in commits(team, **{"planned-0": [2], "others": [3]})
    team.mia.types("/roadmap post")
    rows = roadmap_of(team, "Q3 2026").visible_text
    assert "2 | #2 Rotate every key" in rows
    assert "3 | #3 Resize the workers" in rows
    assert "1 | #1 Retire" not in rows


def test_change_after_commit__is_posted_with_its_reason(
    three_projects: Quarters, team: SandboxPeople
) -> None:
    team.mia.types("/roadmap change")
    team.mia.sees("The Q3 2026 roadmap isn't committed.")
    commits(team)
    team.mia.types("/roadmap post")
    posted = roadmap_of(team, "Q3 2026", "Committed by @mia")
    team.mia.types("/roadmap change")
    values = project_values(team.mia.sees_modal("Change Q3 2026").raw)
    team.mia.submits(reason="fire in cost")
    assert team.mia.sees_modal("Change").errors == {
        "taken_in": "Choose a project to add or remove."
    }
    team.mia.presses_in_modal("taken_in", [values[3]])
    modal_says(team, "Capacity 10.5 · committed 13 · 2.5 over capacity")
    team.mia.presses_in_modal("taken_out", [values[2]])
    modal_says(team, "Capacity 10.5 · committed 9 · free 1.5")
    team.mia.submits(taken_in=[values[3]], taken_out=[values[2]], reason="fire in cost")
    team.mia.sees_modal("Changed")
    team.mia.closes()
    shown = roadmap_of(team, "Q3 2026", "#3 in, #2 out: fire in cost (1 Jul, @mia)")
    assert shown.ts == posted.ts
    assert "3 | #3 Resize the workers" in shown.visible_text
    three_projects.becomes(1, Status.DROPPED, "the provider did it")
    roadmap_of(team, "Q3 2026", "the provider did it")
    three_projects.becomes(3, Status.SHIPPED)
    roadmap_of(
        team, "Q3 2026", "committed 9 · free 1.5", "Software you run: 1 project adds software."
    )


def test_unfinished_project__is_carried_over_and_uses_capacity(
    three_projects: Quarters, team: SandboxPeople
) -> None:
    commits(team)
    three_projects.becomes(2, Status.SHIPPED)
    three_projects.becomes(1, Status.STARTED)
    team.mia.types("/roadmap plan next")
    plan = team.mia.sees("Current plan for Q4 2026")
    assert "Capacity 10.5 · planned 9 (6 carried over) · free 1.5" in plan.visible_text
    assert "6 weeks · carried over" in plan.visible_text
    assert plan.visible_text.count("#1 Retire the NAT box") == 1  # It isn't planned a second time.
    team.mia.types("/roadmap commit next")
    team.mia.sees_modal("Commit Q4 2026")
    team.mia.submits()
    assert "2 projects, 9 engineer-weeks" in team.mia.sees_modal("Committed").visible_text
    team.mia.types("/roadmap plan next")
    team.mia.sees(
        lambda m: (
            "Committed by" in m.visible_text
            and "carried over" in m.visible_text
            and "#3 Resize" in m.visible_text
        )
    )


def test_quarter_ends__posts_one_retrospective(
    three_projects: Quarters, team: SandboxPeople
) -> None:
    """It's due in the week before the next roadmap's week, so that no week has more than two
    messages.
    """
    commits(team)
    three_projects.comes(LAST_FRIDAY - timedelta(minutes=1))
    three_projects.becomes(2, Status.SHIPPED)
    three_projects.becomes(3, Status.SHIPPED)
    assert not [m for m in team.ben.messages() if m.visible_text.startswith("Retrospective")]
    three_projects.comes(LAST_FRIDAY)
    message = team.ben.sees("Retrospective for #ops · Q3 2026")
    for text in (
        "Committed  1 of 2 projects shipped, 4 of 10 engineer-weeks",
        "Toil removed  about 6 occurrences a month",
        "Software you run  1 project adds software, 1 project removes software",
        "− the key server (#2)",
        "+ a scaler (#3)",
        "Shipped outside the roadmap",
        "#3 Resize the workers",
        "Still open (carried over)",
    ):
        assert text in message.visible_text
    three_projects.comes(AUTUMN - timedelta(days=2))
    three_projects.becomes(1, Status.SHIPPED)  # in the last days
    team.ben.sees(lambda m: m.ts == message.ts and "2 of 2 projects shipped" in m.visible_text)
    three_projects.comes(AUTUMN)
    roadmap_of(team, "Q4 2026", "Nothing is ranked yet. No project is open.")
    posts = [
        m.visible_text for m in team.ben.messages() if m.visible_text.startswith("Retrospective")
    ]
    assert len(posts) == 1
    team.dev.types("/roadmap retro last")
    team.dev.sees(lambda m: m.ephemeral and "2 of 2 projects shipped" in m.visible_text)
