"""IDs and tokens in Slack's formats."""

import secrets
import string

ALPHABET = string.ascii_uppercase + string.digits


def new_id(prefix: str) -> str:
    """Return an ID such as `V0K3X9QZ1TB`; the prefix names the type."""
    return prefix + "0" + "".join(secrets.choice(ALPHABET) for _ in range(9))


def bot_token() -> str:
    return f"xoxb-{_digits(12)}-{secrets.token_urlsafe(18)}"


def app_token(app_id: str) -> str:
    return f"xapp-1-{app_id}-{_digits(12)}-{secrets.token_hex(16)}"


def client_id() -> str:
    return f"{_digits(12)}.{_digits(13)}"


def _digits(count: int) -> str:
    return "".join(secrets.choice(string.digits) for _ in range(count))
