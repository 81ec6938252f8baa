"""Outcomes of shipped projects: the toil they removed, and what they really moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity
from bot.views.data.project_state import ProjectReference
from bot.views.modals.score import impact_options, parse_impact
from domain.formatting import collapse_whitespace, format_signed, shorten
from domain.ranking.charter import Charter
from domain.toil.payback import ForecastAccuracy, Payback

CALLBACK = "outcome"
OPEN_FORM = "outcome_ask"
MAX_NAME_LENGTH = 60  # characters
MAX_IN_DIGEST = 5


@dataclass(frozen=True)
class OutcomeForm:
    """What a person who scored a shipped project predicted and has answered so far."""

    channel_id: str
    project: ProjectReference
    predicted: Mapping[str, int]
    observed: Mapping[str, int]


@dataclass(frozen=True)
class Submission:
    """A submitted outcome form."""

    channel_id: str
    number: int
    impacts: dict[str, int]


def question(place: ProjectReference, channel: str, where: str) -> block_kit.Message:
    """Ask a person who scored the project, privately. `where` identifies it for the button."""
    told = "You scored this project, and it has shipped. What did it really move?"
    only_you = "Only you see your answers. The team sees averages by value."
    return block_kit.message(
        [
            _named(place, f"  in #{channel}"),
            block_kit.statement(told),
            block_kit.Part(
                [
                    block_kit.actions(
                        block_kit.button("Say what it moved", OPEN_FORM, where, primary=True)
                    )
                ],
                [],
            ),
            block_kit.remark(only_you),
        ]
    )


def form(asked: OutcomeForm, charter: Charter) -> dict[str, Any]:
    """Return the outcome form: like the score form, with the prediction beside each value."""
    questions = [
        modal.field(
            f":{value.emoji}: {value.label}",
            modal.select(
                value.key, impact_options(), initial=str(asked.observed.get(value.key, 0))
            ),
            hint=f"You expected {_impact(asked.predicted.get(value.key, 0))}.",
            optional=True,
        )
        for value in charter.values
    ]
    return modal.modal(
        f"What #{asked.project.number} moved",
        [block_kit.rich_text(block_kit.text(asked.project.name, bold=True)), *questions],
        callback_id=CALLBACK,
        submit="Save",
        metadata={"channel": asked.channel_id, "number": asked.project.number},
    )


def parse(view: dict[str, Any], charter: Charter) -> Submission:
    """Return the submitted form. A value without an answer has no effect."""
    entered, known = modal.input_values(view), modal.metadata_of(view)
    return Submission(
        channel_id=known["channel"],
        number=known["number"],
        impacts={value.key: parse_impact(entered.get(value.key)) for value in charter.values},
    )


def channel_of(view: dict[str, Any]) -> str:
    channel: str = modal.metadata_of(view)["channel"]
    return channel


def saved() -> dict[str, Any]:
    told = "Thanks. `/roadmap mine` compares what you expected with what you saw."
    return modal.modal("Saved", [block_kit.section(told)], close="Close")


def payback(source: str, seen: Payback) -> block_kit.Message:
    """Return the comparison of toil before and after, for the card's thread."""
    told = f"{seen.days_after_shipping} days after it shipped. {_told(seen)}"
    source = collapse_whitespace(source)
    about = block_kit.rich_text(block_kit.text("Toil: ", bold=True), block_kit.text(source))
    return block_kit.message(
        [block_kit.Part([about], [f"Toil: {escape(source)}"]), block_kit.statement(told)]
    )


def payback_section(rows: Sequence[tuple[ProjectReference, Payback]]) -> list[block_kit.Part]:
    """List this week's paybacks, for the digest."""
    if not rows:
        return []
    items, said = [], []
    for place, seen in rows[:MAX_IN_DIGEST]:
        told = f"  {seen.days_after_shipping} days on: {_told(seen)}"
        name = shorten(place.name, MAX_NAME_LENGTH)
        items.append([block_kit.link(place.link, name), block_kit.text(told)])
        said.append(f"{escape(name)}{told}")
    return [
        block_kit.Part(
            [block_kit.section("*Payback*"), block_kit.bullets(items)], ["Payback:", *said]
        )
    ]


def foresight(rows: Sequence[ForecastAccuracy], charter: Charter) -> list[block_kit.Part]:
    """List what the team expected beside what it saw, by value, without names."""
    if not rows:
        return []
    told = _by_value(rows, charter)
    heading = "Expected and seen, for shipped projects"
    return [
        block_kit.Part(
            [block_kit.section("\n".join([f"*{heading}*", *told]))], [f"{heading}:", *told]
        )
    ]


def own_foresight(rows: Sequence[ForecastAccuracy], charter: Charter) -> block_kit.Message:
    """Return what a person expected beside what they saw, for them alone."""
    if not rows:
        told = (
            "No answers yet. Thirty days after a project that you scored ships, I ask you what it"
            " really moved."
        )
        return block_kit.message([block_kit.statement(told)])
    by_value = _by_value(rows, charter)
    told_by_value = block_kit.Part([block_kit.section("\n".join(by_value))], by_value)
    return block_kit.message(
        [block_kit.heading("What you expected and what you saw"), told_by_value]
    )


def _by_value(rows: Sequence[ForecastAccuracy], charter: Charter) -> list[str]:
    return [
        f"{charter.label(row.value)}: expected {format_signed(row.forecast)},"
        f" seen {format_signed(row.observed)} in {quantity(row.answers, 'answer', 'answers')}"
        for row in rows
    ]


def _told(seen: Payback) -> str:
    """Return a payback as `It happened 9 times a month before and 1 since: 8 fewer. 6 were
    promised.`
    """
    if seen.before_per_month is None or seen.removed_per_month is None:
        since = f"It happened {_times(seen.after_per_month)} a month since"
        told = f"{since}; the toil ledger is too short to compare with before."
    else:
        change = "fewer" if seen.removed_per_month >= 0 else "more"
        told = (
            f"It happened {_times(seen.before_per_month)} a month before"
            f" and {_number(seen.after_per_month)} since:"
            f" {_number(abs(seen.removed_per_month))} {change}."
        )
    if seen.promised_per_month is None:
        return told
    were = "was" if seen.promised_per_month == 1 else "were"
    return f"{told} {seen.promised_per_month} {were} promised."


def _times(count: float) -> str:
    return f"{_number(count)} {'time' if count == 1 else 'times'}"


def _number(count: float) -> str:
    return f"{round(count, 1):g}"


def _impact(impact: int) -> str:
    return f"{impact:+d}".replace("-", "−").replace("+0", "0")


def _named(place: ProjectReference, after: str) -> block_kit.Part:
    name = shorten(place.name, MAX_NAME_LENGTH)
    block = block_kit.rich_text(block_kit.link(place.link, name, bold=True), block_kit.text(after))
    return block_kit.Part([block], [f"{escape(name)}{escape(after)}"])
