"""Block Kit builders: the JSON that each returns."""

from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.json import JSONSnapshotExtension

from bot.views.blocks import block_kit
from bot.views.blocks.block_kit import Message, Part

BUTTON = block_kit.button("Score", "score", "12")


def test_blocks__match_their_snapshot(snapshot: SnapshotAssertion) -> None:
    cell = [block_kit.text("14.7")]
    blocks = {
        "actions": block_kit.actions(BUTTON),
        "bullets": block_kit.bullets([[block_kit.text("One")], [block_kit.text("Two")]]),
        "code_block": block_kit.code_block("a,b\n"),
        "columns": block_kit.columns([(block_kit.mrkdwn("*Now*"), block_kit.literal("#1"))] * 6),
        "context": block_kit.context(block_kit.mrkdwn("_me_"), block_kit.literal("you")),
        "divider": block_kit.divider(),
        "header": block_kit.header("Digest :lock:"),
        "note": block_kit.note("`/roadmap`"),
        "rich_text": block_kit.rich_text(block_kit.text("One"), block_kit.emoji("lock")),
        "section": block_kit.section("*One*"),
        "stable_actions": block_kit.stable_actions(BUTTON),
        "table": block_kit.table([[[block_kit.text("Needle")], cell]], right=[1]),
    }
    assert blocks == snapshot.use_extension(JSONSnapshotExtension)


def test_elements__match_their_snapshot(snapshot: SnapshotAssertion) -> None:
    elements = {
        "button": BUTTON,
        "button, primary": block_kit.button("Score", "score", "12", primary=True),
        "emoji": block_kit.emoji("lock"),
        "link": block_kit.link("https://example.com", "#1", bold=True),
        "literal": block_kit.literal(":lock:"),
        "literal_option": block_kit.literal_option("One\ntwo", "1"),
        "mention": block_kit.mention("U1"),
        "mrkdwn": block_kit.mrkdwn("*One*"),
        "option": block_kit.option("One", "1", description="The first"),
        "overflow": block_kit.overflow("more", [block_kit.option("One", "1")]),
        "plain_text": block_kit.plain_text("One"),
        "text": block_kit.text("One"),
        "with_confirmation": block_kit.with_confirmation(BUTTON, "Score it?", "Now."),
    }
    assert elements == snapshot.use_extension(JSONSnapshotExtension)


def test_parts__say_in_text_what_their_blocks_show() -> None:
    assert block_kit.heading("A & B") == Part([block_kit.header("A & B")], ["A &amp; B"])
    assert block_kit.labeled("A", "b") == Part([block_kit.section("*A*  b")], ["A: b"])
    assert block_kit.quoted("<!here>\nb").text_lines == ["&lt;!here&gt; b"]
    assert block_kit.remark("A", ":lock:") == Part([block_kit.note(":lock: A")], ["A"])
    parts = [block_kit.statement("A"), Part([], []), block_kit.remark("B")]
    blocks = [block_kit.section("A"), block_kit.note("B")]
    assert block_kit.message(parts) == Message("A\nB", blocks)


def test_long_mrkdwn__is_not_cut_inside_a_mention() -> None:
    assert block_kit.mrkdwn("x" * 2_990 + " <@U12345678>")["text"] == "x" * 2_990 + "…"
    assert block_kit.mrkdwn("<@U1> " + "x" * 3_000)["text"] == "<@U1> " + "x" * 2_993 + "…"
    assert block_kit.mrkdwn("x" * 3_001)["text"] == "x" * 2_999 + "…"
    assert block_kit.mrkdwn("x" * 3_000)["text"] == "x" * 3_000


def test_link_without_url__is_text() -> None:
    assert block_kit.link(None, "#1") == block_kit.text("#1")


def test_typed_address__is_a_link_unless_cut() -> None:
    content = "See https://a.example/b."
    assert block_kit.typed(content) == [
        {"type": "text", "text": "See "},
        {"type": "link", "url": "https://a.example/b"},
        {"type": "text", "text": "."},
    ]
    assert block_kit.typed(content, 20) == [{"type": "text", "text": "See https://a.examp…"}]
