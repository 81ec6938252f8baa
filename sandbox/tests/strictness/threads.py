"""Rules for threads: where replies show, and what methods return (docs.slack.dev/messaging)."""

from typing import Any

from strictness.rule import Action, Effect, Rule
from strictness.workspace import ANA, GENERAL, OPS, Workspace

POST = "reference/methods/chat.postMessage"
EPHEMERAL = "reference/methods/chat.postEphemeral"
REPLIES = "reference/methods/conversations.replies"
HISTORY = "reference/methods/conversations.history"
UNKNOWN_TS = "1700000000.000000"


def reads(channel: str = OPS, ts: str = "", **args: Any) -> Action:
    """Read the thread of a message with two replies, or another thread."""
    return lambda workspace: workspace.client.conversations_replies(
        channel=channel, ts=ts or thread(workspace), **args
    )


def thread(workspace: Workspace) -> str:
    first = workspace.post(text="first")
    for text in ("second", "third"):
        workspace.post(text=text, thread_ts=first)
    return first


def replies_to_a_reply(workspace: Workspace) -> None:
    reply = workspace.post(thread_ts=workspace.post())
    workspace.post(thread_ts=reply)


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]


def check_thread_starts_with_parent(workspace: Workspace) -> None:
    first = thread(workspace)
    messages = workspace.client.conversations_replies(channel=OPS, ts=first)["messages"]
    assert texts(messages) == ["first", "second", "third"]
    assert (messages[0]["reply_count"], messages[0]["reply_users"]) == (2, [workspace.bot])
    assert messages[0]["latest_reply"] == messages[2]["ts"]
    assert {message["thread_ts"] for message in messages} == {first}
    assert "parent_user_id" not in messages[0]
    assert messages[1]["parent_user_id"] == workspace.bot


def check_deleted_reply_not_counted(workspace: Workspace) -> None:
    first = workspace.post()
    workspace.client.chat_delete(channel=OPS, ts=workspace.post(thread_ts=first))
    assert "reply_count" not in workspace.message(first)


def check_history_omits_replies(workspace: Workspace) -> None:
    first = workspace.post(text="first")
    workspace.post(text="in the thread", thread_ts=first)
    workspace.post(text="to all", thread_ts=first, reply_broadcast=True)
    messages = workspace.client.conversations_history(channel=OPS, oldest=first, inclusive=True)[
        "messages"
    ]
    assert texts(messages) == ["to all", "first"]
    assert messages[0]["subtype"] == "thread_broadcast"


def check_thread_pages(workspace: Workspace) -> None:
    first = thread(workspace)
    page = workspace.client.conversations_replies(channel=OPS, ts=first, limit=2)
    assert page["has_more"]
    rest = workspace.client.conversations_replies(
        channel=OPS, ts=first, limit=2, cursor=page["response_metadata"]["next_cursor"]
    )
    assert texts(page["messages"]) + texts(rest["messages"]) == ["first", "second", "third"]
    assert not rest["has_more"]


def check_ephemeral_in_active_thread(workspace: Workspace) -> None:
    ana = workspace.slack.person("ana")
    quiet, active = workspace.post(text="quiet"), thread(workspace)
    for ts, text in ((quiet, "never seen"), (active, "seen by Ana")):
        workspace.client.chat_postEphemeral(channel=OPS, user=ANA, text=text, thread_ts=ts)
    by_ts = {message.ts: message for message in ana.messages("ops")}
    ana.sees_in_thread("seen by Ana", of=by_ts[active])
    assert [message.visible_text for message in ana.thread(by_ts[quiet])] == ["quiet"]


RULES = [
    Rule("conversations.replies needs channels:history", REPLIES,
         reads(),
         lambda workspace: workspace.unscoped.conversations_replies(channel=OPS, ts=UNKNOWN_TS),
         "missing_scope"),
    Rule("an app reads threads only where it's a member", REPLIES,
         reads(), reads(GENERAL, UNKNOWN_TS), "not_in_channel"),
    Rule("a thread exists", REPLIES, reads(), reads(ts=UNKNOWN_TS), "thread_not_found"),
    # Slack's documentation only warns: "never use a reply's ts value".
    Rule("a reply can't be the parent of a reply", POST,
         thread, replies_to_a_reply, "thread_not_found"),
    Rule("an ephemeral reply's thread exists", EPHEMERAL,
         lambda workspace: workspace.client.chat_postEphemeral(
             channel=OPS, user=ANA, text="psst", thread_ts=workspace.post()),
         lambda workspace: workspace.client.chat_postEphemeral(
             channel=OPS, user=ANA, text="psst", thread_ts=UNKNOWN_TS), "thread_not_found"),
]  # fmt: skip

EFFECTS = [
    Effect("a thread starts with its parent, which counts the replies", REPLIES,
           check_thread_starts_with_parent),
    Effect("a parent doesn't count deleted replies", REPLIES, check_deleted_reply_not_counted),
    Effect("history omits replies that weren't sent to the channel", HISTORY,
           check_history_omits_replies),
    Effect("a thread has pages", REPLIES, check_thread_pages),
    Effect("an ephemeral reply shows only in an active thread", EPHEMERAL,
           check_ephemeral_in_active_thread),
]  # fmt: skip
