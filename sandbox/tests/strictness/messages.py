"""Messages: what they hold, whose they are, what changes them (reference/methods/chat.*)."""

from typing import Any

from strictness.making import section
from strictness.rule import Do, Effect, Rule
from strictness.world import ANA, ARCHIVED, GENERAL, GIA, OPS, World

POST = "reference/methods/chat.postMessage"
UPDATE = "reference/methods/chat.update"
EPHEMERAL = "reference/methods/chat.postEphemeral"
METADATA = {"event_type": "made", "event_payload": {"id": "1"}}
NOWHEN = "1700000000.000000"


def posts(**content: Any) -> Do:
    """As it is: slack_sdk's own method warns where there is no text."""
    return lambda world: world.client.api_call("chat.postMessage", json={"channel": OPS} | content)


def updates(**content: Any) -> Do:
    return lambda world: updates_by(world, world.post(), **content)


def updates_by(world: World, ts: str, **content: Any) -> None:
    world.client.api_call("chat.update", json={"channel": OPS, "ts": ts} | content)


def whispers(to: str = ANA, channel: str = OPS) -> Do:
    return lambda world: world.client.chat_postEphemeral(channel=channel, user=to, text="psst")


def updates_message_of(world: World, ts: str) -> None:
    world.client.chat_update(channel=OPS, ts=ts, text="changed")


def whispered(world: World) -> str:
    return str(world.client.chat_postEphemeral(channel=OPS, user=ANA, text="psst")["message_ts"])


def text_alone_takes_blocks_away(world: World) -> None:
    ts = world.post(blocks=[section()])
    world.client.chat_update(channel=OPS, ts=ts, text="words alone")
    assert "blocks" not in world.message(ts)


def blocks_alone_keep_the_text(world: World) -> None:
    ts = world.post(text="words")
    updates_by(world, ts, blocks=[section()])
    assert world.message(ts)["text"] == "words"


def only_text_marks_as_edited(world: World) -> None:
    by_text, by_blocks = world.post(), world.post()
    world.client.chat_update(channel=OPS, ts=by_text, text="other")
    world.client.chat_update(channel=OPS, ts=by_blocks, text="other", blocks=[section()])
    assert "edited" in world.message(by_text)
    assert "edited" not in world.message(by_blocks)


def metadata_stays_until_emptied(world: World) -> None:
    ts = world.post(metadata=METADATA)
    world.client.chat_update(channel=OPS, ts=ts, text="other")
    assert world.message(ts)["metadata"] == METADATA
    world.client.chat_update(channel=OPS, ts=ts, text="other", metadata={})
    assert "metadata" not in world.message(ts)


def long_text_is_cut(world: World) -> None:
    assert len(world.message(world.post(text="x" * 40_001))["text"]) == 40_000


def an_ephemeral_is_seen_by_one(world: World) -> None:
    world.client.chat_postEphemeral(channel=OPS, user=ANA, text="for Ana alone")
    ana, mia = world.slack.person("ana"), world.slack.person("mia")
    assert any(each.ephemeral and "for Ana" in each.visible_text for each in ana.messages("ops"))
    assert not any("for Ana" in each.visible_text for each in mia.messages("ops"))


RULES = [
    Rule("a message says something", POST, posts(text="a"), posts(), "no_text"),
    Rule("blocks are a list", POST,
         posts(text="a", blocks=[section()]), posts(text="a", blocks='{"type": "divider"}'),
         "invalid_blocks_format"),
    Rule("markdown_text stands alone", POST,
         posts(markdown_text="**a**"), posts(markdown_text="**a**", text="a"),
         "markdown_text_conflict"),
    Rule("markdown_text has at most 12,000 characters", POST,
         posts(markdown_text="x" * 12_000), posts(markdown_text="x" * 12_001), "invalid_blocks"),
    Rule("metadata names its event", "messaging/message-metadata",
         posts(text="a", metadata=METADATA), posts(text="a", metadata={"event_payload": {}}),
         "invalid_metadata_schema"),
    Rule("metadata is an object", "messaging/message-metadata",
         posts(text="a", metadata=METADATA), posts(text="a", metadata=[]),
         "invalid_metadata_format"),
    Rule("a reply names a message that is there", POST,
         lambda world: posts(text="a", thread_ts=world.post())(world),
         posts(text="a", thread_ts=NOWHEN), "thread_not_found"),
    # Slack may also post it under the app's own name.
    Rule("another name needs a scope of its own", "reference/scopes/chat.write.customize",
         posts(text="a"), posts(text="a", username="Somebody"), "missing_scope"),
    Rule("a changed text has at most 4,000 characters", UPDATE,
         updates(text="x" * 4000), updates(text="x" * 4001), "msg_too_long"),
    Rule("a change says something", UPDATE, updates(text="a"), updates(), "no_text"),
    Rule("an app changes its own messages alone", UPDATE,
         lambda world: updates_message_of(world, world.post()),
         lambda world: updates_message_of(world, world.says()), "cant_update_message"),
    Rule("a message that is not there is not changed", UPDATE,
         lambda world: updates_message_of(world, world.post()),
         lambda world: updates_message_of(world, NOWHEN), "message_not_found"),
    Rule("an ephemeral message is not changed by chat.update", UPDATE,
         lambda world: updates_message_of(world, world.post()),
         lambda world: updates_message_of(world, whispered(world)), "message_not_found"),
    Rule("nothing changes in an archived channel", UPDATE,
         lambda world: updates_message_of(world, world.post()),
         lambda world: world.client.chat_update(
             channel=ARCHIVED, ts=world.archived_ts, text="changed"), "is_inactive"),
    Rule("an app deletes its own messages alone", "reference/methods/chat.delete",
         lambda world: world.client.chat_delete(channel=OPS, ts=world.post()),
         lambda world: world.client.chat_delete(channel=OPS, ts=world.says()),
         "cant_delete_message"),
    Rule("a message that is not there is not deleted", "reference/methods/chat.delete",
         lambda world: world.client.chat_delete(channel=OPS, ts=world.post()),
         lambda world: world.client.chat_delete(channel=OPS, ts=NOWHEN), "message_not_found"),
    Rule("an ephemeral message is for somebody in the channel", EPHEMERAL,
         whispers(ANA), whispers(GIA), "user_not_in_channel"),
    Rule("an ephemeral message needs the app in the channel", EPHEMERAL,
         whispers(), whispers(channel=GENERAL), "not_in_channel"),
    Rule("nothing is whispered in an archived channel", EPHEMERAL,
         whispers(), whispers(channel=ARCHIVED), "is_archived"),
    Rule("a permalink leads to a message that is there", "reference/methods/chat.getPermalink",
         lambda world: world.client.chat_getPermalink(channel=OPS, message_ts=world.post()),
         lambda world: world.client.chat_getPermalink(channel=OPS, message_ts=NOWHEN),
         "message_not_found"),
    Rule("a person deletes their own messages alone", "reference/methods/chat.delete",
         lambda world: world.act("ben", "delete", channel="ops", ts=world.act(
             "ben", "say", channel="ops", text="mine")["ts"]),
         lambda world: world.act("ben", "delete", channel="ops", ts=world.says()),
         "cant_delete_message"),
]  # fmt: skip

EFFECTS = [
    Effect("text without blocks takes the blocks away", UPDATE, text_alone_takes_blocks_away),
    Effect("blocks without text keep the text", UPDATE, blocks_alone_keep_the_text),
    Effect("a change of text is marked as edited, one of blocks is not", UPDATE,
           only_text_marks_as_edited),
    Effect("metadata stays until it is emptied", UPDATE, metadata_stays_until_emptied),
    Effect("a text above 40,000 characters is cut", POST, long_text_is_cut),
    Effect("an ephemeral message is seen by one person", EPHEMERAL, an_ephemeral_is_seen_by_one),
]  # fmt: skip
