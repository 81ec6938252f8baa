"""Fixtures and hooks for all tests."""

import gc
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

# Tests must not depend on the machine's time zone.
os.environ["TZ"] = "Australia/Lord_Howe"
time.tzset()

# A busy machine must not fail a test.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For mutmut: a counterexample need not be shrunk or stored.
settings.register_profile(
    "mutants",
    settings.get_profile("patient"),
    phases=[Phase.explicit, Phase.generate],
    database=None,
)
settings.load_profile("patient")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Start two workers per core, because tests wait for the bot half of the time."""
    del config
    return 2 * (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the slowest tests first, so that none runs alone at the end."""
    items.sort(key=lambda each: not each.nodeid.startswith("tests/chaos/"))


def pytest_collection_finish() -> None:
    """Leave what was collected out of garbage collections.

    It lives until the end. To look through it takes up to a second, in which no thread runs.
    """
    gc.collect()
    gc.freeze()


# The sandbox's tokens. Tokens that tests make up are shorter.
TOKEN = re.compile(r"x(?:oxb|app)-[\w-]{24,}")
told: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Fail the run if a test's output or failure contains a token."""
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
    """An empty, migrated database. Copying it is faster than migrating a new one."""
    file = tmp_path_factory.mktemp("empty") / "needle.db"
    open_database(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def store_file(empty: Path, tmp_path: Path) -> Path:
    """A copy of the empty database for one test."""
    return Path(shutil.copy(empty, tmp_path))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with postgres_running() as server:
        yield server
