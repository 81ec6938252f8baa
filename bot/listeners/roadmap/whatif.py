"""`/roadmap whatif cost 2`: what other weights would change, for whoever asks."""

from dataclasses import replace
from datetime import datetime

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.views.blocks.block_kit import Message
from bot.views.parts import help_text
from bot.views.replies import whatif
from domain.ranking.whatif import between, moves, ranked_by, reweighted, weights_in
from storage.boards.boards import Board
from storage.database import Database


def answer(database: Database, board: Board, rest: str, now: datetime) -> Message:
    try:
        weights = weights_in(rest, board.charter)
    except ValueError as error:
        return help_text.roadmap(f"{error}. Like /roadmap whatif {board.charter.keys[0]} 2.")
    with database.snapshot() as session:
        seen = overview(session, board)
        then = replace(seen, ranking=ranked_by(seen.ranking, reweighted(board.charter, weights)))
        quarter = board.cadence.quarter(now)
        planned_now = quarters.planned(session, board, seen, quarter, now).taken
        planned_then = quarters.planned(session, board, then, quarter, now).taken
    return whatif.whatif(
        seen,
        weights,
        moves(seen.ranking, then.ranking),
        between(planned_now, planned_then),
        between(planned_then, planned_now),
    )
