"""Listeners of the app: each declares who may use it."""

from collections.abc import Callable, Iterator

import pytest
from slack_bolt import Ack, App
from slack_bolt.listener.custom_listener import CustomListener
from slack_bolt.middleware.custom_middleware import CustomMiddleware

from bot.authorization.channel_membership import ChannelMembership
from bot.listeners.app import build_app
from bot.listeners.permissions import anyone_in_channel, members_only
from tests.support.listener_harness import ListenerHarness

PERMISSIONS = (members_only, anyone_in_channel)


@pytest.fixture
def app(team: ListenerHarness) -> App:
    return build_app(team.database, team.slack, ChannelMembership(team.slack))


def user_listeners(app: App) -> Iterator[CustomListener]:
    """Return the listeners to commands and interactions. Bolt itself acknowledges events."""
    for listener in app._listeners:  # noqa: SLF001 - Bolt lists them nowhere else.
        assert isinstance(listener, CustomListener)
        if not listener.auto_acknowledgement:
            yield listener


def permissions_of(listener: CustomListener) -> list[Callable[..., None]]:
    functions = [item.func for item in listener.middleware if isinstance(item, CustomMiddleware)]
    return [function for function in functions if function in PERMISSIONS]


def undeclared(app: App) -> list[str]:
    return [
        f"{listener.ack_function.__module__}.{listener.ack_function.__qualname__}"
        for listener in user_listeners(app)
        if len(permissions_of(listener)) != 1
    ]


def test_every_listener__declares_one_permission(app: App) -> None:
    assert len(list(user_listeners(app))) > 30
    assert undeclared(app) == []


def test_listener_without_permission__is_found(app: App) -> None:
    def forgotten(ack: Ack) -> None:
        ack()

    app.view("forgotten")(forgotten)
    [listener] = undeclared(app)
    assert listener.endswith("forgotten")


def test_every_listener__takes_named_arguments_not_the_body(app: App) -> None:
    readers = {
        listener.ack_function.__name__
        for listener in user_listeners(app)
        if "body" in listener.arg_names
    }
    assert readers == set()
