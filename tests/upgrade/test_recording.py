"""Tests that recordings are complete and safe to commit."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import open_database
from storage.tables import PostKind
from tests.upgrade.facts import facts_of
from tests.upgrade.record import record
from tests.upgrade.recording import LARGEST, Recording, statements_of

RECORDING = Recording(
    ended_at=datetime(2026, 8, 6, 9, 0, tzinfo=UTC),
    facts={"people": 4},
    slack={"channels": []},
    statements="CREATE TABLE t (c);\n",
)


def test_recording_is_written__reads_back_the_same(tmp_path: Path) -> None:
    RECORDING.write(tmp_path / "one")
    assert Recording.read(tmp_path / "one") == RECORDING


@pytest.mark.parametrize("token", ["xoxb-1-a", "xapp-1-a"])
def test_recording_holds_token__is_not_written(tmp_path: Path, token: str) -> None:
    for unsafe in (replace(RECORDING, statements=token), replace(RECORDING, slack={"a": token})):
        with pytest.raises(ValueError, match="holds a token"):
            unsafe.write(tmp_path / "one")
    assert not (tmp_path / "one").exists()


def test_recording_is_too_large__is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shorten the story"):
        replace(RECORDING, statements="-" * (LARGEST + 1)).write(tmp_path / "one")


def test_commit_was_recorded_before__keeps_the_old_recording(tmp_path: Path) -> None:
    RECORDING.write(tmp_path / "one")
    with pytest.raises(FileExistsError):
        replace(RECORDING, facts={}).write(tmp_path / "one")
    assert Recording.read(tmp_path / "one") == RECORDING


@pytest.mark.long
def test_story_is_recorded__has_every_kind_of_post(tmp_path: Path) -> None:
    told, restored = tmp_path / "told", tmp_path / "restored.db"
    told.mkdir()
    recording = record(told)
    recording.write(tmp_path / "one")
    recording.restore(restored)
    assert statements_of(restored) == recording.statements
    database = open_database(f"sqlite:///{restored}")
    assert facts_of(database, recording.ended_at) == recording.facts
    database.close()
    shown = json.dumps(recording.slack)
    assert [kind for kind in PostKind if f'"kind": "{kind}"' not in shown] == []
