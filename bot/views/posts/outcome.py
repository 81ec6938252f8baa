"""Outcomes of shipped projects: the toil that they removed, and the values that they helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.views.blocks import block_kit, modal
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity, signed_impact, times
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
    """A scorer's predictions for a shipped project, and the answers so far."""

    channel_id: str
    project: ProjectReference
    predicted: Mapping[str, int | None]  # None: the person had no opinion
    observed: Mapping[str, int]


@dataclass(frozen=True)
class Submission:
    """A submitted outcome form."""

    channel_id: str
    project: str  # as `modal.project_of` returns it
    impacts: dict[str, int]


def question(project: ProjectReference, channel: str, button_value: str) -> block_kit.Message:
    """Ask a scorer privately what the shipped project helped.

    `button_value` identifies the project for the button.
    """
    prompt = "You scored this project, and it has shipped. Which values did it really help?"
    only_you = "Only you see your answers. The team sees averages by value."
    return block_kit.message(
        [
            _project_name(project, f"  in #{channel}"),
            block_kit.statement(prompt),
            block_kit.Part(
                [
                    block_kit.actions(
                        block_kit.button(
                            "Say what it helped", OPEN_FORM, button_value, primary=True
                        )
                    )
                ],
                [],
            ),
            block_kit.remark(only_you),
        ]
    )


def form(outcome: OutcomeForm, charter: Charter) -> dict[str, Any]:
    """Return the outcome form: like the score form, with the prediction beside each value."""
    questions = [
        modal.field(
            f":{value.emoji}: {value.label}",
            modal.select(
                value.key, impact_options(), initial=str(outcome.observed.get(value.key, 0))
            ),
            hint=_prediction(outcome.predicted.get(value.key, 0)),
            optional=True,
        )
        for value in charter.values
    ]
    return modal.modal(
        f"What #{outcome.project.number} helped",
        [block_kit.rich_text(block_kit.text(outcome.project.name, bold=True)), *questions],
        callback_id=CALLBACK,
        submit="Save",
        metadata=modal.project_metadata(
            outcome.channel_id, outcome.project.number, outcome.project.permanent_id
        ),
    )


def _prediction(impact: int | None) -> str:
    return "You had no opinion." if impact is None else f"You expected {signed_impact(impact)}."


def parse(view: dict[str, Any], charter: Charter) -> Submission:
    """Return the submitted form. A value without an answer has no effect.

    A value that joined the charter while the form was open gets no impact.
    """
    entered, metadata = modal.input_values(view), modal.metadata_of(view)
    return Submission(
        channel_id=metadata["channel"],
        project=modal.project_of(view),
        impacts={key: parse_impact(entered[key]) for key in charter.keys if key in entered},
    )


def saved() -> dict[str, Any]:
    thanks = "Thanks. `/roadmap mine` compares what you expected with what you saw."
    return modal.modal("Saved", [block_kit.section(thanks)], close="Close")


def payback(source: str, result: Payback) -> block_kit.Message:
    """Return the comparison of toil before and after, for the card's thread."""
    statement = f"{result.days_after_shipping} days after shipping: {_payback_text(result)}"
    source = collapse_whitespace(source)
    about = block_kit.rich_text(block_kit.text("Toil: ", bold=True), block_kit.text(source))
    return block_kit.message(
        [block_kit.Part([about], [f"Toil: {escape(source)}"]), block_kit.statement(statement)]
    )


def payback_section(rows: Sequence[tuple[ProjectReference, Payback]]) -> list[block_kit.Part]:
    """List this week's paybacks, for the digest."""
    if not rows:
        return []
    items, text_lines = [], []
    for project, result in rows[:MAX_IN_DIGEST]:
        statement = f"  {result.days_after_shipping} days after shipping: {_payback_text(result)}"
        name = shorten(project.name, MAX_NAME_LENGTH)
        items.append([block_kit.link(project.link, name), block_kit.text(statement)])
        text_lines.append(f"{escape(name)}{statement}")
    return [
        block_kit.Part(
            [block_kit.section("*Payback*"), block_kit.bullets(items)], ["Payback:", *text_lines]
        )
    ]


def foresight(rows: Sequence[ForecastAccuracy], charter: Charter) -> list[block_kit.Part]:
    """Compare the team's expectations with what it saw, by value and without names."""
    if not rows:
        return []
    lines = _by_value(rows, charter)
    heading = "Expected and observed impact of shipped projects"
    return [
        block_kit.Part(
            [block_kit.section("\n".join([f"*{heading}*", *lines]))], [f"{heading}:", *lines]
        )
    ]


def own_foresight(rows: Sequence[ForecastAccuracy], charter: Charter) -> block_kit.Message:
    """Compare a person's expectations with what they saw, for that person alone."""
    if not rows:
        explanation = (
            "No answers yet. One month after a project ships, I ask the people who scored it which"
            " values it really helped."
        )
        return block_kit.message([block_kit.statement(explanation)])
    lines = _by_value(rows, charter)
    value_part = block_kit.Part([block_kit.section("\n".join(lines))], lines)
    return block_kit.message([block_kit.heading("What you expected and what you saw"), value_part])


def _by_value(rows: Sequence[ForecastAccuracy], charter: Charter) -> list[str]:
    return [
        f"{charter.label(row.value)}: expected {format_signed(row.forecast)},"
        f" observed {format_signed(row.observed)} ({quantity(row.answers, 'answer', 'answers')})"
        for row in rows
    ]


def _payback_text(result: Payback) -> str:
    """Return a payback as `the toil happens once a month, down from 9 times. That's 8 fewer a
    month. The proposal promised 6 fewer a month.`
    """
    sentences = [f"the toil happens {times(result.after_per_month)} a month"]
    if result.before_per_month is None or result.removed_per_month is None:
        sentences.append("The toil ledger doesn't go back far enough to compare")
    elif removed := round(result.removed_per_month, 1):
        moved, change = ("down", "fewer") if removed > 0 else ("up", "more")
        sentences[0] += f", {moved} from {times(result.before_per_month)}"
        sentences.append(f"That's {abs(removed):g} {change} a month")
    else:
        sentences[0] += ", as before"
    if result.promised_per_month is not None:
        sentences.append(f"The proposal promised {result.promised_per_month} fewer a month")
    return f"{'. '.join(sentences)}."


def _project_name(project: ProjectReference, suffix: str) -> block_kit.Part:
    name = shorten(project.name, MAX_NAME_LENGTH)
    block = block_kit.rich_text(
        block_kit.link(project.link, name, bold=True), block_kit.text(suffix)
    )
    return block_kit.Part([block], [f"{escape(name)}{escape(suffix)}"])
