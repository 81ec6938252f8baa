"""Names of time zones: those that mean the same on every host."""

import zoneinfo
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.time_zones import is_time_zone, known_time_zones, normalize_time_zone


def test_known_time_zones__are_available_on_this_host() -> None:
    assert known_time_zones() <= zoneinfo.available_timezones()
    assert {"UTC", "Europe/Dublin", "America/New_York"} <= known_time_zones()


def test_known_time_zones__need_no_file_of_the_host() -> None:
    zoneinfo.reset_tzpath(to=())
    try:
        assert all(ZoneInfo.no_cache(name) for name in known_time_zones())
    finally:
        zoneinfo.reset_tzpath()


def test_file_of_one_host__is_no_time_zone(tmp_path: Path) -> None:
    (tmp_path / "Office").write_bytes(files("tzdata.zoneinfo").joinpath("UTC").read_bytes())
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    try:
        assert "Office" in zoneinfo.available_timezones()
        assert not is_time_zone("Office")
    finally:
        zoneinfo.reset_tzpath()


@pytest.mark.parametrize(
    ("stored", "zone"),
    [
        ("Europe/Dublin", "Europe/Dublin"),
        ("posix/Europe/Dublin", "Europe/Dublin"),
        ("right/UTC", "UTC"),
        ("localtime", None),
        ("posixrules", None),
        ("europe/dublin", None),
        ("", None),
    ],
)
def test_stored_name__is_normalized(stored: str, zone: str | None) -> None:
    assert normalize_time_zone(stored) == zone
