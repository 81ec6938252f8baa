"""What every kind of test may need."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from playwright.sync_api import Browser, sync_playwright

from storage.database import open_database
from tests.support.postgres import Postgres, postgres_running

# What the machine's own clock shows is nobody's concern.
os.environ["TZ"] = "Australia/Lord_Howe"
time.tzset()

# How fast a machine is that does other things too is no property of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For mutmut, which asks thousands of times whether there is a counterexample, and not for which.
settings.register_profile(
    "mutants",
    settings.get_profile("patient"),
    phases=[Phase.explicit, Phase.generate],
    database=None,
)
settings.load_profile("patient")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half of the time is spent waiting for what a real bot does next."""
    del config
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that nobody waits for it alone at the end."""
    items.sort(key=lambda each: not each.nodeid.startswith("tests/chaos/"))


# What the sandbox's tokens look like; those that tests make up to be seen are shorter.
TOKEN = re.compile(r"x(?:oxb|app)-[\w-]{24,}")
told: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Whatever a test logged, printed or failed with: no token of any is in it."""
    shown = [text for _, text in report.sections]
    if TOKEN.search("\n".join(shown)):
        told.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if told and not session.config.option.collectonly:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for nodeid in dict.fromkeys(told):
        terminalreporter.write_line(f"SECRET {nodeid} shows a token in what it logged or printed")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("there is no `chromium` on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with nothing in it; to copy it is faster than to migrate each."""
    file = tmp_path_factory.mktemp("empty") / "needle.db"
    open_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def store_file(empty: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copy(empty, tmp_path))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_running() as server:
        yield server
