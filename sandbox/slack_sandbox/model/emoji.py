"""Emoji by Slack's names: all that exist, and those in the page's picker."""

import re
from pathlib import Path

from slack_sandbox.model.errors import SlackError

WITH_TONE = re.compile(r"(.+)::skin-tone-[2-6]")

PICKER = (
    ("+1", "👍"),
    ("-1", "👎"),
    ("lock", "🔒"),
    ("green_heart", "💚"),
    ("zap", "⚡"),
    ("chart_with_upwards_trend", "📈"),
    ("moneybag", "💰"),
    ("gear", "⚙️"),
    ("eyes", "👀"),
    ("white_check_mark", "✅"),
    ("heavy_plus_sign", "➕"),
    ("fire", "🔥"),
    ("rocket", "🚀"),
    ("tada", "🎉"),
    ("heart", "❤️"),
    ("joy", "😂"),
    ("slightly_smiling_face", "🙂"),
    ("thinking_face", "🤔"),
    ("raised_hands", "🙌"),
    ("pray", "🙏"),
    ("clap", "👏"),
    ("wave", "👋"),
    ("100", "💯"),
    ("bulb", "💡"),
    ("hammer_and_wrench", "🛠️"),
    ("broom", "🧹"),
    ("bug", "🐛"),
    ("warning", "⚠️"),
    ("octagonal_sign", "🛑"),
    ("rotating_light", "🚨"),
    ("hourglass_flowing_sand", "⏳"),
    ("calendar", "📆"),
    ("memo", "📝"),
    ("pushpin", "📌"),
    ("package", "📦"),
    ("shield", "🛡️"),
    ("snail", "🐌"),
    ("coffee", "☕"),
    ("sunny", "☀️"),
    ("speech_balloon", "💬"),
    ("left_right_arrow", "↔️"),
    ("grey_question", "❔"),
    ("question", "❓"),
    ("exclamation", "❗"),
    ("x", "❌"),
    ("no_entry", "⛔"),
    ("hand", "✋"),
    ("point_up", "☝️"),
    ("ok_hand", "👌"),
    ("muscle", "💪"),
    ("handshake", "🤝"),
    ("sob", "😭"),
    ("sweat_smile", "😅"),
    ("sunglasses", "😎"),
    ("star", "⭐"),
    ("sparkles", "✨"),
    ("trophy", "🏆"),
    ("dart", "🎯"),
    ("books", "📚"),
    ("link", "🔗"),
    ("key", "🔑"),
    ("mag", "🔍"),
    ("bell", "🔔"),
    ("zzz", "💤"),
    ("bar_chart", "📊"),
    ("chart_with_downwards_trend", "📉"),
    ("computer", "💻"),
    ("satellite", "📡"),
    ("seedling", "🌱"),
    ("recycle", "♻️"),
    ("large_green_circle", "🟢"),
    ("large_yellow_circle", "🟡"),
    ("red_circle", "🔴"),
)


def reaction_name(emoji: str) -> str:
    """Return the name of an emoji in a reaction, such as `+1` for `thumbsup`. Keep its skin tone.

    Raise SlackError if there is no such emoji.
    """
    toned = WITH_TONE.fullmatch(emoji)
    name = NAMES.get(toned.group(1) if toned else emoji)
    if name is None or (toned and name not in NAMES_WITH_TONES):
        raise SlackError("invalid_name", f"There is no emoji {emoji!r}.")
    return name + emoji[len(toned.group(1)) :] if toned else name


def picker_emoji() -> list[dict[str, object]]:
    """List the emoji of the page's picker, each with all of its names and whether it has tones."""
    return [
        {
            "name": name,
            "character": character,
            "aliases": ALIASES[name],
            "has_tones": name in NAMES_WITH_TONES,
        }
        for name, character in PICKER
    ]


def _read_names() -> tuple[dict[str, str], set[str]]:
    """Map every name to the one that the API returns. Return it and the names with skin tones."""
    names: dict[str, str] = {}
    with_tones: set[str] = set()
    for line in (Path(__file__).parent / "emoji_names.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        name, *rest = line.split()
        names |= {alias: name for alias in (name, *rest) if alias != "*"}
        if "*" in rest:
            with_tones.add(name)
    return names, with_tones


def _aliases() -> dict[str, list[str]]:
    """Map each name that the API returns to the other names of its emoji."""
    aliases: dict[str, list[str]] = {name: [] for name in NAMES.values()}
    for alias, name in NAMES.items():
        if alias != name:
            aliases[name].append(alias)
    return aliases


NAMES, NAMES_WITH_TONES = _read_names()
ALIASES = _aliases()
CHARACTERS = {alias: character for name, character in PICKER for alias in (name, *ALIASES[name])}
