"""The weekly digest: one message, without the parts that would be empty."""

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


def digest(content: Digest) -> block_kit.Message:
    board = content.board
    return block_kit.message(
        [
            block_kit.heading(f"Digest of #{board.channel} · {content.week}"),
            board_overview.fire_status(board),
            board_overview.ranking_table(
                board, board.in_rank_order, content.previous_ranks, content.committed
            ),
            *shipped_parts(content.shipped),
            *_too_close(board),
            *_disputed(board),
            *_needs_scores(board),
            *_next_steps(board),
            *board_overview.held(board),
            *(toil_section(content.toil) if content.toil else []),
            *payback_section(content.paybacks),
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
        if _ranks_below(board, ranked, other)
    ]
    if not pairs:
        return []
    more = f" and {len(pairs) - MAX_LISTED} more pairs" if len(pairs) > MAX_LISTED else ""
    listed = ", ".join(pairs[:MAX_LISTED]) + more
    remark = f"Too close to call: {listed}. One person, or a tenth of one weight, could turn it."
    return [block_kit.remark(remark, ":left_right_arrow:")]


def _ranks_below(board: Overview, ranked: RankedProject, other: int) -> bool:
    """Return whether `other` ranks below, so that each pair is listed once."""
    other_ranked = board.ranking.find(other)
    return (
        other_ranked is not None
        and other_ranked.rank is not None
        and ranked.rank is not None
        and other_ranked.rank > ranked.rank
    )


def _disputed(board: Overview) -> list[block_kit.Part]:
    """Show the most disputed of the ranked projects, and the value to talk about."""
    disputed = [
        ranked for ranked in board.ranking.projects if _has_results(ranked) and ranked.disputed
    ]
    if not disputed:
        return []
    most_disputed = max(disputed, key=lambda ranked: (_spread(ranked), -ranked.candidate.id))
    value = most_disputed.disputed[0]
    lowest, highest = most_disputed.spread(value)
    impact_range = f"from {format_signed(lowest)} to {format_signed(highest)}".replace(".0", "")
    about = f" on {value_names([value], board.charter)}: {impact_range}"
    block = block_kit.rich_text(
        block_kit.emoji("speech_balloon"),
        block_kit.text(" Talk about ", bold=True),
        board_overview.card_link(board, most_disputed),
        block_kit.text(about),
    )
    return [block_kit.Part([block], [f"Talk about {escape(board.name(most_disputed))}{about}"])]


def _has_results(ranked: RankedProject) -> bool:
    """Return whether results are visible: scoring is blind until the quorum."""
    return ranked.section is not Section.UNSCORED


def _spread(ranked: RankedProject) -> int:
    lowest, highest = ranked.spread(ranked.disputed[0])
    return highest - lowest


def _needs_scores(board: Overview) -> list[block_kit.Part]:
    unscored_parts = board_overview.unscored(board)
    if not unscored_parts:
        return []
    button = block_kit.button("Score what I have not", SCORE_NEXT, "digest", primary=True)
    return [*unscored_parts, block_kit.Part([block_kit.actions(button)], [])]


def _next_steps(board: Overview) -> list[block_kit.Part]:
    """List the progress of started projects, then the first step of those at the top."""
    return board_overview.ranked_list(board, "Next safe steps", list(_steps(board)))


def _steps(board: Overview) -> Iterator[tuple[RankedProject, str]]:
    for ranked in board.ranking.projects:
        if progress := board.progress.get(ranked.candidate.id):
            next_text = (
                f"next: {_shortened_step(progress.next_step)}" if progress.next_step else "ship it"
            )
            yield ranked, f"{steps_done(progress)} · {next_text}"
    for ranked in board.in_rank_order[:MAX_LISTED]:
        steps = board.proposals[ranked.candidate.id].steps
        if steps and ranked.candidate.id not in board.progress:
            yield ranked, _shortened_step(steps[0])


def _shortened_step(step: str) -> str:
    return shorten(collapse_whitespace(step), 100)
