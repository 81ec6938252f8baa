"""Headers of Slack's answers. A proxy may remove or change them, so each may be unusable."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def header(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header's value, or None if there is none. The case of names varies."""
    return next((str(value) for key, value in headers.items() if key.lower() == name), None)


def granted_scopes(headers: Mapping[str, str]) -> frozenset[str] | None:
    """Return the scopes of the token of a call, or None if Slack's answer doesn't name them.

    https://docs.slack.dev/authentication/installing-with-oauth#scopes
    """
    listed = header(headers, "x-oauth-scopes") or ""
    return frozenset(filter(None, map(str.strip, listed.split(",")))) or None


def server_time(headers: Mapping[str, str]) -> datetime | None:
    """Return Slack's time in UTC, in whole seconds, or None if `Date` is missing or malformed.

    https://www.rfc-editor.org/rfc/rfc9110#field.date
    """
    try:
        parsed = parsedate_to_datetime(header(headers, "date") or "")
        # HTTP dates are in UTC. The zone -0000, which email allows, is parsed as no zone.
        return parsed.replace(tzinfo=parsed.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
