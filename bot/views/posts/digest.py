"""The weekly digest: one message, with each part only if there is something to say."""

from collections.abc import Iterator

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import steps_done, value_names
from bot.views.data.board_overview import Overview
from bot.views.data.digest import Digest
from bot.views.modals.score import SCORE_NEXT
from bot.views.parts import board_overview
from bot.views.parts.board_overview import MAX_LISTED
from bot.views.parts.shipped import shipped as shipped_parts
from bot.views.parts.toil_ledger import toil_section
from bot.views.posts.outcome import payback_section
from domain.formatting import collapse_whitespace, format_signed, shorten
from domain.ranking.ranking import RankedProject, Section


def digest(found: Digest) -> block_kit.Message:
    board = found.board
    return block_kit.message(
        [
            block_kit.heading(f"Digest of #{board.channel} · {found.week}"),
            board_overview.fire_status(board),
            board_overview.ranking_table(board, board.in_rank_order, found.previous_ranks),
            *shipped_parts(found.shipped),
            *_too_close(board),
            *_disputed(board),
            *_needs_scores(board),
            *_next_steps(board),
            *board_overview.held(board),
            *(toil_section(found.toil) if found.toil else []),
            *payback_section(found.paybacks),
            block_kit.remark(
                f"Ranked by charter version {board.charter_version}. `/roadmap` has it live."
            ),
        ]
    )


def _too_close(board: Overview) -> list[block_kit.Part]:
    pairs = [
        f"#{ranked.candidate.id} and #{other}"
        for ranked in board.in_rank_order
        for other in ranked.too_close_to
        if _below(board, ranked, other)
    ]
    if not pairs:
        return []
    more = f" and {len(pairs) - MAX_LISTED} more pairs" if len(pairs) > MAX_LISTED else ""
    shown = ", ".join(pairs[:MAX_LISTED]) + more
    told = f"Too close to call: {shown}. One person, or a tenth of one weight, could turn it."
    return [block_kit.remark(told, ":left_right_arrow:")]


def _below(board: Overview, ranked: RankedProject, other: int) -> bool:
    """Return whether `other` ranks below, so that each pair is listed once."""
    neighbour = board.ranking.find(other)
    return (
        neighbour is not None
        and neighbour.rank is not None
        and ranked.rank is not None
        and neighbour.rank > ranked.rank
    )


def _disputed(board: Overview) -> list[block_kit.Part]:
    """Show the most disputed of the ranked projects, and the value to talk about."""
    disputed = [ranked for ranked in board.ranking.projects if _open(ranked) and ranked.disputed]
    if not disputed:
        return []
    most = max(disputed, key=lambda ranked: (_spread(ranked), -ranked.candidate.id))
    value = most.disputed[0]
    given = [scores.get(value, 0) for scores in most.candidate.scores.values()]
    apart = f"from {format_signed(min(given))} to {format_signed(max(given))}".replace(".0", "")
    about = f" on {value_names([value], board.charter)}: {apart}"
    block = block_kit.rich_text(
        block_kit.emoji("speech_balloon"),
        block_kit.text(" Talk about ", bold=True),
        board_overview.card_link(board, most),
        block_kit.text(about),
    )
    return [block_kit.Part([block], [f"Talk about {escape(board.name(most))}{about}"])]


def _open(ranked: RankedProject) -> bool:
    """Return whether results are visible: scoring is blind until the quorum."""
    return ranked.section is not Section.UNSCORED


def _spread(ranked: RankedProject) -> int:
    given = [scores.get(ranked.disputed[0], 0) for scores in ranked.candidate.scores.values()]
    return max(given) - min(given)


def _needs_scores(board: Overview) -> list[block_kit.Part]:
    waiting = board_overview.unscored(board)
    if not waiting:
        return []
    button = block_kit.button("Score what I have not", SCORE_NEXT, "digest", primary=True)
    return [*waiting, block_kit.Part([block_kit.actions(button)], [])]


def _next_steps(board: Overview) -> list[block_kit.Part]:
    """List the progress of started projects, then the first step of those at the top."""
    return board_overview.ranked_list(board, "Next safe steps", list(_steps(board)))


def _steps(board: Overview) -> Iterator[tuple[RankedProject, str]]:
    for ranked in board.ranking.projects:
        if progress := board.progress.get(ranked.candidate.id):
            following = f"next: {_short(progress.next_step)}" if progress.next_step else "ship it"
            yield ranked, f"{steps_done(progress)} · {following}"
    for ranked in board.in_rank_order[:MAX_LISTED]:
        steps = board.proposals[ranked.candidate.id].steps
        if steps and ranked.candidate.id not in board.progress:
            yield ranked, _short(steps[0])


def _short(step: str) -> str:
    return shorten(collapse_whitespace(step), 100)
