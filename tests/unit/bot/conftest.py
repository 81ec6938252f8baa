"""Golden files: what a view is, kept beside its test and read by people when it changes.

And a team: the listeners on a store, with people who act.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slack_sandbox.server import Sandbox
from storage.database import open_database
from storage.tables import AccountType
from tests.support.inbox import an_inbox
from tests.support.team import Team, a_sandbox
from tests.support.user_actions import at_work_on

FOLDER = Path(__file__).parent / "views" / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden",
        action="store_true",
        help="write tests/unit/bot/views/golden/* anew, to be read before they are committed",
    )


@pytest.fixture
def is_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Whether that text is the one in the file of that name."""
    # With all of tests/ collected, this file is read too late for the option to be known.
    write = request.config.getoption("write_golden", default=False)

    def check(name: str, text: str) -> None:
        file = FOLDER / name
        if write:
            file.write_text(text, encoding="utf-8")
        assert file.is_file(), "unknown: pytest tests/unit/bot --write-golden makes it"
        assert text == file.read_text(encoding="utf-8")

    return check


@pytest.fixture(scope="session")
def slack() -> Iterator[Sandbox]:
    """Who the bot is, and who a stranger is: the rest is told by hand."""
    with a_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def team(slack: Sandbox, store_file: Path) -> Iterator[Team]:
    """A board without stewards, of the members U1 and U2 and the guest UGUEST."""
    with a_team(slack, store_file) as team:
        yield team


@pytest.fixture(scope="module")
def crowded(
    slack: Sandbox, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Team]:
    """A team at work, for the many tests of a module: see `at_work`."""
    folder = tmp_path_factory.mktemp("crowded")
    with a_team(slack, Path(shutil.copy(empty, folder))) as team:
        at_work_on(team)
        yield team


@pytest.fixture
def at_work(crowded: Team) -> Iterator[Team]:
    """As `acts.at_work_on` says; whatever a test changes is undone."""
    before = crowded.everything()
    yield crowded
    crowded.begins_again(before)


@contextmanager
def a_team(slack: Sandbox, store: Path) -> Iterator[Team]:
    database = open_database(f"sqlite:///{store}")
    with an_inbox() as inbox:
        team = Team(store, database, slack, inbox)
        team.channel.meets("U1", "U2")
        team.channel.meets("UGUEST", kind=AccountType.GUEST)
        yield team
    database.close()
