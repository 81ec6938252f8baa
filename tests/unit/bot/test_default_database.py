"""The database without DATABASE_URL: in the user's data folder, or where it was before."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.config import default_database_url
from storage.database import UnusableDatabase, open_database, open_read_only
from storage.database_url import sqlite_file


@pytest.fixture(params=["data", "50% of #1, why?"])
def data(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of all programs' data, which doesn't exist. The current folder is empty."""
    current = tmp_path / "current"
    current.mkdir()
    monkeypatch.chdir(current)
    data = tmp_path / str(request.param)
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    return data


def test_no_file_yet__is_created_in_the_data_folder(data: Path) -> None:
    file = data / "needle" / "needle.db"
    with closing(open_database(default_database_url(), create_folder=True)) as database:
        assert database.info.location == str(file)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600


def test_file_in_the_current_folder__is_used(data: Path) -> None:
    open_database("sqlite:///needle.db").close()
    with closing(open_database(default_database_url(), create_folder=True)) as database:
        assert database.info.location == str(Path.cwd() / "needle.db")
    assert not data.exists()


@pytest.mark.parametrize("is_mount_point", [False, True])
def test_link_to_a_missing_file__creates_nothing(data: Path, *, is_mount_point: bool) -> None:
    target = Path.cwd() / "mount" / "needle.db"
    Path("needle.db").symlink_to(target)
    if is_mount_point:
        target.parent.mkdir()
    missing = f"file {target}" if is_mount_point else f"directory {target.parent}"
    with pytest.raises(UnusableDatabase) as refusal:
        open_database(default_database_url(), create_folder=True)
    assert str(refusal.value) == (
        f"sqlite:///needle.db can't be opened: the {missing} doesn't exist"
    )
    with pytest.raises(UnusableDatabase, match=r"can't be opened: the \w+ /"):
        open_read_only(default_database_url())
    assert not data.exists()
    assert not target.exists()
    assert target.parent.exists() == is_mount_point


def test_command_that_only_reads__creates_no_folder(data: Path) -> None:
    with pytest.raises(UnusableDatabase, match=r"needle\.db doesn't exist\. Run `needle run`"):
        open_read_only(default_database_url())
    assert not data.exists()


def test_folder_cannot_be_created__names_the_variable(data: Path) -> None:
    data.write_text("not a folder")
    with pytest.raises(UnusableDatabase) as refusal:
        open_database(default_database_url(), create_folder=True)
    assert str(refusal.value).endswith(
        "can't be created: Not a directory. Set DATABASE_URL to a file in a folder that Needle can"
        " write to."
    )


def test_data_folder__is_below_the_home_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/ana")
    file = sqlite_file(default_database_url())
    assert file is not None
    assert file.is_relative_to("/home/ana")
