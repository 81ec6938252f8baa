"""Which proxy a WebSocket goes through: the same as calls of the Web API."""

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit
from urllib.request import proxy_bypass


@dataclass(frozen=True)
class Proxy:
    """An HTTP proxy, and the headers that it asks for. Its password is only in these."""

    url: str
    headers: dict[str, str] = field(default_factory=dict, repr=False)


def websocket_proxy(url: str, proxy: str | None) -> Proxy | None:
    """Return how to reach a WebSocket, or None to connect directly.

    `proxy` is the proxy of the Web API client. NO_PROXY names hosts that are reached directly. The
    SDK ignores it for WebSockets, and quotes the whole URL of the proxy in its log. It has no
    unencrypted connections through a proxy; only a local Slack has such addresses.
    """
    address = urlsplit(url)
    if not proxy or address.scheme != "wss" or proxy_bypass(address.netloc):
        return None
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    location = parts.netloc.rpartition("@")[2]
    return Proxy(f"{parts.scheme}://{location}", _credentials(parts.username, parts.password))


def _credentials(user: str | None, password: str | None) -> dict[str, str]:
    if user is None:
        return {}
    plain = f"{unquote(user)}:{unquote(password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(plain.encode()).decode()}"}
