"""`/roadmap whatif cost 2`: what other weights would change, for whoever asks."""

from dataclasses import replace
from datetime import datetime

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.views.blocks.block_kit import Message
from bot.views.parts import help_text
from bot.views.replies import whatif
from domain.ranking.whatif import missing_from, parse_weights, rank_changes, rerank, with_weights
from storage.boards.boards import Board
from storage.database import Database


def answer(database: Database, board: Board, rest: str, now: datetime) -> Message:
    try:
        weights = parse_weights(rest, board.charter)
    except ValueError as error:
        return help_text.roadmap(f"{error}. Like /roadmap whatif {board.charter.keys[0]} 2.")
    with database.snapshot() as session:
        seen = overview(session, board)
        then = replace(seen, ranking=rerank(seen.ranking, with_weights(board.charter, weights)))
        quarter = board.cadence.quarter(now)
        planned_now = quarters.planned(session, board, seen, quarter, now).planned
        planned_then = quarters.planned(session, board, then, quarter, now).planned
    return whatif.whatif(
        seen,
        weights,
        rank_changes(seen.ranking, then.ranking),
        missing_from(planned_now, planned_then),
        missing_from(planned_then, planned_now),
    )
