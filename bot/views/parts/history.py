"""Events of a project's history in words, for the history and for replies in the card's thread."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.data.history import NOT_STARTED, HistoryEntry
from bot.views.data.people import someone
from domain.formatting import collapse_whitespace, shorten

MAX_DETAIL_LENGTH = 300
# Keyed by a history entry's action. The text that a person typed follows.
PHRASES = {
    "proposed": "proposed it",
    "edited": "edited it: ",
    "step_done": "checked off a step: ",
    "step_undone": "unchecked a step: ",
    "took_in": "merged another project into it: ",
    "open": "reopened it",
    NOT_STARTED: "marked it as not started",
    "started": "started it",
    "shipped": "shipped it",
    "declined": "declined it: ",
    "dropped": "dropped it: ",
    "merged": "merged it into ",
    "handed_off": "handed it off: ",
    "committed": "committed to it for ",
    "commit_undone": "undid the commit for ",
    "taken_in": "added it to the roadmap for ",
    "taken_out": "removed it from the roadmap for ",
    "commented": "commented: ",
}
ICONS = {
    "edited": "memo",
    "step_done": "white_check_mark",
    "took_in": "link",
    "open": "recycle",
    NOT_STARTED: "recycle",
    "started": "hammer_and_wrench",
    "shipped": "rocket",
    "declined": "no_entry",
    "dropped": "broom",
    "merged": "link",
    "handed_off": "handshake",
    "committed": "calendar",
    "commit_undone": "calendar",
    "taken_in": "calendar",
    "taken_out": "calendar",
    "owner_set": "key",
    "owner_removed": "key",
    "owner_left": "wave",
    "commented": "speech_balloon",
    "restored": "recycle",
    "facts_restored": "recycle",
}
DEFAULT_ICON = "memo"
# Instead of typed text, these have the owner's user id: the texts before and after the mention.
OWNER_PHRASES = {
    "owner_set": ("made ", " the owner"),
    "owner_removed": ("removed ", " as the owner"),
}
OWN_PHRASES = {
    "owner_set": "now owns it",
    "owner_removed": "no longer owns it",
    "owner_left": "left the channel, so this project has no owner now",
    "restored": "proposed this. I restored it from this card. Scores and comments aren't in Slack:"
    " if yours are missing, add them again.",
    "facts_restored": "proposed this. This card was newer than my database, so I restored its text,"
    " owner, steps and status from it.",
}


def icon(entry: HistoryEntry) -> str:
    """Return the name of the emoji that stands for the action."""
    return ICONS.get(entry.action, DEFAULT_ICON)


def inline_parts(
    entry: HistoryEntry, max_length: int = MAX_DETAIL_LENGTH
) -> list[block_kit.Inline]:
    """Return who did what, for rich_text, with typed text cut to `max_length` characters."""
    person = block_kit.mention(entry.person)
    if _is_own(entry):
        return [person, block_kit.text(f" {OWN_PHRASES[entry.action]}")]
    if entry.action in OWNER_PHRASES:
        before, after = OWNER_PHRASES[entry.action]
        owner = block_kit.mention(entry.detail)
        return [person, block_kit.text(f" {before}"), owner, block_kit.text(after)]
    phrase, detail = _phrase_and_detail(entry)
    return [
        person,
        block_kit.text(f" {phrase}"),
        *(block_kit.typed(detail, max_length) if detail else []),
    ]


def text_line(entry: HistoryEntry, max_length: int = MAX_DETAIL_LENGTH) -> str:
    """Return who did what, for a message's text."""
    person = someone(entry.person)
    if _is_own(entry):
        return f"{person} {OWN_PHRASES[entry.action]}"
    if entry.action in OWNER_PHRASES:
        before, after = OWNER_PHRASES[entry.action]
        return f"{person} {before}{someone(entry.detail)}{after}"
    phrase, detail = _phrase_and_detail(entry)
    return f"{person} {phrase}{escape(shorten(detail, max_length))}"


def _is_own(entry: HistoryEntry) -> bool:
    """Return whether a person's own ownership changed."""
    return entry.action in OWN_PHRASES and entry.detail == entry.person


def _phrase_and_detail(entry: HistoryEntry) -> tuple[str, str]:
    phrase = PHRASES.get(entry.action, f"{entry.action}: ")
    detail = collapse_whitespace(entry.detail)
    if not detail:
        return phrase.rstrip(": "), ""
    if entry.action == "handed_off":  # stored as `reason → who should do it`
        detail = " Who should do it: ".join(detail.rsplit(" → ", 1))
    return phrase if phrase.endswith(" ") else f"{phrase}: ", detail
