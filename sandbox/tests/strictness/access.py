"""Rules for access: tokens, scopes, membership and archived channels."""

import json
from typing import Any
from urllib.request import Request

from slack_sdk import WebClient

from strictness.rule import Action, Rule
from strictness.workspace import (
    ARCHIVED,
    GENERAL,
    LEADS,
    MIA,
    OPS,
    OTTO,
    Rejected,
    Workspace,
    send,
    web_client,
)

AUTH = "authentication/tokens"
UNKNOWN_TS = "1700000000.000000"


def scope_rule(method: str, scope: str, **args: Any) -> Rule:
    """Return the rule that a method needs a scope: an app without scopes makes the same call."""

    def calls(client: WebClient) -> None:
        client.api_call(method, params=args)

    return Rule(
        f"{method} needs {scope}",
        f"reference/methods/{method}",
        lambda workspace: calls(workspace.client),
        lambda workspace: calls(workspace.unscoped),
        "missing_scope",
    )


def tests_auth(token: str | None) -> Action:
    """Call auth.test with a token, or with the bot token if it's None."""
    return lambda workspace: web_client(
        workspace.sandbox, workspace.sandbox.bot_token if token is None else token
    ).auth_test()


def connects_with_bot_token(workspace: Workspace) -> None:
    workspace.client.apps_connections_open(app_token=workspace.sandbox.bot_token)


def posts_in(channel: str) -> Action:
    return lambda workspace: workspace.client.chat_postMessage(channel=channel, text="hello")


def joins(channel: str) -> Action:
    return lambda workspace: workspace.client.conversations_join(channel=channel)


def joins_and_leaves(workspace: Workspace) -> None:
    joins(GENERAL)(workspace)
    workspace.act("mia", "remove", channel="general", user=workspace.bot)


def reads(channel: str) -> Action:
    return lambda workspace: workspace.client.conversations_history(channel=channel)


def opens_connection(workspace: Workspace, method: str) -> None:
    headers = {"Authorization": f"Bearer {workspace.sandbox.app_token}"}
    url = f"{workspace.sandbox.api_url}apps.connections.open"
    send_call(Request(url, method=method, headers=headers))  # noqa: S310


def send_call(request: Request) -> None:
    """Send a call that slack_sdk can't make. Raise Rejected if it fails."""
    response = json.loads(send(request))
    if not response["ok"]:
        raise Rejected(response["error"])


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
         lambda workspace: workspace.client.reactions_get(channel=OPS, timestamp=workspace.post()),
         lambda workspace: workspace.unscoped.reactions_get(channel=OPS, timestamp=UNKNOWN_TS),
         "missing_scope"),
    Rule("reactions.add needs reactions:write", "reference/methods/reactions.add",
         lambda workspace: workspace.client.reactions_add(
             channel=OPS, timestamp=workspace.post(), name="eyes"),
         lambda workspace: workspace.unscoped.reactions_add(
             channel=OPS, timestamp=UNKNOWN_TS, name="eyes"),
         "missing_scope"),
    Rule("conversations.join needs channels:join", "reference/methods/conversations.join",
         joins_and_leaves, lambda workspace: workspace.unscoped.conversations_join(channel=GENERAL),
         "missing_scope"),
    Rule("each conversation type needs its own scope", "reference/methods/conversations.list",
         lambda workspace: workspace.client.conversations_list(types="public_channel"),
         lambda workspace: workspace.client.conversations_list(types="public_channel,mpim"),
         "missing_scope"),
    Rule("a call has a token", AUTH, tests_auth(None), tests_auth(""), "not_authed"),
    Rule("a token exists", AUTH,
         tests_auth(None), tests_auth("xoxb-1-made-up"), "invalid_auth"),
    Rule("auth.test needs a bot token", AUTH, tests_auth(None),
         lambda workspace: tests_auth(workspace.sandbox.app_token)(workspace),
         "not_allowed_token_type"),
    Rule("apps.connections.open needs an app-level token",
         "reference/methods/apps.connections.open",
         Workspace.new_socket_url, connects_with_bot_token, "not_allowed_token_type"),
    Rule("apps.connections.open needs POST", "reference/methods/apps.connections.open",
         lambda workspace: opens_connection(workspace, "POST"),
         lambda workspace: opens_connection(workspace, "GET"), "insecure_request"),
    Rule("a token in the query is ignored",
         "changelog/2020-11-no-more-tokens-in-querystrings-for-newly-created-apps",
         lambda workspace: send_call(Request(  # noqa: S310
             f"{workspace.sandbox.api_url}auth.test",
             f"token={workspace.sandbox.bot_token}".encode())),
         lambda workspace: send_call(Request(  # noqa: S310
             f"{workspace.sandbox.api_url}auth.test?token={workspace.sandbox.bot_token}")),
         "not_authed"),
    Rule("a method exists", "apis/web-api",
         lambda workspace: workspace.client.api_test(),
         lambda workspace: workspace.client.api_call("chat.shout"), "unknown_method"),
    Rule("a call has the required arguments", "apis/web-api",
         lambda workspace: workspace.client.conversations_info(channel=OPS),
         lambda workspace: workspace.client.api_call("conversations.info"),
         "invalid_arguments", "missing required field: channel"),
    Rule("an app posts only where it's a member", "reference/methods/chat.postMessage",
         posts_in(OPS), posts_in(GENERAL), "not_in_channel"),
    Rule("an app can't post in a private channel that it isn't in",
         "reference/methods/chat.postMessage",
         posts_in(OPS), posts_in(LEADS), "channel_not_found"),
    Rule("an app can't post in an archived channel", "reference/methods/chat.postMessage",
         posts_in(OPS), posts_in(ARCHIVED), "is_archived"),
    Rule("a channel exists", "reference/methods/chat.postMessage",
         posts_in("ops"), posts_in("C0NOWHERE0"), "channel_not_found"),
    Rule("an app reads history only where it's a member", "reference/methods/conversations.history",
         reads(OPS), reads(GENERAL), "not_in_channel"),
    Rule("an app can't see a private channel that it isn't in",
         "reference/methods/conversations.info",
         lambda workspace: workspace.client.conversations_info(channel=OPS),
         lambda workspace: workspace.client.conversations_info(channel=LEADS), "channel_not_found"),
    Rule("an app can't join an archived channel", "reference/methods/conversations.join",
         joins_and_leaves, joins(ARCHIVED), "is_archived"),
    Rule("an app can't join a private channel", "reference/methods/conversations.join",
         joins_and_leaves, joins(LEADS), "channel_not_found"),
    Rule("a user exists", "reference/methods/users.info",
         lambda workspace: workspace.client.users_info(user=MIA),
         lambda workspace: workspace.client.users_info(user="U0NOBODY00"), "user_not_found"),
    Rule("an app can't message a deactivated user", "reference/methods/conversations.open",
         lambda workspace: workspace.client.conversations_open(users=MIA),
         lambda workspace: workspace.client.conversations_open(users=OTTO), "user_disabled"),
    Rule("conversations.open names a user", "reference/methods/conversations.open",
         lambda workspace: workspace.client.conversations_open(users=MIA),
         lambda workspace: workspace.client.conversations_open(channel=""),
         "users_list_not_supplied"),
    Rule("an app without a Messages tab can't send DMs", "reference/methods/chat.postMessage",
         posts_in(MIA),
         lambda workspace: workspace.without_messages_tab.chat_postMessage(
             channel=MIA, text="hello"),
         "messages_tab_disabled"),
    Rule("a person can't post in an archived channel", "reference/methods/chat.postMessage",
         lambda workspace: workspace.act("gia", "post", channel="general", text="hello"),
         lambda workspace: workspace.act("mia", "post", channel="random", text="hello"),
         "is_archived"),
    Rule("a guest sees only the channels that they're in",
         "reference/objects/user-object",
         lambda workspace: workspace.act("gia", "post", channel="general", text="hello"),
         lambda workspace: workspace.act("gia", "join", channel="ops"), "channel_not_found"),
    Rule("a deactivated person can't act", "reference/objects/user-object",
         lambda workspace: workspace.act("mia", "post", channel="ops", text="hello"),
         lambda workspace: workspace.act("otto", "post", channel="general", text="hello"),
         "account_inactive"),
]  # fmt: skip
