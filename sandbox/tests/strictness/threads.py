"""Threads: where replies stand, and what is read of them (docs.slack.dev/messaging)."""

from typing import Any

from strictness.rule import Do, Effect, Rule
from strictness.world import ANA, GENERAL, OPS, World

POST = "reference/methods/chat.postMessage"
EPHEMERAL = "reference/methods/chat.postEphemeral"
REPLIES = "reference/methods/conversations.replies"
HISTORY = "reference/methods/conversations.history"
NOWHEN = "1700000000.000000"


def reads(channel: str = OPS, ts: str = "", **given: Any) -> Do:
    """Of a message with two replies, unless another is named."""
    return lambda world: world.client.conversations_replies(
        channel=channel, ts=ts or thread(world), **given
    )


def thread(world: World) -> str:
    first = world.post(text="first")
    for text in ("second", "third"):
        world.post(text=text, thread_ts=first)
    return first


def replies_to_a_reply(world: World) -> None:
    reply = world.post(thread_ts=world.post())
    world.post(thread_ts=reply)


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [each["text"] for each in messages]


def a_thread_begins_with_its_first_message(world: World) -> None:
    first = thread(world)
    said = world.client.conversations_replies(channel=OPS, ts=first)["messages"]
    assert texts(said) == ["first", "second", "third"]
    assert (said[0]["reply_count"], said[0]["reply_users"]) == (2, [world.bot])
    assert said[0]["latest_reply"] == said[2]["ts"]
    assert {each["thread_ts"] for each in said} == {first}
    assert "parent_user_id" not in said[0]
    assert said[1]["parent_user_id"] == world.bot


def a_deleted_reply_is_not_counted(world: World) -> None:
    first = world.post()
    world.client.chat_delete(channel=OPS, ts=world.post(thread_ts=first))
    assert "reply_count" not in world.message(first)


def history_leaves_replies_out(world: World) -> None:
    first = world.post(text="first")
    world.post(text="in the thread", thread_ts=first)
    world.post(text="to all", thread_ts=first, reply_broadcast=True)
    said = world.client.conversations_history(channel=OPS, oldest=first, inclusive=True)["messages"]
    assert texts(said) == ["to all", "first"]
    assert said[0]["subtype"] == "thread_broadcast"


def a_thread_is_read_in_pages(world: World) -> None:
    first = thread(world)
    page = world.client.conversations_replies(channel=OPS, ts=first, limit=2)
    assert page["has_more"]
    rest = world.client.conversations_replies(
        channel=OPS, ts=first, limit=2, cursor=page["response_metadata"]["next_cursor"]
    )
    assert texts(page["messages"]) + texts(rest["messages"]) == ["first", "second", "third"]
    assert not rest["has_more"]


def an_ephemeral_shows_in_a_thread_that_is_active(world: World) -> None:
    ana = world.slack.person("ana")
    quiet, active = world.post(text="quiet"), thread(world)
    for ts, text in ((quiet, "never seen"), (active, "seen by Ana")):
        world.client.chat_postEphemeral(channel=OPS, user=ANA, text=text, thread_ts=ts)
    shown = {each.ts: each for each in ana.messages("ops")}
    ana.sees_in_thread("seen by Ana", of=shown[active])
    assert [each.visible_text for each in ana.thread(shown[quiet])] == ["quiet"]


RULES = [
    Rule("conversations.replies needs channels:history", REPLIES,
         reads(), lambda world: world.bare.conversations_replies(channel=OPS, ts=NOWHEN),
         "missing_scope"),
    Rule("a thread is read where the bot is a member", REPLIES,
         reads(), reads(GENERAL, NOWHEN), "not_in_channel"),
    Rule("a thread is one that there is", REPLIES, reads(), reads(ts=NOWHEN), "thread_not_found"),
    # Slack only warns of it: "never use a reply's ts value".
    Rule("a reply names the thread's first message, not another reply", POST,
         thread, replies_to_a_reply, "thread_not_found"),
    Rule("a whispered reply's thread is one that there is", EPHEMERAL,
         lambda world: world.client.chat_postEphemeral(
             channel=OPS, user=ANA, text="psst", thread_ts=world.post()),
         lambda world: world.client.chat_postEphemeral(
             channel=OPS, user=ANA, text="psst", thread_ts=NOWHEN), "thread_not_found"),
]  # fmt: skip

EFFECTS = [
    Effect("a thread begins with its first message, which counts the replies", REPLIES,
           a_thread_begins_with_its_first_message),
    Effect("a deleted reply is not counted", REPLIES, a_deleted_reply_is_not_counted),
    Effect("a channel's history leaves replies out that were not sent to it", HISTORY,
           history_leaves_replies_out),
    Effect("a thread is read in pages", REPLIES, a_thread_is_read_in_pages),
    Effect("an ephemeral reply shows in a thread that is active", EPHEMERAL,
           an_ephemeral_shows_in_a_thread_that_is_active),
]  # fmt: skip
