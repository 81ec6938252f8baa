"""Text in Slack's payloads that no database stores: NUL, and lone halves of surrogate pairs.

JSON allows both: https://datatracker.ietf.org/doc/html/rfc8259#section-8.2. PostgreSQL can't store
NUL, and UTF-8 can't encode half a pair.
"""

import re
from typing import Any

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def remove_unstorable(payload: Any) -> Any:
    """Remove unstorable characters from all texts of a payload, in place. Return the payload.

    Keys are Slack's own names and IDs, so they stay.
    """
    if isinstance(payload, str):
        return UNSTORABLE.sub("", payload)
    if isinstance(payload, dict):
        for key, value in payload.items():
            payload[key] = remove_unstorable(value)
    elif isinstance(payload, list):
        payload[:] = map(remove_unstorable, payload)
    return payload
