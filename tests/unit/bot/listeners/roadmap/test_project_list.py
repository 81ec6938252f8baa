"""`/roadmap list`."""

import pytest

from domain.projects.lifecycle import Status
from storage.locks import STORE
from storage.projects import projects
from tests.support.channel import NOW, PROPOSAL
from tests.support.listener_harness import ListenerHarness

STATUSES = (Status.OPEN, Status.STARTED, Status.SHIPPED, Status.DECLINED)


@pytest.fixture
def four(team: ListenerHarness) -> ListenerHarness:
    """A board with a project of U1's in each status of STATUSES: #1 is open, #2 started, …"""
    for number, status in enumerate(STATUSES, start=1):
        title = f"{status.capitalize()} work on the NAT box"
        team.channel.proposes(f"origin {number}", PROPOSAL.model_copy(update={"title": title}))
        if status is not Status.OPEN:
            team.channel.changes_status(number, status)
    return team


def listed(reply: str) -> list[str]:
    """Return the numbers of the projects in a reply."""
    return [line.split()[0] for line in reply.splitlines() if line.startswith("#")]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", {"#1", "#2", "#3", "#4"}),
        ("open", {"#1", "#2"}),
        ("Shipped", {"#3"}),
        ("closed", {"#4"}),
        ("mine", {"#1", "#2", "#3", "#4"}),
        ("nat STARTED", {"#2"}),
        ("open nat box", {"#1", "#2"}),
    ],
)
def test_filter_and_words__choose_projects(
    four: ListenerHarness, typed: str, numbers: set[str]
) -> None:
    assert set(listed(four.types("U1", f"/roadmap list {typed}"))) == numbers


def test_projects_of_others__are_not_mine(four: ListenerHarness) -> None:
    assert "You have no projects here." in four.types("UGUEST", "/roadmap list mine")


def test_owned_project__is_mine(four: ListenerHarness) -> None:
    four.channel.adds_people("U3")
    with four.database.transaction(STORE) as session:
        number_two = four.channel.project(2)
        projects.set_owner(session, number_two.id, "U3", by="U1", now=NOW)
    assert listed(four.types("U3", "/roadmap list mine")) == ["#2"]
    assert "Owner <@U3>" in four.types("U1", "/roadmap list started")


def test_open_projects__come_first(four: ListenerHarness) -> None:
    assert set(listed(four.types("U1", "/roadmap list"))[:2]) == {"#1", "#2"}


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ("", "Nothing is proposed yet. Propose the first project with `/propose`."),
        ("shipped", "Nothing has shipped yet. `/roadmap list open` shows open projects."),
        (
            "closed",
            "No project has been declined, dropped, merged or handed off. `/roadmap list` shows"
            " all projects.",
        ),
        ("mine", "You have no projects here. Propose one with `/propose`."),
        (
            "shiped",
            "No project has “shiped” in its title. Did you mean `/roadmap list shipped`?",
        ),
        (
            "open <!here>",
            "No open project has “&lt;!here&gt;” in its title. `/roadmap list` shows all projects.",
        ),
        (
            "mine nat",
            "None of your projects has “nat” in its title. `/roadmap list` shows all projects.",
        ),
    ],
)
def test_no_match__says_what_to_do_next(team: ListenerHarness, typed: str, reply: str) -> None:
    assert team.types("U1", f"/roadmap list {typed}") == reply
