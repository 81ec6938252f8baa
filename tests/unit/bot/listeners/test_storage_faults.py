"""Replies while the database can't be written. Nothing that people submitted is lost."""

import json
from pathlib import Path

import pytest

from bot.views.modals import propose
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.storage_faults import full_disk, locked

SUMMARY = "When it dies we are paged. " * 70
TITLE_LETTERS = "abcdefghijklmnopqrst"  # No title made of one letter is similar to another.
NOT_SAVED = "I can't reach my database, so nothing was saved."


def proposal(title: str) -> dict[str, object]:
    return submitted(propose.form(title, [(HERE, "ops")]), summary=SUMMARY)


@pytest.fixture
def store(team: ListenerHarness, tmp_path: Path) -> Path:
    """The database of a team with a card. Its pages are full."""
    team.channel.proposes("first")
    team.channel.shows_card(ts="1700000000.000001")
    return tmp_path / "needle.db"


def test_form_while_disk_is_full__keeps_what_was_typed(team: ListenerHarness, store: Path) -> None:
    with full_disk(store):
        for letter in TITLE_LETTERS:
            response = team.submits("U1", proposal(letter * 9), letter)
        before = team.dump()
        refused = json.loads(team.submits("U1", proposal("Retire the NAT box"), "V9"))
        assert team.dump() == before
    assert refused["response_action"] == "errors"
    [error] = refused["errors"].values()
    assert error.startswith(NOT_SAVED)
    assert response != "", "the disk was full before"
    assert team.submits("U1", proposal("Retire the NAT box"), "V9") == "", (
        "the same form can be submitted later"
    )
    assert team.titles.count("Retire the NAT box") == 1


def test_vote_while_disk_is_full__counts_when_sent_again(
    team: ListenerHarness, store: Path
) -> None:
    voters = [f"UVOTER{number:05}" for number in range(150)]
    with full_disk(store):
        stored = [person for person in voters if team.reacts(person, "+1", ts="1700000000.000001")]
    assert len(stored) < len(voters)
    for person in voters:
        assert team.reacts(person, "+1", ts="1700000000.000001")
    lines = [line for line in team.dump() if 'INSERT INTO "reaction"' in line]
    assert len(lines) == len(voters)


def test_command_while_database_is_locked__says_so(team: ListenerHarness, store: Path) -> None:
    before = team.dump()
    with locked(store):
        assert NOT_SAVED in team.types("U1", "/fire cost the bill")
        assert "Ranking for" in team.types("U1", "/roadmap"), "reads still work"
    assert team.dump() == before
    team.types("U1", "/fire cost the bill")
    assert [fire.value for fire in team.burning] == ["cost"]
