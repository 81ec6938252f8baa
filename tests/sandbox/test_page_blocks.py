"""What the page draws of texts and blocks: nothing vanishes, and nothing becomes HTML."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block, BlockElement

from sandbox.server import Sandbox

Json = dict[str, Any]

HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>\'"&amp;{{7*7}}'
ESCAPED = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
SCRIPTS = [
    "javascript:window.harmed=1",
    "JaVaScRiPt:window.harmed=1",
    " javascript:window.harmed=1",
    "java\tscript:window.harmed=1",
    "data:text/html,<script>window.harmed=1</script>",
    "vbscript:msgbox(1)",
    "blob:https://example.com/x",
    "/archives",
]

# The state of the page's acting person, apart from the page's own.
STATE = """
const { State } = await import("/static/js/state.js");
const { learnEmoji } = await import("/static/js/emoji.js");
const state = new State();
const workspace = await (await fetch("/control/workspace")).json();
state.enter(workspace);
learnEmoji(workspace.emoji);
state.me = state.findPerson("mia");
state.load(await (await fetch("/control/screen/mia")).json());
"""
DRAW_MRKDWN = f"""async (text) => {{ {STATE}
const {{ mrkdwn }} = await import("/static/js/text/mrkdwn.js");
const node = document.createElement("div");
node.append(...mrkdwn(text, state));
for (const each of node.querySelectorAll("*")) {{
  for (const name of ["class", "title", "role", "aria-label", "target", "rel"]) {{
    each.removeAttribute(name);
  }}
}}
return node.innerHTML;
}}"""
DRAW_BLOCKS = f"""async (blocks) => {{ {STATE}
const {{ drawBlocks }} = await import("/static/js/blocks/blocks.js");
const {{ Surface }} = await import("/static/js/blocks/surface.js");
const place = {{ channel: "C0OPS00001", ts: "1.000000" }};
const drawn = document.createElement("section");
drawn.id = "drawn";
drawn.append(...drawBlocks(blocks, new Surface(state, place, "drawn")));
document.getElementById("drawn")?.remove();
document.getElementById("main").append(drawn);
}}"""


@pytest.fixture(scope="module")
def canvas(chromium: Browser) -> Iterator[Page]:
    """A page that tests only draw on, and so can share."""
    with Sandbox({}) as sandbox:
        page = chromium.new_page()
        page.goto(sandbox.url)
        yield page
        page.close()


@pytest.fixture
def client(sandbox: Sandbox, page: Page) -> WebClient:
    """The app's, in #ops."""
    invite = f"{sandbox.url}/control/as/mia/invite"
    bot = page.request.get(f"{sandbox.url}/control/workspace").json()["app"]["bot_user_id"]
    page.request.post(invite, data={"channel": "ops", "user": bot})
    return WebClient(sandbox.bot_token, base_url=sandbox.api_url)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _italic_ ~gone~", "<strong>bold</strong> <em>italic</em> <s>gone</s>"),
        ("*a _b ~c~_*", "<strong>a <em>b <s>c</s></em></strong>"),
        ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
        ("* not bold * and _ not italic _", "* not bold * and _ not italic _"),
        ("`*code* _as it is_`", "<code>*code* _as it is_</code>"),
        ("a\n```x = *1*\ny```\nb", "a<pre><code>x = *1*\ny</code></pre>b"),
        ("&gt; said\n&gt; twice\nthen", "<blockquote>said\ntwice</blockquote>then"),
        ("a\n>>>b\nc", "a<blockquote>b\nc</blockquote>"),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 &lt; 2 &amp;&amp; 3 &gt; 2"),
        ("&amp;lt; stays an entity", "&amp;lt; stays an entity"),
        (
            "<https://example.com/a_b_c|a *plain* label>",
            '<a href="https://example.com/a_b_c">a *plain* label</a>',
        ),
        (
            "*see <https://example.com|it>*",
            '<strong>see <a href="https://example.com">it</a></strong>',
        ),
        (
            "at https://example.com/x?a=1&amp;b=2.",
            'at <a href="https://example.com/x?a=1&amp;b=2">https://example.com/x?a=1&amp;b=2</a>.',
        ),
        ("<mailto:a@example.com|mail>", '<a href="mailto:a@example.com">mail</a>'),
        ("<@U0ANA00000> <@U0NOBODY>", "<span>@Ana Silva</span> <span>@U0NOBODY</span>"),
        ("<#C0RANDOM01>", '<a href="/archives/C0RANDOM01">#random</a>'),
        ("<#C0HIDDEN00|>", "<span>a private channel</span>"),
        ("<!here> <!channel>", "<span>@here</span> <span>@channel</span>"),
        ("<!subteam^S012|@oncall>", "<span>@oncall</span>"),
        (":fire: :+1::skin-tone-4: :nope:", "🔥 👍🏽 :nope:"),
        ("<!date^0^{date_num}|then>", "<time>1970-01-01</time>"),
        ("<!date^x^{date}|then>", "then"),
    ],
)
def test_mrkdwn_is_drawn_as_slack_draws_it(canvas: Page, text: str, html: str) -> None:
    drawn = canvas.evaluate(DRAW_MRKDWN, text)
    for name in ("🔥", "👍🏽", ":nope:"):
        drawn = drawn.replace(f"<span>{name}</span>", name)
    assert drawn == html


def test_hostile_words_stay_words_wherever_people_and_apps_can_put_them(
    page: Page, client: WebClient
) -> None:
    plain = {"type": "plain_text", "text": HOSTILE[:75]}
    said = {"type": "rich_text_section", "elements": [{"type": "text", "text": HOSTILE}]}
    client.chat_postMessage(
        channel="C0OPS00001",
        text=ESCAPED,
        username=HOSTILE[:80],
        blocks=[
            {"type": "header", "text": plain},
            {"type": "section", "text": {"type": "mrkdwn", "text": HOSTILE}},
            {"type": "section", "text": {"type": "mrkdwn", "text": ESCAPED}},
            {"type": "context", "elements": [{"type": "plain_text", "text": HOSTILE}]},
            {"type": "markdown", "text": HOSTILE},
            {"type": "rich_text", "elements": [said]},
            {"type": "actions", "elements": [{"type": "button", "text": plain, "action_id": "b"}]},
            {"type": "table", "rows": [[{"type": "raw_text", "text": HOSTILE}]]},
            {"type": "image", "image_url": "javascript:1", "alt_text": HOSTILE, "title": plain},
        ],
    )
    page.get_by_label("Message #ops").fill(HOSTILE)
    page.keyboard.press("Enter")

    page.locator(".message", has_text="Mia Okafor").get_by_text(HOSTILE).wait_for()
    page.get_by_role("button", name=HOSTILE[:40]).wait_for()
    page.get_by_role("heading", name=HOSTILE[:40]).wait_for()
    assert page.locator(".message-body").get_by_text(HOSTILE, exact=True).count() >= 5
    assert page.locator(".message :is(img, script, iframe, object, style)").count() == 0
    assert page.evaluate("window.harmed") is None


@pytest.mark.parametrize("address", SCRIPTS)
def test_a_link_to_a_script_can_be_read_but_not_followed(canvas: Page, address: str) -> None:
    option = {"text": {"type": "plain_text", "text": "Option"}, "value": "o", "url": address}
    button = {"type": "button", "text": {"type": "plain_text", "text": "Button"}, "url": address}
    link = {"type": "link", "url": address, "text": "Rich"}
    label = {"type": "plain_text", "text": "Video"}
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<{address}|Marked>"}},
        {"type": "markdown", "text": f"[Markdown]({address})"},
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [link]}]},
        {"type": "actions", "block_id": "a", "elements": [button]},
        {"type": "actions", "elements": [{"type": "overflow", "options": [option]}]},
        {
            "type": "video",
            "title": label,
            "video_url": address,
            "thumbnail_url": address,
            "alt_text": "",
        },
    ]
    canvas.evaluate(DRAW_BLOCKS, blocks)
    for words in ("Marked", "Markdown", "Rich", "Button", "Video"):
        canvas.locator("#drawn").get_by_text(words).first.wait_for()
    canvas.locator("#drawn").get_by_label("More").click()
    canvas.get_by_role("menuitem", name="Option").wait_for()
    assert canvas.locator("#drawn a, [role=menu] a, #drawn img").count() == 0


PLAIN = {"type": "plain_text", "text": "Words"}
OPTION = {"text": PLAIN, "value": "words"}
WORDS = {"type": "text", "text": "Words"}
SECTION = {"type": "rich_text_section", "elements": [WORDS]}
RICH = {"type": "rich_text", "elements": [SECTION]}
IMAGE = {"image_url": "/static/icon.svg", "alt_text": "Words"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "button"}
CARD = {"type": "card", "title": PLAIN}

# For each class that slack_sdk has: the fields without which it shows nothing.
BLOCKS: dict[str, Json] = {
    "actions": {"elements": [BUTTON]},
    "alert": {"text": PLAIN},
    "auth_provider": {"name": PLAIN, "value": "v", "is_connected": False},
    "call": {"call_id": "R1"},
    "card": CARD,
    "carousel": {"elements": [CARD]},
    "container": {"title": PLAIN, "child_blocks": [{"type": "divider"}]},
    "context": {"elements": [PLAIN]},
    "context_actions": {"elements": [BUTTON]},
    "divider": {},
    "file": {"external_id": "F1", "source": "remote"},
    "header": {"text": PLAIN},
    "image": IMAGE,
    "input": {"label": PLAIN, "element": {"type": "plain_text_input", "action_id": "i"}},
    "markdown": {"text": "Words"},
    "plan": {"title": "Words"},
    "rich_text": RICH,
    "section": {"text": PLAIN},
    "table": {"rows": [[{"type": "raw_text", "text": "Words"}]]},
    "task_card": {"task_id": "t", "title": "Words", "status": "pending"},
    "video": {"title": PLAIN, "video_url": "https://example.com", "thumbnail_url": "", **IMAGE},
}
ELEMENTS: dict[str, Json] = {
    "button": {"text": PLAIN},
    "checkboxes": {"options": [OPTION]},
    "feedback_buttons": {
        "positive_button": {"text": PLAIN, "value": "y"},
        "negative_button": {"text": PLAIN, "value": "n"},
    },
    "icon_button": {"icon": "trash", "text": PLAIN},
    "image": IMAGE,
    "multi_static_select": {"options": [OPTION]},
    "overflow": {"options": [OPTION]},
    "radio_buttons": {"options": [OPTION]},
    "static_select": {"options": [OPTION]},
    "workflow_button": {"text": PLAIN, "workflow": {}},
}
PARTS: dict[str, Json] = {
    "broadcast": {"range": "here"},
    "channel": {"channel_id": "C0OPS00001"},
    "color": {"value": "#0b6b66"},
    "date": {"timestamp": 0, "format": "{date}"},
    "emoji": {"name": "fire"},
    "link": {"url": "https://example.com"},
    "team": {"team_id": "T0HARBOR01"},
    "text": WORDS,
    "user": {"user_id": "U0ANA00000"},
    "usergroup": {"usergroup_id": "S1"},
}
RICH_ELEMENTS: dict[str, Json] = {
    "rich_text_list": {"style": "bullet", "elements": [SECTION]},
    "rich_text_preformatted": {"elements": [WORDS]},
    "rich_text_quote": {"elements": [WORDS]},
    "rich_text_section": SECTION,
}


def kinds(base: type) -> set[str]:
    """The `type` of every class that comes of this one."""

    def below(cls: type) -> Iterator[type]:
        children: list[type] = cls.__subclasses__()
        for child in children:
            yield child
            yield from below(child)

    names = (getattr(cls, "type", None) for cls in below(base))
    return {name for name in names if isinstance(name, str)}


def block_with(kind: str) -> Json:
    """A block that holds an element of this kind."""
    if kind in PARTS:
        part = {"type": kind, **PARTS[kind]}
        section = {"type": "rich_text_section", "elements": [part]}
        return {"type": "rich_text", "elements": [section]}
    if kind in RICH_ELEMENTS:
        return {"type": "rich_text", "elements": [{"type": kind, **RICH_ELEMENTS[kind]}]}
    element = {"type": kind, "action_id": "element", **ELEMENTS.get(kind, {})}
    return {"type": "section", "block_id": "block", "text": PLAIN, "accessory": element}


@pytest.mark.parametrize("kind", sorted(kinds(Block)))
def test_every_block_is_drawn_or_named(canvas: Page, kind: str) -> None:
    canvas.evaluate(DRAW_BLOCKS, [{"type": kind, "block_id": "block", **BLOCKS[kind]}])
    drawn = canvas.locator("#drawn")
    if kind == "divider":
        assert drawn.locator("hr").count() == 1
    else:
        words = drawn.inner_text()
        assert "Words" in words or "not supported here" in words


@pytest.mark.parametrize("kind", sorted(kinds(BlockElement)))
def test_every_element_is_drawn_or_named(canvas: Page, kind: str) -> None:
    canvas.evaluate(DRAW_BLOCKS, [block_with(kind)])
    inside = canvas.locator("#drawn :is(.accessory, .rich-text)")
    controls = inside.locator("input, textarea, select, button, img")
    assert controls.count() or inside.inner_text().strip()
