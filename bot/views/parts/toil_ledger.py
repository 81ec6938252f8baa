"""The toil ledger, for the digest and for `/roadmap toil`."""

from collections.abc import Sequence

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity, times
from bot.views.data.toil_ledger import ToilLedger, ToilSource
from domain.formatting import collapse_whitespace, format_percent, shorten
from domain.toil.ledger import ToilSummary, WeekTotals, sparkline

PROPOSE = "toil_propose"
MAX_IN_REPLY = 8
MAX_NAME_LENGTH = 60  # characters
NO_PROJECT = "no project yet"
LEDGER_TOO_YOUNG = "After four weeks of entries, I show how much time toil leaves for projects"


def toil_section(ledger: ToilLedger) -> list[block_kit.Part]:
    """Show the week and the most frequent source, in two lines.

    Show nothing after a month without toil.
    """
    if not ledger.month.entries:
        return []
    return [
        block_kit.labeled("Toil this week", f"{_summary_text(ledger.week)}."),
        *[_most_frequent(toil_source) for toil_source in ledger.sources[:1]],
    ]


def _most_frequent(toil_source: ToilSource) -> block_kit.Part:
    name = shorten(collapse_whitespace(toil_source.source.name), MAX_NAME_LENGTH)
    project = shorten(collapse_whitespace(toil_source.project or NO_PROJECT), MAX_NAME_LENGTH)
    often = times(toil_source.source.entries)
    source = f"Most often: {name}, {often} in four weeks, {project}."
    command = "All sources: `/roadmap toil`"
    context = block_kit.context(block_kit.literal(source), block_kit.mrkdwn(command))
    return block_kit.Part([context], [f"{escape(source)} {command}"])


def reply(ledger: ToilLedger | None, channel: str) -> block_kit.Message:
    """Show one person the whole toil ledger."""
    heading = block_kit.heading(f"Toil in #{channel}")
    hint = block_kit.remark(
        "To log toil: `/toil page db-primary 45m`. `/toil help` lists the rest."
    )
    if ledger is None:
        return block_kit.message([heading, block_kit.statement("The toil ledger is empty."), hint])
    summary = f"{_summary_text(ledger.month)}. {_planned_share_text(ledger.month)}."
    parts = [
        block_kit.Part(
            [block_kit.section(f"*Last four weeks*  {summary}")], [f"Last four weeks: {summary}"]
        ),
        *_trend(ledger.trend),
        *_sources(ledger),
    ]
    return block_kit.message([heading, *parts, hint])


def _summary_text(summary: ToilSummary) -> str:
    """Return a summary as `5 pages (2 after hours) · 1 night with pages · 3.5 hours of toil`."""
    pages = quantity(summary.pages, "page", "pages")
    if summary.pages_out_of_hours:
        pages += f" ({summary.pages_out_of_hours} after hours)"
    nights = quantity(summary.disturbed_nights, "night with pages", "nights with pages")
    return f"{pages} · {nights} · {_duration(summary.minutes)} of toil"


def _planned_share_text(month: ToilSummary) -> str:
    if month.planned_share is None:
        return LEDGER_TOO_YOUNG
    return (
        f"After toil, {format_percent(month.planned_share)} of working time was left for projects"
    )


def _trend(weeks: Sequence[WeekTotals]) -> list[block_kit.Part]:
    """Show the weeks as bars, with this week and the last in numbers."""
    rows = [
        ([week.pages for week in weeks], "page", "pages"),
        ([week.nights for week in weeks], "night with pages", "nights with pages"),
        ([round(week.minutes / 60) for week in weeks], "hour of toil", "hours of toil"),
    ]
    lines = [
        f"{sparkline(numbers)}  {quantity(numbers[-1], singular, plural)} this week,"
        f" {numbers[-2]} last week"
        for numbers, singular, plural in rows
    ]
    title = f"Last {len(weeks)} weeks"
    block = block_kit.section("\n".join([f"*{title}*", *lines]))
    return [block_kit.Part([block], [f"{title}:", *lines])]


def _sources(ledger: ToilLedger) -> list[block_kit.Part]:
    """Show each source in a line, with a button if it is frequent but has no project."""
    parts = []
    for toil_source in ledger.sources[:MAX_IN_REPLY]:
        name = shorten(collapse_whitespace(toil_source.source.name), MAX_NAME_LENGTH)
        often = times(toil_source.source.entries)
        facts = f"  {often} in four weeks, {_duration(toil_source.source.minutes)} · "
        project = shorten(collapse_whitespace(toil_source.project or NO_PROJECT), MAX_NAME_LENGTH)
        line = block_kit.rich_text(
            block_kit.text(name, bold=True),
            block_kit.text(facts),
            block_kit.link(toil_source.link, project),
        )
        parts.append(block_kit.Part([line], [f"{escape(name)}{facts}{escape(project)}"]))
        if toil_source.needs_project:
            button = block_kit.button("Propose a project for it", PROPOSE, toil_source.source.name)
            parts.append(block_kit.Part([block_kit.actions(button)], []))
    return parts


def _duration(minutes: int) -> str:
    if minutes < 60:
        return quantity(minutes, "minute", "minutes")
    hours = round(minutes / 60, 1)
    return "1 hour" if hours == 1 else f"{hours:g} hours"
