"""The weekly digest: one message, without the parts that would be empty."""

from collections.abc import Iterator

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity, signed_impact, steps_done, value_names
from bot.views.data.board_overview import Overview
from bot.views.data.digest import Digest
from bot.views.data.people import someone
from bot.views.modals.score import SCORE_NEXT
from bot.views.parts import board_overview
from bot.views.parts.board_overview import MAX_LISTED
from bot.views.parts.quarter_progress import quarter_progress
from bot.views.parts.shipped import shipped
from bot.views.parts.toil_ledger import toil_section
from bot.views.posts.outcome import payback_section
from domain.formatting import collapse_whitespace, shorten
from domain.ranking.ranking import RankedProject, Section

MAX_STEP_LENGTH = 100  # characters


def digest(content: Digest) -> block_kit.Message:
    board, quarter = content.board, content.quarter
    return block_kit.message(
        [
            block_kit.heading(f"Digest for #{board.channel} · {content.week}"),
            board_overview.fire_status(board),
            *([quarter_progress(quarter)] if quarter else []),
            board_overview.ranking_table(
                board,
                board.in_rank_order,
                content.previous_ranks,
                quarter.numbers if quarter else None,
            ),
            *_too_close(board),
            *_needs_scores(board),
            *_disputed(board),
            *_next_steps(board),
            *shipped(content.shipped),
            *(toil_section(content.toil) if content.toil else []),
            *payback_section(content.paybacks),
            block_kit.remark(_footer(board)),
        ]
    )


def _too_close(board: Overview) -> list[block_kit.Part]:
    pairs = [
        (ranked.candidate.id, other)
        for ranked in board.in_rank_order
        for other in ranked.too_close_to
        if _ranks_below(board, ranked, other)
    ]
    if not pairs:
        return []
    listed = [f"#{number} and #{other}" for number, other in pairs[:MAX_LISTED]]
    if hidden := pairs[MAX_LISTED:]:
        count = quantity(len(hidden), "more pair", "more pairs")
        listed.append(f"{count} (`/roadmap why` with a project's number shows its pairs)")
    remark = (
        f"Too close to call: {'; '.join(listed)}. For each pair, leaving out one person's"
        " votes or changing one weight by 10 % would swap the order."
    )
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


def _needs_scores(board: Overview) -> list[block_kit.Part]:
    unscored_parts = board_overview.unscored(board)
    if not unscored_parts:
        return []
    button = block_kit.button("Score next", SCORE_NEXT, "digest", primary=True)
    return [*unscored_parts, block_kit.Part([block_kit.actions(button)], [])]


def _disputed(board: Overview) -> list[block_kit.Part]:
    """List the projects with disputed values, and how far apart the scores are."""
    disputed = [
        ranked for ranked in board.ranking.projects if ranked.results_visible and ranked.disputed
    ]
    widest_first = sorted(disputed, key=_width, reverse=True)
    rows = [(ranked, _ranges(board, ranked)) for ranked in widest_first]
    return board_overview.ranked_list(board, "Disputed values", rows)


def _ranges(board: Overview, ranked: RankedProject) -> str:
    """Return the disputed values with their lowest and highest impact, but without names."""
    spreads = {key: ranked.spread(key) for key in ranked.disputed}
    return ", ".join(
        f"{value_names([key], board.charter)} from {signed_impact(lowest)}"
        f" to {signed_impact(highest)}"
        for key, (lowest, highest) in spreads.items()
    )


def _width(ranked: RankedProject) -> int:
    """Return how far apart the scores for the most disputed value are."""
    lowest, highest = ranked.spread(ranked.disputed[0])
    return highest - lowest


def _next_steps(board: Overview) -> list[block_kit.Part]:
    """List the next step of started projects, then the first step of those at the top.

    The owners are mentioned, so Slack notifies them. Nobody else is mentioned in a digest.
    """
    rows = list(_steps(board))
    if not rows:
        return []
    title = "Next steps"
    bullets, text_lines = [], []
    for ranked, step in rows[:MAX_LISTED]:
        owner = board.owners.get(ranked.candidate.id)
        before, after = ("  ", f" · {step}") if owner else ("", f"  no owner · {step}")
        bullets.append(
            [
                board_overview.card_link(board, ranked),
                *([block_kit.text(before), block_kit.mention(owner)] if owner else []),
                *block_kit.typed(after),
            ]
        )
        who = someone(owner) if owner else "no owner"
        text_lines.append(f"{escape(board.name(ranked))}: {who} · {escape(step)}")
    part = block_kit.Part(
        [block_kit.section(f"*{title}*"), block_kit.bullets(bullets)],
        [f"{title}:", *text_lines],
    )
    hidden = len(rows) - MAX_LISTED
    return [part, block_kit.remark(f"and {hidden} more")] if hidden > 0 else [part]


def _steps(board: Overview) -> Iterator[tuple[RankedProject, str]]:
    for ranked in board.ranking.projects:
        if progress := board.progress.get(ranked.candidate.id):
            next_text = (
                f"next: {_shortened_step(progress.next_step)}"
                if progress.next_step
                else "ready to ship"
            )
            yield ranked, f"{steps_done(progress)} · {next_text}"
    for ranked in board.in_rank_order[:MAX_LISTED]:
        steps = board.proposals[ranked.candidate.id].steps
        if steps and ranked.candidate.id not in board.progress:
            yield ranked, f"first step: {_shortened_step(steps[0])}"


def _shortened_step(step: str) -> str:
    return shorten(collapse_whitespace(step), MAX_STEP_LENGTH)


def _footer(board: Overview) -> str:
    """Name what the digest doesn't list, and where to find it."""
    left_out = [
        f"{len(board.ranking.in_section(section))} {board_overview.SECTION_WORDS[section]}"
        for section in (Section.HELD, Section.OUT_OF_SCOPE)
        if board.ranking.in_section(section)
    ]
    ranking = "Current ranking"
    if left_out:
        ranking = f"{' and '.join(left_out)}. To see them and the current ranking"
    return (
        f"{ranking}: `/roadmap`. This quarter's plan: `/roadmap plan`. Ranked by charter"
        f" version {board.charter_version}."
    )
