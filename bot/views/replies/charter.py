"""The charter, shown to one person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import day, quantity
from bot.views.data.charter_draft import Objection
from bot.views.data.people import someone
from bot.views.parts.charter_thresholds import THRESHOLDS
from bot.views.posts.charter_draft import describe_value, objections
from domain.formatting import collapse_whitespace, join_with_and
from domain.ranking.charter import Charter, Value

CHANGE_VALUES = "charter_change_values"
CHANGE_THRESHOLDS = "charter_change_thresholds"
CONTINUE = "charter_go_on"
DISCARD = "charter_discard"
MAX_VERSIONS = 5
MAX_NAMES = 20  # A context line has a length limit.


@dataclass(frozen=True)
class CharterVersion:
    """A version of the charter: when it was adopted, and who agreed.

    An upgrade of Needle adds a version if it adds a threshold. `missing_thresholds` are the names
    of those that Needle didn't have when the version was adopted.
    """

    version: int
    adopted_on: date
    agreed_by: Sequence[str]
    by_upgrade: bool = False
    missing_thresholds: Collection[str] = ()
    objections: Sequence[Objection] = ()


@dataclass(frozen=True)
class DraftPost:
    """A draft's post. `link` is None until Slack has confirmed the post."""

    link: str | None


@dataclass(frozen=True)
class OpenDraft:
    """A draft that isn't adopted or withdrawn. `post` is None before it is posted."""

    id: int
    proposer: str
    post: DraftPost | None


def current_charter(
    channel: str,
    charter: Charter,
    versions: Sequence[CharterVersion],
    draft: OpenDraft | None,
    *,
    may_change: bool,
) -> block_kit.Message:
    """Show the charter in force. `versions` starts with it, then the earlier ones, newest first."""
    newest, *earlier = versions
    return block_kit.message(
        [
            *_charter_parts(channel, charter, newest, _in_force(newest)),
            *_earlier_versions(earlier),
            *([_draft(draft)] if draft else []),
            *([_buttons(draft)] if may_change else []),
        ]
    )


def one_version(
    channel: str, charter: Charter, version: CharterVersion, *, in_force: bool
) -> block_kit.Message:
    """Show one version, and whether it's in force."""
    earlier = f"Took effect on {day(version.adopted_on)}; no longer in force"
    adopted = _in_force(version) if in_force else earlier
    return block_kit.message(_charter_parts(channel, charter, version, adopted))


def _in_force(version: CharterVersion) -> str:
    return f"In force since {day(version.adopted_on)}"


def _charter_parts(
    channel: str, charter: Charter, version: CharterVersion, adopted: str
) -> list[block_kit.Part]:
    return [
        block_kit.heading(f"Charter for #{channel} · version {version.version}"),
        block_kit.remark(_adoption(version, adopted)),
        *objections(version.objections, is_adopted=True),
        *[_value_part(value) for value in charter.values],
        *_number_one_rule(charter),
        _thresholds(charter, version.missing_thresholds),
    ]


def _adoption(version: CharterVersion, adopted: str) -> str:
    if version.by_upgrade:
        return (
            f"{adopted}. An upgrade of Needle made this version: it added thresholds and changed"
            " nothing else."
        )
    if not version.agreed_by:
        return f"{adopted}."
    return f"{adopted}. Agreed to by {_mentions(version.agreed_by)}."


def _mentions(people: Sequence[str]) -> str:
    mentions = [someone(person) for person in people[:MAX_NAMES]]
    more = [f"{len(people) - MAX_NAMES} more"] if len(people) > MAX_NAMES else []
    return join_with_and([*mentions, *more])


def _number_one_rule(charter: Charter) -> list[block_kit.Part]:
    if not any(value.number_one for value in charter.values):
        return []
    return [block_kit.remark("A project that hurts a number-one value is on hold.")]


def _value_part(value: Value) -> block_kit.Part:
    details = f"  {describe_value(value)}"
    rubric = collapse_whitespace(value.rubric)
    parts = [
        block_kit.emoji(value.emoji),
        block_kit.text(f" {value.label}", bold=True),
        block_kit.text(details),
    ]
    block = block_kit.rich_text(*parts, *(block_kit.typed(f"\n{rubric}") if rubric else []))
    return block_kit.Part(
        [block], [escape(f"{value.label}: {describe_value(value)}. {rubric}".rstrip())]
    )


def _thresholds(charter: Charter, missing: Collection[str]) -> block_kit.Part:
    if "reveal_after_days" in missing:  # One score was never enough then.
        charter = charter.with_settings(reveal_after_days=0)
    rows = [
        (threshold.label, threshold.formatted(charter), threshold.meaning_in(charter))
        for threshold in THRESHOLDS
        if threshold.name not in missing
    ]
    items = [
        [block_kit.text(label, bold=True), block_kit.text(f" {number}: {meaning}")]
        for label, number, meaning in rows
    ]
    return block_kit.Part(
        [block_kit.section("*Thresholds*"), block_kit.bullets(items)],
        ["Thresholds:", *[f"{label}: {number} ({meaning})" for label, number, meaning in rows]],
    )


def _earlier_versions(versions: Sequence[CharterVersion]) -> list[block_kit.Part]:
    if not versions:
        return []
    descriptions = [
        f"version {version.version} ({day(version.adopted_on)}{_origin(version)}"
        f"{_objection_count(version)})"
        for version in versions[:MAX_VERSIONS]
    ]
    hint = f"To show a version: `/roadmap charter {versions[0].version}`."
    return [block_kit.remark(f"Earlier: {'; '.join(descriptions)}. {hint}")]


def _objection_count(version: CharterVersion) -> str:
    count = len(version.objections)
    return f", {quantity(count, 'objection', 'objections')}" if count else ""


def _origin(version: CharterVersion) -> str:
    if version.by_upgrade:
        return ", by upgrade"
    return f", agreed by {_mentions(version.agreed_by)}" if version.agreed_by else ""


def _draft(draft: OpenDraft) -> block_kit.Part:
    proposer = someone(draft.proposer)
    if draft.post is None:
        return block_kit.remark(f"{proposer} started a charter draft. It isn't posted yet.")
    status = f"{proposer} posted a charter draft. The channel is deciding on it."
    link = (
        block_kit.rich_text(block_kit.link(draft.post.link, "See the charter draft"))
        if draft.post.link
        else None
    )
    return block_kit.Part(
        [block_kit.note(status), *([link] if link else [])], [f"{status} See the charter draft."]
    )


def _buttons(draft: OpenDraft | None) -> block_kit.Part:
    """Return the stewards' buttons. While a draft is posted, there are none."""
    if draft is None:
        buttons = [
            block_kit.button("Change values…", CHANGE_VALUES, "values"),
            block_kit.button("Change thresholds…", CHANGE_THRESHOLDS, "thresholds"),
        ]
    elif draft.post is None:
        value = str(draft.id)
        buttons = [
            block_kit.button("Continue the draft…", CONTINUE, value, primary=True),
            block_kit.with_confirmation(
                block_kit.button("Discard the draft", DISCARD, value),
                "Discard the draft?",
                "It isn't posted, so the channel won't know.",
            ),
        ]
    else:
        return block_kit.remark("Adopt or withdraw this draft before you start another one.")
    return block_kit.Part([block_kit.actions(*buttons)], [])
