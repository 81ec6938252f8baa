"""The quarterly roadmap, and what `/roadmap` answers to whoever asks."""

from bot.views import kit, overview
from bot.views.overview import LISTED, Overview
from bot.views.text import escape, lines, one_line
from bot.views.wording import weeks
from values.planning import Hint, Plan
from values.ranking import Ranked


def roadmap(board: Overview, quarter: str, plan: Plan) -> kit.Message:
    """`quarter` as people say it. One table: what is planned; below the line, a list."""
    title = f"Roadmap of #{board.channel} · {quarter}"
    blocks = [
        kit.header(title),
        *overview.weather(board),
        *planned(board, plan),
        *overview.held(board),
        kit.note(f"Ranked by charter version {board.charter_version}. It informs; you decide."),
    ]
    text = lines(
        [
            escape(title),
            overview.weather_words(board),
            *_planned_lines(board, plan),
            *overview.held_lines(board),
        ]
    )
    return kit.Message(text=text, blocks=blocks)


def planned(board: Overview, plan: Plan) -> list[kit.Block]:
    """The plan: capacity, what it takes, what it leaves, and a better one if there is one."""
    blocks = [
        kit.section(f"*Capacity*  {plan.capacity.arithmetic}"),
        kit.section(f"*Planned*  {plan.used:g} engineer-weeks"),
        *(overview.table(board, plan.taken) or [kit.note("Nothing fits yet.")]),
        *_listed(board, "Below the line", plan.left_out),
        *_listed(board, "No effort given, so not planned", plan.no_effort),
    ]
    return [*blocks, *_hint(plan.hint)] if plan.hint else blocks


def _planned_lines(board: Overview, plan: Plan) -> list[str]:
    """The same in words."""
    return [
        plan.capacity.arithmetic,
        "Planned:",
        *overview.rank_lines(board, plan.taken),
        *(["Below the line:"] if plan.left_out else []),
        *overview.rank_lines(board, plan.left_out),
        *(["No effort given, so not planned:"] if plan.no_effort else []),
        *overview.rank_lines(board, plan.no_effort),
    ]


def ranking(board: Overview, first: int = 1) -> kit.Message:
    """The ranking now, from its `first` rank on, for one person."""
    title = f"Ranking of #{board.channel}"
    rows = board.in_order[first - 1 :]
    blocks = [
        kit.header(title),
        *overview.weather(board),
        *(overview.table(board, rows) or [kit.section("Nothing is ranked. `/propose`!")]),
        *overview.held(board),
        *overview.unscored(board),
        *overview.out_of_scope(board),
        kit.note("`/roadmap why N` says why; `/roadmap help` says what else."),
    ]
    text = lines(
        [
            escape(title),
            overview.weather_words(board),
            *overview.rank_lines(board, rows),
            *overview.held_lines(board),
            *overview.unscored_lines(board),
            *overview.out_of_scope_lines(board),
        ]
    )
    return kit.Message(text=text, blocks=blocks)


def why(board: Overview, ranked: Ranked) -> kit.Message:
    """Why a project stands where it does, for one person."""
    name = f"#{ranked.project.id} {one_line(ranked.project.title)}"
    blocks = [
        kit.rich(kit.link(board.links.get(ranked.project.id), name, bold=True)),
        kit.section(ranked.why),
    ]
    return kit.Message(text=lines([escape(name), ranked.why]), blocks=blocks)


def plan_now(board: Overview, quarter: str, plan: Plan) -> kit.Message:
    """What the quarter would hold if it were planned now, for one person."""
    title = f"Plan for {quarter}, as it stands"
    return kit.Message(
        text=lines([title, *_planned_lines(board, plan)]),
        blocks=[kit.header(title), *planned(board, plan)],
    )


def _listed(board: Overview, title: str, rows: tuple[Ranked, ...]) -> list[kit.Block]:
    if not rows:
        return []
    items = [
        [board.link(ranked), kit.words(f"  {weeks(ranked.project.effort_weeks)}")]
        for ranked in rows[:LISTED]
    ]
    blocks = [kit.section(f"*{title}*"), kit.bullets(items)]
    if len(rows) > LISTED:
        blocks.append(kit.note(f"and {len(rows) - LISTED} more"))
    return blocks


def _hint(hint: Hint) -> list[kit.Block]:
    added = ", ".join(f"#{ranked.project.id}" for ranked in hint.add)
    dropped = ", ".join(f"#{ranked.project.id}" for ranked in hint.drop) or "nothing"
    return [
        kit.note(
            f":bulb: {added} instead of {dropped} would move the needle {hint.gain:.0%} more"
            " in the same time. Your choice."
        )
    ]
