"""The post of a charter draft, and descriptions of the draft's changes."""

from collections.abc import Iterator, Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day, quantity
from bot.views.data.charter_draft import CharterChange, CharterDraft, DraftDecision, Objection
from bot.views.data.people import someone
from bot.views.parts.charter_thresholds import THRESHOLDS
from domain.formatting import collapse_whitespace, join_with_and, shorten
from domain.ranking.charter import Value

AGREE = "charter_agree"
NOT_YET = "charter_not_yet"
COMPARE = "charter_compare"
WITHDRAW = "charter_withdraw"
MAX_RUBRIC_LENGTH = 300
MAX_REASON_LENGTH = 200  # characters of an objection's reason that a post shows
MAX_REASONS = 5

NO_CHANGES = "This draft has no changes yet."


def post(draft: CharterDraft) -> block_kit.Message:
    """Return the post that asks the channel to agree, with the answers and the decision."""
    version = f"version {draft.change.version}"
    heading = f"{someone(draft.proposer)} proposes a change to {version} of the charter"
    return block_kit.message(
        [
            block_kit.Part([block_kit.section(f"*{heading}.*")], [f"{heading}."]),
            block_kit.Part(
                [block_kit.rich_text(*block_kit.typed(draft.reason))],
                [escape(collapse_whitespace(draft.reason))],
            ),
            changes(draft.change),
            *_answers(draft),
            *(_decision(draft.decision) if draft.decision else _buttons(draft)),
        ]
    )


def changes(change: CharterChange) -> block_kit.Part:
    """List what a draft changes, with one value or threshold per line."""
    lines = [*_value_changes(change), *_threshold_changes(change)]
    if not lines:
        return block_kit.remark(NO_CHANGES)
    return block_kit.Part(
        [block_kit.section("*What changes*"), block_kit.bullets([inlines for inlines, _ in lines])],
        ["What changes:", *[escape(line_text) for _, line_text in lines]],
    )


def has_changes(change: CharterChange) -> bool:
    """Return whether a draft changes anything. The order of the values doesn't matter."""
    return any(_value_changes(change)) or any(_threshold_changes(change))


def answers(agreeing: Sequence[str], objecting: Sequence[Objection]) -> list[block_kit.Part]:
    """Return who agrees, and who objects and why."""
    parts = [block_kit.remark(f"Agree: {_people(agreeing)}.", "✅")] if agreeing else []
    return [*parts, *objections(objecting)]


def objections(objecting: Sequence[Objection], *, is_adopted: bool = False) -> list[block_kit.Part]:
    """Return who objects, with one line for each reason, or who objected to an adopted draft."""
    explained = [objection for objection in objecting if objection.reason][:MAX_REASONS]
    silent = [objection.person for objection in objecting if objection not in explained]
    label, verb = ("Objected", "objected") if is_adopted else ("Object", "objects")
    parts = [block_kit.remark(f"{label}: {_people(silent)}.", "✋")] if silent else []
    if explained:
        bullets = [
            [
                block_kit.text("✋ "),
                block_kit.mention(objection.person),
                block_kit.text(f" {verb}: "),
                *block_kit.typed(_shown_reason(objection)),
            ]
            for objection in explained
        ]
        lines = [
            f"{someone(objection.person)} {verb}: {escape(_shown_reason(objection))}"
            for objection in explained
        ]
        parts.append(block_kit.Part([block_kit.bullets(bullets)], lines))
    return parts


def _shown_reason(objection: Objection) -> str:
    return shorten(collapse_whitespace(objection.reason), MAX_REASON_LENGTH)


def tally(agreeing: int, objecting: int, unanswered: int | None) -> str:
    """Return the answers as `3 agree, 1 objects, 4 have not answered`."""
    counts = [
        quantity(agreeing, "agrees", "agree"),
        quantity(objecting, "objects", "object"),
        *([quantity(unanswered, "has not answered", "have not answered")] if unanswered else []),
    ]
    return ", ".join(counts)


def _people(people: Sequence[str]) -> str:
    return join_with_and([someone(person) for person in people])


def _answers(draft: CharterDraft) -> list[block_kit.Part]:
    parts = answers(draft.agreeing, draft.objecting)
    if not parts and not draft.decision:
        return [block_kit.remark("Nobody has answered yet.")]
    return parts


def _buttons(draft: CharterDraft) -> list[block_kit.Part]:
    value = str(draft.id)
    buttons = block_kit.stable_actions(
        block_kit.button("✅ Agree", AGREE, value),
        block_kit.button("✋ Object", NOT_YET, value),
        block_kit.button("Before and after", COMPARE, value),
        block_kit.with_confirmation(
            block_kit.button("Withdraw", WITHDRAW, value),
            "Withdraw this charter draft?",
            "The charter stays as it is. A steward can then start another draft.",
        ),
    )
    how = (
        "Use the buttons, or react with ✅ or ✋. Your latest answer counts. *Before and after*"
        " shows how the ranking would change. A steward can adopt the draft there."
    )
    return [block_kit.Part([buttons, block_kit.note(how)], [how.replace("*", "")])]


def _decision(decision: DraftDecision) -> list[block_kit.Part]:
    who = f"by {someone(decision.decided_by)} on {day(decision.decided_on)}"
    if decision.version is None:
        return [block_kit.statement(f"Withdrawn {who}. The charter stays as it was.")]
    return [block_kit.statement(f"Adopted {who}: version {decision.version} of the charter.")]


ChangeLine = tuple[list[block_kit.Inline], str]  # a line's rich text, and its plain text


def _value_changes(change: CharterChange) -> Iterator[ChangeLine]:
    before, after = change.before, change.after
    for value in before.values:
        if value.key not in after.keys:
            yield _value_line(value, " is retired. Its scores are kept")
    for value in after.values:
        old = before.value(value.key)
        if old is None:
            back = value.key in change.known_keys
            verb = "comes back, and its scores count again" if back else "is added"
            rubric = ", rubric" if value.rubric else ""
            facts = f"{describe_value(value).capitalize()}{rubric}"
            yield _value_line(value, f" {verb}. {facts}", value.rubric)
        elif old != value:
            yield _altered_value(old, value)


def _altered_value(old: Value, new: Value) -> ChangeLine:
    differences = []
    if new.label != old.label:
        differences.append(f"renamed to {new.label}")
    if new.weight != old.weight:
        differences.append(f"weight {old.weight:g} → {new.weight:g}")
    if new.number_one != old.number_one:
        now = "now" if new.number_one else "no longer"
        differences.append(f"{now} a number-one value")
    if new.emoji != old.emoji:
        differences.append(f"emoji {old.emoji} → {new.emoji}")
    rubric = ""
    if new.rubric != old.rubric:
        rubric = new.rubric
        differences.append("new rubric" if rubric else "no rubric")
    return _value_line(old, f": {'; '.join(differences)}", rubric, emoji=new.emoji)


def describe_value(value: Value) -> str:
    """Return a value's weight, and whether it is a number-one value."""
    number_one = ", number-one value" if value.number_one else ""
    return f"weight {value.weight:g}{number_one}"


def _value_line(value: Value, content: str, rubric: str = "", *, emoji: str = "") -> ChangeLine:
    """Return a value's name, Needle's own text `content`, and the rubric as a quotation."""
    rubric = shorten(collapse_whitespace(rubric), MAX_RUBRIC_LENGTH)
    before, after = (" “", "”") if rubric else ("", ".")
    inlines = [
        block_kit.emoji(emoji or value.emoji),
        block_kit.text(f" {value.label}", bold=True),
        block_kit.text(content + before),
        *(block_kit.typed(rubric) if rubric else []),
        block_kit.text(after),
    ]
    return inlines, f"{value.label}{content}{before}{rubric}{after}"


def _threshold_changes(change: CharterChange) -> Iterator[ChangeLine]:
    for threshold in THRESHOLDS:
        old, new = threshold.formatted(change.before), threshold.formatted(change.after)
        if threshold.input_value(change.before) != threshold.input_value(change.after):
            content = f": {old} → {new} ({threshold.meaning_in(change.after)})."
            yield (
                [block_kit.text(threshold.label, bold=True), block_kit.text(content)],
                f"{threshold.label}{content}",
            )
