"""A board for other programs: a board file, or the lines of a table."""

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.export import ExportRow
from domain.calendar.quarter import Quarter
from domain.ranking.board_file import BoardFile as BoardFile
from storage.boards import fires
from storage.boards.boards import Board
from storage.database import Session
from storage.projects import candidates, projects


def board_file(session: Session, board: Board) -> str:
    """Return the board as JSON, in the format that `needle rank` reads."""
    known = board.charter.keys
    burning = {each.value for each in fires.burning(session, board.id)}
    file = BoardFile(
        charter=board.charter,
        fires=[key for key in known if key in burning],
        projects=candidates.candidates(session, board),
    )
    return file.model_dump_json(indent=1)


def export_lines(session: Session, board: Board, quarter: Quarter) -> list[ExportRow]:
    """Return the ranked projects in order. Mark those that are committed for `quarter`."""
    commitment = quarters.committed(session, board, quarter)
    held = commitment.current_numbers if commitment else ()
    status = {each.number: each.status for each in projects.list_for_board(session, board.id)}
    return [
        ExportRow(
            ranked,
            status=status[ranked.candidate.id],
            quarter=str(quarter) if ranked.candidate.id in held else "",
        )
        for ranked in overview(BoardSnapshot(session, board)).ranking.projects
    ]
