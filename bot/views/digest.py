"""The weekly digest: one message, each part only when there is something to say."""

from collections.abc import Mapping

from bot.views import kit, overview
from bot.views.overview import LISTED, Overview
from bot.views.score import SCORE_NEXT
from bot.views.text import escape, lines, one_line, shorten
from bot.views.wording import labels
from values.ranking import Ranked, Section
from values.wording import signed


def digest(board: Overview, week: str, before: Mapping[str, int] | None) -> kit.Message:
    """`week` is an ISO week, `before` the ranks by project number in the digest before this one."""
    title = f"Digest of #{board.channel} · {week}"
    blocks = [
        kit.header(title),
        *overview.weather(board),
        *(overview.table(board, board.in_order, before) or _nothing_ranked()),
        *_too_close(board),
        *_disputed(board),
        *_needs_scores(board),
        *_next_steps(board),
        *overview.held(board),
        kit.note(f"Ranked by charter version {board.charter_version}. `/roadmap` has it live."),
    ]
    text = lines(
        [
            escape(title),
            overview.weather_words(board),
            *overview.rank_lines(board, board.in_order),
            *overview.held_lines(board),
            *overview.unscored_lines(board),
        ]
    )
    return kit.Message(text=text, blocks=blocks)


def _nothing_ranked() -> list[kit.Block]:
    return [kit.section("Nothing is ranked yet. `/propose` a project, and score those that wait.")]


def _too_close(board: Overview) -> list[kit.Block]:
    pairs = [
        f"#{ranked.project.id} and #{other}"
        for ranked in board.in_order
        for other in ranked.too_close_to
        if _below(board, ranked, other)
    ]
    if not pairs:
        return []
    shown = ", ".join(pairs[:LISTED])
    return [kit.note(f":left_right_arrow: Too close to call: {shown}. One person could turn it.")]


def _below(board: Overview, ranked: Ranked, other: int) -> bool:
    """Each pair once: from its upper project."""
    neighbour = board.ranking.of(other)
    return (
        neighbour is not None
        and neighbour.rank is not None
        and ranked.rank is not None
        and neighbour.rank > ranked.rank
    )


def _disputed(board: Overview) -> list[kit.Block]:
    """The ranked project that people see most differently, and the value to talk about."""
    disputed = [ranked for ranked in board.ranking.ranked if _open(ranked) and ranked.disputed]
    if not disputed:
        return []
    most = max(disputed, key=lambda ranked: (_spread(ranked), -ranked.project.id))
    value = most.disputed[0]
    given = [scores.get(value, 0) for scores in most.project.scores.values()]
    apart = f"from {signed(min(given))} to {signed(max(given))}".replace(".0", "")
    said = f" on {labels([value], board.charter)}: {apart}"
    return [
        kit.rich(
            kit.emoji("speech_balloon"),
            kit.words(" Talk about ", bold=True),
            board.link(most),
            kit.words(said),
        )
    ]


def _open(ranked: Ranked) -> bool:
    """Scoring is blind until the quorum."""
    return ranked.section is not Section.UNSCORED


def _spread(ranked: Ranked) -> int:
    given = [scores.get(ranked.disputed[0], 0) for scores in ranked.project.scores.values()]
    return max(given) - min(given)


def _needs_scores(board: Overview) -> list[kit.Block]:
    blocks = overview.unscored(board)
    if blocks:
        button = kit.button("Score what I have not", SCORE_NEXT, "digest", primary=True)
        blocks.append(kit.actions(button))
    return blocks


def _next_steps(board: Overview) -> list[kit.Block]:
    """The first safe step of what stands at the top."""
    top = [
        (ranked, board.proposals[ranked.project.id].steps[0])
        for ranked in board.in_order[:LISTED]
        if board.proposals[ranked.project.id].steps
    ]
    if not top:
        return []
    items = [
        [board.link(ranked), kit.words(f"  {shorten(one_line(step), 100)}")] for ranked, step in top
    ]
    return [kit.section("*Next safe steps*"), kit.bullets(items)]
