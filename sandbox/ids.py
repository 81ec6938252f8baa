"""Ids and tokens that look like Slack's."""

import secrets
import string

ALPHABET = string.ascii_uppercase + string.digits


def new_id(prefix: str) -> str:
    """An id such as `V0K3X9QZ1TB`: the letter tells the kind of thing."""
    return prefix + "0" + "".join(secrets.choice(ALPHABET) for _ in range(9))


def bot_token() -> str:
    return f"xoxb-{secrets.randbelow(10**12):012d}-{secrets.token_urlsafe(18)}"


def app_token(app_id: str) -> str:
    return f"xapp-1-{app_id}-{secrets.randbelow(10**12):012d}-{secrets.token_hex(16)}"
