"""Who may call what, and where: tokens, scopes, membership, archived channels."""

import json
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient

from strictness.rule import Do, Rule
from strictness.world import (
    ARCHIVED,
    GENERAL,
    LEADS,
    MIA,
    OPS,
    OTTO,
    TurnedDown,
    World,
    client_of,
    send,
)

AUTH = "authentication/tokens"
NOWHEN = "1700000000.000000"


def scope_rule(method: str, scope: str, **args: Any) -> Rule:
    """The same call by an app that was given no scope at all."""

    def calls(client: WebClient) -> None:
        client.api_call(method, params=args)

    return Rule(
        f"{method} needs {scope}",
        f"reference/methods/{method}",
        lambda world: calls(world.client),
        lambda world: calls(world.bare),
        "missing_scope",
    )


def tests_auth(token: str | None) -> Do:
    """None for the app's own bot token."""
    return lambda world: client_of(
        world.sandbox, world.sandbox.bot_token if token is None else token
    ).auth_test()


def connects_with_bot_token(world: World) -> None:
    world.client.apps_connections_open(app_token=world.sandbox.bot_token)


def posts_in(channel: str) -> Do:
    return lambda world: world.client.chat_postMessage(channel=channel, text="hello")


def joins(channel: str) -> Do:
    return lambda world: world.client.conversations_join(channel=channel)


def joins_and_leaves(world: World) -> None:
    joins(GENERAL)(world)
    world.act("mia", "kick", channel="general", user=world.bot)


def reads(channel: str) -> Do:
    return lambda world: world.client.conversations_history(channel=channel)


def fetches_address(world: World, method: str) -> None:
    headers = {"Authorization": f"Bearer {world.sandbox.app_token}"}
    address = f"{world.sandbox.api_url}apps.connections.open"
    refused_in_body(Request(address, method=method, headers=headers))  # noqa: S310


def refused_in_body(request: Request) -> None:
    """For calls that slack_sdk would not make."""
    answer = json.loads(send(request))
    if not answer["ok"]:
        raise TurnedDown(answer["error"])


RULES = [
    scope_rule("chat.postMessage", "chat:write", channel=OPS, text="hello"),
    scope_rule("chat.postEphemeral", "chat:write", channel=OPS, user=MIA, text="hello"),
    scope_rule("conversations.history", "channels:history", channel=OPS),
    scope_rule("conversations.info", "channels:read", channel=OPS),
    scope_rule("conversations.list", "channels:read"),
    scope_rule("conversations.members", "channels:read", channel=OPS),
    scope_rule("conversations.open", "im:write", users=MIA),
    scope_rule("users.info", "users:read", user=MIA),
    scope_rule("users.list", "users:read"),
    scope_rule("team.info", "team:read"),
    Rule("reactions.get needs reactions:read", "reference/methods/reactions.get",
         lambda world: world.client.reactions_get(channel=OPS, timestamp=world.post()),
         lambda world: world.bare.reactions_get(channel=OPS, timestamp=NOWHEN), "missing_scope"),
    Rule("reactions.add needs reactions:write", "reference/methods/reactions.add",
         lambda world: world.client.reactions_add(channel=OPS, timestamp=world.post(), name="eyes"),
         lambda world: world.bare.reactions_add(channel=OPS, timestamp=NOWHEN, name="eyes"),
         "missing_scope"),
    Rule("conversations.join needs channels:join", "reference/methods/conversations.join",
         joins_and_leaves, lambda world: world.bare.conversations_join(channel=GENERAL),
         "missing_scope"),
    Rule("private channels need a scope of their own", "reference/methods/conversations.list",
         lambda world: world.client.conversations_list(types="public_channel"),
         lambda world: world.client.conversations_list(types="public_channel,mpim"),
         "missing_scope"),
    Rule("a call carries a token", AUTH, tests_auth(None), tests_auth(""), "not_authed"),
    Rule("a token is one that was given out", AUTH,
         tests_auth(None), tests_auth("xoxb-1-made-up"), "invalid_auth"),
    Rule("an app-level token is no bot token", AUTH, tests_auth(None),
         lambda world: tests_auth(world.sandbox.app_token)(world), "not_allowed_token_type"),
    Rule("a bot token opens no socket", "reference/methods/apps.connections.open",
         World.new_address, connects_with_bot_token, "not_allowed_token_type"),
    Rule("a socket's address is asked for by POST", "reference/methods/apps.connections.open",
         lambda world: fetches_address(world, "POST"),
         lambda world: fetches_address(world, "GET"), "insecure_request"),
    Rule("a token is not read from the address",
         "changelog/2020-11-no-more-tokens-in-querystrings-for-newly-created-apps",
         lambda world: refused_in_body(Request(  # noqa: S310
             f"{world.sandbox.api_url}auth.test",
             f"token={world.sandbox.bot_token}".encode())),
         lambda world: refused_in_body(Request(  # noqa: S310
             f"{world.sandbox.api_url}auth.test?token={world.sandbox.bot_token}")),
         "not_authed"),
    Rule("a method is one that there is", "apis/web-api",
         lambda world: world.client.api_test(),
         lambda world: world.client.api_call("chat.shout"), "unknown_method"),
    Rule("a required argument is given", "apis/web-api",
         lambda world: world.client.conversations_info(channel=OPS),
         lambda world: world.client.api_call("conversations.info"),
         "invalid_arguments", "missing required field: channel"),
    Rule("an app posts where it is a member", "reference/methods/chat.postMessage",
         posts_in(OPS), posts_in(GENERAL), "not_in_channel"),
    Rule("a private channel is unknown to those outside", "reference/methods/chat.postMessage",
         posts_in(OPS), posts_in(LEADS), "channel_not_found"),
    Rule("nothing is posted in an archived channel", "reference/methods/chat.postMessage",
         posts_in(OPS), posts_in(ARCHIVED), "is_archived"),
    Rule("a channel is one that there is", "reference/methods/chat.postMessage",
         posts_in("ops"), posts_in("C0NOWHERE0"), "channel_not_found"),
    Rule("a bot reads where it is a member", "reference/methods/conversations.history",
         reads(OPS), reads(GENERAL), "not_in_channel"),
    Rule("a private channel shows nothing to those outside",
         "reference/methods/conversations.info",
         lambda world: world.client.conversations_info(channel=OPS),
         lambda world: world.client.conversations_info(channel=LEADS), "channel_not_found"),
    Rule("an archived channel is not joined", "reference/methods/conversations.join",
         joins_and_leaves, joins(ARCHIVED), "is_archived"),
    Rule("a private channel is not joined uninvited", "reference/methods/conversations.join",
         joins_and_leaves, joins(LEADS), "channel_not_found"),
    Rule("a person is one that there is", "reference/methods/users.info",
         lambda world: world.client.users_info(user=MIA),
         lambda world: world.client.users_info(user="U0NOBODY00"), "user_not_found"),
    Rule("nobody writes to a deactivated person", "reference/methods/conversations.open",
         lambda world: world.client.conversations_open(users=MIA),
         lambda world: world.client.conversations_open(users=OTTO), "user_disabled"),
    Rule("a conversation is opened with somebody", "reference/methods/conversations.open",
         lambda world: world.client.conversations_open(users=MIA),
         lambda world: world.client.conversations_open(channel=""), "users_list_not_supplied"),
    Rule("an app without a Messages tab writes to nobody", "reference/methods/chat.postMessage",
         posts_in(MIA), lambda world: world.tabless.chat_postMessage(channel=MIA, text="hello"),
         "messages_tab_disabled"),
    Rule("a person writes where they are a member", "reference/methods/chat.postMessage",
         lambda world: world.act("gia", "say", channel="general", text="hello"),
         lambda world: world.act("mia", "say", channel="random", text="hello"), "is_archived"),
    Rule("a guest knows the channels that they are in alone",
         "reference/objects/user-object",
         lambda world: world.act("gia", "say", channel="general", text="hello"),
         lambda world: world.act("gia", "join", channel="ops"), "channel_not_found"),
    Rule("a deactivated person does nothing", "reference/objects/user-object",
         lambda world: world.act("mia", "say", channel="ops", text="hello"),
         lambda world: world.act("otto", "say", channel="general", text="hello"),
         "account_inactive"),
]  # fmt: skip
