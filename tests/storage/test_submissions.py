"""A submission counts once."""

from datetime import timedelta

from storage import submissions
from storage.database import Database
from tests.storage.channel import NOW


def test_a_form_is_taken_once_in_each_state(database: Database) -> None:
    with database.transaction() as session:
        taken = [submissions.take(session, form, NOW) for form in ("V1:1", "V1:1", "V1:2")]
    assert taken == [True, False, True]


def test_what_was_not_written_was_not_taken(database: Database) -> None:
    class Refused(Exception):
        pass

    try:
        with database.transaction() as session:
            submissions.take(session, "V1:1", NOW)
            raise Refused
    except Refused:
        pass
    with database.transaction() as session:
        assert submissions.take(session, "V1:1", NOW)


def test_none_is_kept_for_ever(database: Database) -> None:
    later = NOW + submissions.KEPT + timedelta(seconds=1)
    with database.transaction() as session:
        submissions.take(session, "V1:1", NOW)
        submissions.take(session, "V2:1", later)
        assert submissions.take(session, "V1:1", later)
