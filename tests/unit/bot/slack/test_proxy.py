"""Which proxy a WebSocket goes through."""

import pytest

from bot.slack.proxy import Proxy, websocket_proxy

SLACK = "wss://wss-primary.slack.com/link/?ticket=1"
PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("no_proxy", "proxy"),
    [
        ("", Proxy(PROXY)),
        ("example.com,localhost", Proxy(PROXY)),
        ("slack.com", None),
        (".slack.com", None),
        ("localhost, wss-primary.slack.com", None),
        ("*", None),
    ],
)
def test_no_proxy__names_the_hosts_reached_directly(
    no_proxy: str, proxy: Proxy | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert websocket_proxy(SLACK, PROXY) == proxy


@pytest.mark.parametrize("given", [None, ""])
def test_no_proxy_at_all__connects_directly(given: str | None) -> None:
    assert websocket_proxy(SLACK, given) is None


def test_unencrypted_websocket__connects_directly() -> None:
    """Only a local Slack has one, and the SDK has no such connections through a proxy."""
    assert websocket_proxy("ws://127.0.0.1:8080/socket", PROXY) is None


def test_proxy_without_a_scheme__gets_one() -> None:
    assert websocket_proxy(SLACK, "proxy.example:3128") == Proxy(PROXY)


def test_password__is_only_in_the_headers() -> None:
    proxy = websocket_proxy(SLACK, "http://mia:p%40ss@proxy.example:3128")
    assert proxy == Proxy(PROXY, {"Proxy-Authorization": "Basic bWlhOnBAc3M="})
    assert "p@ss" not in repr(proxy)
    assert "bWlh" not in repr(proxy)
