"""The charter draft's post, and descriptions of what a draft changes."""

from collections.abc import Iterator, Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day
from bot.views.data.charter_draft import CharterChange, CharterDraft, DraftDecision
from bot.views.data.people import someone
from bot.views.parts.charter_thresholds import THRESHOLDS
from domain.formatting import collapse_whitespace, join_with_and, shorten
from domain.ranking.charter import Value

AGREE = "charter_agree"
NOT_YET = "charter_not_yet"
COMPARE = "charter_compare"
WITHDRAW = "charter_withdraw"
MAX_RUBRIC_LENGTH = 300

NO_CHANGES = "Nothing changes yet."


def post(draft: CharterDraft) -> block_kit.Message:
    """Return the post that asks the channel to agree, with the answers and the decision."""
    asked = f"{someone(draft.proposer)} proposes a change to our charter"
    which = f"version {draft.change.version}"
    return block_kit.message(
        [
            block_kit.Part([block_kit.section(f"*{asked}*, {which}.")], [f"{asked}, {which}."]),
            block_kit.Part(
                [block_kit.rich_text(block_kit.text(draft.reason))],
                [escape(collapse_whitespace(draft.reason))],
            ),
            changes(draft.change),
            *_answers(draft),
            *(_ended(draft.decision) if draft.decision else _buttons(draft)),
        ]
    )


def changes(amendment: CharterChange) -> block_kit.Part:
    """List what a draft changes, with one value or threshold per line."""
    told = [*_values(amendment), *_numbers(amendment)]
    if not told:
        return block_kit.remark(NO_CHANGES)
    return block_kit.Part(
        [block_kit.section("*What changes*"), block_kit.bullets([shown for shown, _ in told])],
        ["What changes:", *[escape(said) for _, said in told]],
    )


def has_changes(amendment: CharterChange) -> bool:
    """Return whether a draft changes anything. The order of the values doesn't matter."""
    return any(_values(amendment)) or any(_numbers(amendment))


def answers(agree: Sequence[str], not_yet: Sequence[str]) -> list[str]:
    told = []
    if agree:
        told.append(f"Agree: {join_with_and([someone(person) for person in agree])}")
    if not_yet:
        told.append(f"Not yet: {join_with_and([someone(person) for person in not_yet])}")
    return told


def _answers(draft: CharterDraft) -> list[block_kit.Part]:
    told = answers(draft.agreeing, draft.objecting)
    if not told and not draft.decision:
        return [block_kit.remark("Nobody has answered yet.")]
    return [block_kit.remark(each) for each in told]


def _buttons(draft: CharterDraft) -> list[block_kit.Part]:
    value = str(draft.id)
    buttons = block_kit.stable_actions(
        block_kit.button("✅ Agree", AGREE, value),
        block_kit.button("✋ Not yet", NOT_YET, value),
        block_kit.button("Before and after", COMPARE, value),
        block_kit.with_confirmation(
            block_kit.button("Withdraw", WITHDRAW, value),
            "Withdraw this change?",
            "The charter stays as it is. A steward can then propose another change.",
        ),
    )
    how = "*Before and after* shows how the ranking would change. A steward adopts it there."
    return [block_kit.Part([buttons, block_kit.note(how)], [how.replace("*", "")])]


def _ended(closed: DraftDecision) -> list[block_kit.Part]:
    who = f"by {someone(closed.decided_by)} on {day(closed.decided_on)}"
    if closed.version is None:
        return [block_kit.statement(f"Withdrawn {who}. The charter stays as it was.")]
    return [block_kit.statement(f"Adopted {who}: version {closed.version} of the charter.")]


Told = tuple[list[block_kit.Inline], str]  # a line's rich text, and its plain text


def _values(amendment: CharterChange) -> Iterator[Told]:
    before, after = amendment.before, amendment.after
    for value in before.values:
        if value.key not in after.keys:
            yield _about(value, " is retired. Its scores are kept.")
    for value in after.values:
        old = before.value(value.key)
        if old is None:
            back = value.key in amendment.known_keys
            how = " comes back with its scores" if back else " is added"
            yield _about(value, f"{how}: {describe_value(value)}.", value.rubric)
        elif old != value:
            yield _altered(old, value)


def _altered(old: Value, new: Value) -> Told:
    how = []
    if new.label != old.label:
        how.append(f"is now called {new.label}")
    if new.weight != old.weight:
        how.append(f"weight {old.weight:g} → {new.weight:g}")
    if new.number_one != old.number_one:
        how.append("now number one" if new.number_one else "no longer number one")
    if new.emoji != old.emoji:
        how.append(f"emoji {old.emoji} → {new.emoji}")
    rubric = ""
    if new.rubric != old.rubric:
        rubric = new.rubric
        how.append("new rubric" if rubric else "no rubric")
    shown = f": {'; '.join(how)}"
    return _about(old, f"{shown}:" if rubric else f"{shown}.", rubric, emoji=new.emoji)


def describe_value(value: Value) -> str:
    """Return a value's weight, and whether it is number one."""
    number_one = ", number one" if value.number_one else ""
    return f"weight {value.weight:g}{number_one}"


def _about(value: Value, told: str, typed: str = "", *, emoji: str = "") -> Told:
    """Describe a value: its name, Needle's own words, and what someone typed about it."""
    typed = shorten(collapse_whitespace(typed), MAX_RUBRIC_LENGTH)
    shown = [
        block_kit.emoji(emoji or value.emoji),
        block_kit.text(f" {value.label}", bold=True),
        block_kit.text(told),
        *([block_kit.text(f" {typed}")] if typed else []),
    ]
    return shown, f"{value.label}{told} {typed}".rstrip()


def _numbers(amendment: CharterChange) -> Iterator[Told]:
    for threshold in THRESHOLDS:
        old, new = threshold.formatted(amendment.before), threshold.formatted(amendment.after)
        if threshold.input_value(amendment.before) != threshold.input_value(amendment.after):
            told = f": {old} → {new}, {threshold.meaning}."
            yield (
                [block_kit.text(threshold.label, bold=True), block_kit.text(told)],
                f"{threshold.label}{told}",
            )
