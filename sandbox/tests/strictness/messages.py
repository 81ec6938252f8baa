"""Rules for messages: content, ownership and updates (reference/methods/chat.*)."""

from typing import Any

from strictness.builders import actions, button, menu, mrkdwn, option, plain, section
from strictness.rule import Action, Effect, Rule
from strictness.workspace import ANA, ARCHIVED, GENERAL, GIA, OPS, Workspace

POST = "reference/methods/chat.postMessage"
UPDATE = "reference/methods/chat.update"
EPHEMERAL = "reference/methods/chat.postEphemeral"
METADATA = {"event_type": "made", "event_payload": {"id": "1"}}
AMPERSAND = option("r&d", text=plain("R&D"))
UNKNOWN_TS = "1700000000.000000"


def posts(**content: Any) -> Action:
    """Call the method directly: slack_sdk's wrapper warns if there is no text."""
    return lambda workspace: workspace.client.api_call(
        "chat.postMessage", json={"channel": OPS} | content
    )


def updates(**content: Any) -> Action:
    return lambda workspace: update_with(workspace, workspace.post(), **content)


def update_with(workspace: Workspace, ts: str, **content: Any) -> None:
    workspace.client.api_call("chat.update", json={"channel": OPS, "ts": ts} | content)


def posts_ephemeral(to: str = ANA, channel: str = OPS) -> Action:
    return lambda workspace: workspace.client.chat_postEphemeral(
        channel=channel, user=to, text="psst"
    )


def update_message(workspace: Workspace, ts: str) -> None:
    workspace.client.chat_update(channel=OPS, ts=ts, text="changed")


def post_ephemeral(workspace: Workspace) -> str:
    return str(
        workspace.client.chat_postEphemeral(channel=OPS, user=ANA, text="psst")["message_ts"]
    )


def check_text_removes_blocks(workspace: Workspace) -> None:
    ts = workspace.post(blocks=[section()])
    workspace.client.chat_update(channel=OPS, ts=ts, text="only text")
    assert "blocks" not in workspace.message(ts)


def check_blocks_keep_text(workspace: Workspace) -> None:
    ts = workspace.post(text="words")
    update_with(workspace, ts, blocks=[section()])
    assert workspace.message(ts)["text"] == "words"


def check_edited_mark(workspace: Workspace) -> None:
    by_text, by_blocks = workspace.post(), workspace.post()
    workspace.client.chat_update(channel=OPS, ts=by_text, text="other")
    workspace.client.chat_update(channel=OPS, ts=by_blocks, text="other", blocks=[section()])
    assert "edited" in workspace.message(by_text)
    assert "edited" not in workspace.message(by_blocks)


def check_metadata_kept(workspace: Workspace) -> None:
    ts = workspace.post(metadata=METADATA)
    workspace.client.chat_update(channel=OPS, ts=ts, text="other")
    assert workspace.message(ts)["metadata"] == METADATA
    workspace.client.chat_update(channel=OPS, ts=ts, text="other", metadata={})
    assert "metadata" not in workspace.message(ts)


def check_text_truncated(workspace: Workspace) -> None:
    assert len(workspace.message(workspace.post(text="x" * 40_001))["text"]) == 40_000


def check_attachments_are_kept(workspace: Workspace) -> None:
    note = {"color": "good", "title": "Deploy", "text": "*Done*", "blocks": None}
    ts = workspace.post(attachments=[note, {"blocks": [actions(button())]}])
    first, second = workspace.message(ts)["attachments"]
    assert (first["id"], first["title"], first["fallback"]) == (1, "Deploy", "*Done*")
    block = second["blocks"][0]
    workspace.client.chat_update(channel=OPS, ts=ts, text="changed")
    mia = workspace.slack.person("mia")
    message = mia.sees("Deploy\nDone\nPress")
    mia.presses("Press", on=message)
    pressed = workspace.app.wait_for("block_actions")
    assert pressed["actions"][0]["block_id"] == block["block_id"]
    assert pressed["container"]["type"] == "message_attachment"
    assert pressed["container"]["attachment_id"] == 2
    workspace.client.chat_update(channel=OPS, ts=ts, text="changed", attachments=[])
    assert "attachments" not in workspace.message(ts)


def check_plain_text_is_escaped(workspace: Workspace) -> None:
    labels = {"a & <b>": "a &amp; &lt;b&gt;", "a &amp; b": "a &amp; b"}
    row = actions(*(button(text=plain(label)) for label in labels), menu(options=[AMPERSAND]))
    ts = workspace.post(blocks=[row])
    *buttons, select = workspace.message(ts)["blocks"][0]["elements"]
    assert [pressed["text"]["text"] for pressed in buttons] == [*labels.values()]
    mia = workspace.slack.person("mia")
    message = mia.sees("a & <b>\na & b")
    mia.presses("a & <b>", on=message)
    assert (
        workspace.app.wait_for("block_actions")["actions"][0]["text"]["text"] == labels["a & <b>"]
    )
    mia.chooses("R&D", on=message)
    selected = workspace.app.wait_for("block_actions")["actions"][0]["selected_option"]
    assert (selected["text"]["text"], selected["value"]) == ("R&amp;D", "r&d")
    assert select["options"] == [selected]


def check_urls_are_links(workspace: Workspace) -> None:
    text, linked = "see https://example.com/a?b=1&c.", "see <https://example.com/a?b=1&c>."
    ts = workspace.post(text=text, blocks=[section(text=mrkdwn(text)), section(text=plain(text))])
    message = workspace.message(ts)
    assert message["text"] == linked
    assert [block["text"]["text"] for block in message["blocks"]] == [
        linked,
        text.replace("&", "&amp;"),
    ]
    verbatim = mrkdwn(text) | {"verbatim": True}
    ts = workspace.post(text="<https://a.io|it>", blocks=[section(text=verbatim)])
    message = workspace.message(ts)
    assert (message["text"], message["blocks"][0]["text"]["text"]) == ("<https://a.io|it>", text)
    typed = workspace.message(workspace.post_as_mia(f"({text})"))["text"]
    assert typed == "(see <https://example.com/a?b=1&amp;c>.)"


def check_ephemeral_visibility(workspace: Workspace) -> None:
    workspace.client.chat_postEphemeral(channel=OPS, user=ANA, text="for Ana alone")
    ana, mia = workspace.slack.person("ana"), workspace.slack.person("mia")
    assert any(
        message.ephemeral and "for Ana" in message.visible_text for message in ana.messages("ops")
    )
    assert not any("for Ana" in message.visible_text for message in mia.messages("ops"))


RULES = [
    Rule("a message has content", POST, posts(text="a"), posts(), "no_text"),
    Rule("a message has at most 100 attachments", POST,
         posts(attachments=[{"text": "a"}] * 100), posts(attachments=[{"text": "a"}] * 101),
         "too_many_attachments"),
    Rule("attachments are a list", POST,
         posts(attachments=[{"text": "a"}]), posts(attachments={"text": "a"}),
         "invalid_attachments"),
    Rule("blocks of attachments are valid", POST,
         posts(attachments=[{"blocks": [section()]}]),
         posts(attachments=[{"blocks": [{"type": "ruler"}]}]), "invalid_blocks"),
    Rule("blocks are a list", POST,
         posts(text="a", blocks=[section()]), posts(text="a", blocks='{"type": "divider"}'),
         "invalid_blocks_format"),
    Rule("markdown_text excludes text", POST,
         posts(markdown_text="**a**"), posts(markdown_text="**a**", text="a"),
         "markdown_text_conflict"),
    Rule("markdown_text has at most 12,000 characters", POST,
         posts(markdown_text="x" * 12_000), posts(markdown_text="x" * 12_001), "invalid_blocks"),
    Rule("metadata has an event_type", "messaging/message-metadata",
         posts(text="a", metadata=METADATA), posts(text="a", metadata={"event_payload": {}}),
         "invalid_metadata_schema"),
    Rule("metadata is an object", "messaging/message-metadata",
         posts(text="a", metadata=METADATA), posts(text="a", metadata=[]),
         "invalid_metadata_format"),
    Rule("a reply's parent exists", POST,
         lambda workspace: posts(text="a", thread_ts=workspace.post())(workspace),
         posts(text="a", thread_ts=UNKNOWN_TS), "thread_not_found"),
    # Slack may also ignore the username and post under the app's name.
    Rule("a username needs chat:write.customize", "reference/scopes/chat.write.customize",
         posts(text="a"), posts(text="a", username="Somebody"), "missing_scope"),
    Rule("an updated text has at most 4,000 characters", UPDATE,
         updates(text="x" * 4000), updates(text="x" * 4001), "msg_too_long"),
    Rule("an update has content", UPDATE, updates(text="a"), updates(), "no_text"),
    Rule("an app can update only its own messages", UPDATE,
         lambda workspace: update_message(workspace, workspace.post()),
         lambda workspace: update_message(workspace, workspace.post_as_mia()),
         "cant_update_message"),
    Rule("an updated message exists", UPDATE,
         lambda workspace: update_message(workspace, workspace.post()),
         lambda workspace: update_message(workspace, UNKNOWN_TS), "message_not_found"),
    Rule("chat.update can't change an ephemeral message", UPDATE,
         lambda workspace: update_message(workspace, workspace.post()),
         lambda workspace: update_message(workspace, post_ephemeral(workspace)),
         "message_not_found"),
    Rule("a message in an archived channel can't be updated", UPDATE,
         lambda workspace: update_message(workspace, workspace.post()),
         lambda workspace: workspace.client.chat_update(
             channel=ARCHIVED, ts=workspace.archived_ts, text="changed"), "is_inactive"),
    Rule("an app can delete only its own messages", "reference/methods/chat.delete",
         lambda workspace: workspace.client.chat_delete(channel=OPS, ts=workspace.post()),
         lambda workspace: workspace.client.chat_delete(channel=OPS, ts=workspace.post_as_mia()),
         "cant_delete_message"),
    Rule("a deleted message exists", "reference/methods/chat.delete",
         lambda workspace: workspace.client.chat_delete(channel=OPS, ts=workspace.post()),
         lambda workspace: workspace.client.chat_delete(channel=OPS, ts=UNKNOWN_TS),
         "message_not_found"),
    Rule("an ephemeral message's user is in the channel", EPHEMERAL,
         posts_ephemeral(ANA), posts_ephemeral(GIA), "user_not_in_channel"),
    Rule("an app posts ephemeral messages only where it's a member", EPHEMERAL,
         posts_ephemeral(), posts_ephemeral(channel=GENERAL), "not_in_channel"),
    Rule("an archived channel has no new ephemeral messages", EPHEMERAL,
         posts_ephemeral(), posts_ephemeral(channel=ARCHIVED), "is_archived"),
    Rule("a permalink's message exists", "reference/methods/chat.getPermalink",
         lambda workspace: workspace.client.chat_getPermalink(
             channel=OPS, message_ts=workspace.post()),
         lambda workspace: workspace.client.chat_getPermalink(channel=OPS, message_ts=UNKNOWN_TS),
         "message_not_found"),
    Rule("a person can delete only their own messages", "reference/methods/chat.delete",
         lambda workspace: workspace.act("ben", "delete", channel="ops", ts=workspace.act(
             "ben", "post", channel="ops", text="mine")["ts"]),
         lambda workspace: workspace.act(
             "ben", "delete", channel="ops", ts=workspace.post_as_mia()),
         "cant_delete_message"),
]  # fmt: skip

EFFECTS = [
    Effect("an update with only text removes the blocks", UPDATE, check_text_removes_blocks),
    Effect("an update with only blocks keeps the text", UPDATE, check_blocks_keep_text),
    Effect("an update marks a message as edited unless it has blocks", UPDATE,
           check_edited_mark),
    Effect("an update keeps the metadata unless it's empty", UPDATE, check_metadata_kept),
    Effect("a text above 40,000 characters is truncated", POST, check_text_truncated),
    Effect("plain_text is escaped", "slackapi/bolt-python issue 513", check_plain_text_is_escaped),
    Effect("URLs are links", "messaging/formatting-message-text", check_urls_are_links),
    Effect("a message keeps its attachments", POST, check_attachments_are_kept),
    Effect("only one person sees an ephemeral message", EPHEMERAL, check_ephemeral_visibility),
]  # fmt: skip
