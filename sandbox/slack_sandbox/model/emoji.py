"""Emoji by Slack's names for them: those that there are, and those that the picker offers."""

import re
from pathlib import Path

from slack_sandbox.model.errors import SlackError

TONED = re.compile(r"(.+)::skin-tone-[2-6]")

OFFERED = (
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


def reaction_name(given: str) -> str:
    """An emoji as reactions carry it: `thumbsup` is `+1`, a skin tone stands in the name."""
    toned = TONED.fullmatch(given)
    name = NAMES.get(toned.group(1) if toned else given)
    if name is None or (toned and name not in HAVE_TONES):
        raise SlackError("invalid_name", f"there is no emoji {given!r}")
    return name + given[len(toned.group(1)) :] if toned else name


def offered() -> list[dict[str, object]]:
    """List the emoji of the page's picker, each with all of its names and whether it has tones."""
    return [
        {
            "name": name,
            "character": character,
            "aliases": ALIASES[name],
            "has_tones": name in HAVE_TONES,
        }
        for name, character in OFFERED
    ]


def _standard() -> tuple[dict[str, str], set[str]]:
    """Every name with the one that the API answers, and those that come in skin tones."""
    names: dict[str, str] = {}
    have_tones: set[str] = set()
    for line in (Path(__file__).parent / "emoji_names.txt").read_text().splitlines():
        if line.startswith("#"):
            continue
        name, *rest = line.split()
        names |= {each: name for each in (name, *rest) if each != "*"}
        if "*" in rest:
            have_tones.add(name)
    return names, have_tones


def _aliases() -> dict[str, list[str]]:
    """Map each name that the API answers to the other names of its emoji."""
    aliases: dict[str, list[str]] = {name: [] for name in NAMES.values()}
    for alias, name in NAMES.items():
        if alias != name:
            aliases[name].append(alias)
    return aliases


NAMES, HAVE_TONES = _standard()
ALIASES = _aliases()
CHARACTERS = {each: character for name, character in OFFERED for each in (name, *ALIASES[name])}
