"""`/roadmap whatif cost 2`: how the ranking and the plan would change with other weights."""

from dataclasses import replace

from bot.exceptions import Refusal
from bot.listeners.parsing import unknown_value
from bot.listeners.slash_command import Invocation
from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.blocks.block_kit import Message
from bot.views.replies import whatif
from domain.ranking.whatif import (
    UnknownValue,
    missing_from,
    parse_weights,
    rank_changes,
    rerank,
)


def compare(invocation: Invocation) -> Message:
    board, now = invocation.board, invocation.now
    try:
        weights = parse_weights(invocation.text, board.charter)
    except UnknownValue as error:
        raise Refusal(unknown_value(error.name, board.charter)) from error
    except ValueError as error:
        example = f"/roadmap whatif {board.charter.values[0].slug} 2"
        raise Refusal(f"{error} For example: `{example}`.") from error
    with invocation.request.snapshot() as session:
        snapshot = BoardSnapshot(session, board)
        current = overview(snapshot)
        ranking = rerank(current.ranking, weights)
        changed = replace(current, ranking=ranking)
        quarter = board.cadence.quarter(now)
        plan, plan_if_changed = quarters.planned_by_each(
            snapshot, [current.ranking, ranking], quarter, now
        )
    return whatif.whatif(
        current,
        weights,
        rank_changes(current.ranking, changed.ranking),
        missing_from(plan.planned, plan_if_changed.planned),
        missing_from(plan_if_changed.planned, plan.planned),
    )
