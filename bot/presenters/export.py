"""A board for other programs: a board file, or the lines of a table."""

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.views.data.export import ExportRow
from domain.calendar.quarter import Quarter
from domain.ranking.board_file import BoardFile


def board_file(snapshot: BoardSnapshot) -> str:
    """Return the board as JSON, in the format that `needle rank` reads."""
    charter = snapshot.board.charter
    burning = {fire.value for fire in snapshot.fires}
    file = BoardFile(
        charter=charter,
        fires=[key for key in charter.keys if key in burning],
        projects=snapshot.candidates,
    )
    return file.model_dump_json(indent=1)


def export_lines(snapshot: BoardSnapshot, quarter: Quarter) -> list[ExportRow]:
    """Return the ranked projects in order. Mark those that are committed for `quarter`."""
    commitment = quarters.committed(snapshot, quarter)
    committed_numbers = commitment.current_numbers if commitment else ()
    return [
        ExportRow(
            ranked,
            status=snapshot.projects_by_number[ranked.candidate.id].status,
            quarter=str(quarter) if ranked.candidate.id in committed_numbers else "",
        )
        for ranked in overview(snapshot).ranking.projects
    ]
