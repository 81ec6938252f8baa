"""Formats of dates, times, numbers and ids, in blocks and in form inputs."""

import re
from datetime import date

TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
USER_ID = re.compile(r"[UW][A-Z0-9]+")
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]+")
TIMESTAMP = re.compile(r"\d{1,10}\.\d{6}")
SHORT_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def is_date(text: str) -> bool:
    """Return whether a text is a calendar date in the format YYYY-MM-DD."""
    if not SHORT_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """Return whether a text is a time in the 24-hour format HH:mm."""
    return bool(TIME.fullmatch(text))


def is_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text))


def is_user_id(text: str) -> bool:
    return bool(USER_ID.fullmatch(text))


def is_channel_id(text: str) -> bool:
    return bool(CHANNEL_ID.fullmatch(text))


def is_timestamp(text: str) -> bool:
    """Return whether a text is a message timestamp: seconds, a period and six digits."""
    return bool(TIMESTAMP.fullmatch(text))
