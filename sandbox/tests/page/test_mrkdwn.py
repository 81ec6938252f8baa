"""mrkdwn on the page."""

import pytest
from playwright.sync_api import Page

from support.page_scripts import DRAW_MRKDWN

pytestmark = pytest.mark.long


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
def test_mrkdwn__matches_slack(canvas: Page, text: str, html: str) -> None:
    drawn = canvas.evaluate(DRAW_MRKDWN, text)
    for name in ("🔥", "👍🏽", ":nope:"):
        drawn = drawn.replace(f"<span>{name}</span>", name)
    assert drawn == html
