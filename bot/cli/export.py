"""A board as other programs read it: its own file, or a table of the ranking."""

from datetime import datetime

from bot.cli.post import board_named
from bot.config import StoreSettings
from bot.presenters import quarters
from bot.presenters.content import overview
from bot.views.data.export import Line
from bot.views.replies.export import FORMATS, text_of
from domain.calendar.quarter import Quarter
from domain.ranking.board_file import Board as BoardFile
from storage.boards import fires
from storage.boards.boards import Board
from storage.database import Session, look_into
from storage.projects import candidates, projects

BOARD_FILE = "json"
KINDS = (BOARD_FILE, *(each for each in FORMATS if each != BOARD_FILE))


def export(settings: StoreSettings, name: str, kind: str, now: datetime) -> str:
    """What `needle export` prints; nothing is written.

    The file has every score with who gave it, as `needle rank` needs them; the tables hide what
    Slack hides.
    """
    database = look_into(settings.database_url)
    try:
        board = board_named(database, name)
        with database.snapshot() as session:
            if kind == BOARD_FILE:
                return board_file(session, board)
            current = board.cadence.quarter(now)
            return text_of(lines(session, board, current), board.charter, kind)
    finally:
        database.close()


def board_file(session: Session, board: Board) -> str:
    """All that is ranked, in the format that `needle rank` reads."""
    known = board.charter.keys
    burning = {each.value for each in fires.burning(session, board.id)}
    file = BoardFile(
        charter=board.charter,
        fires=[key for key in known if key in burning],
        projects=candidates.candidates(session, board),
    )
    return file.model_dump_json(indent=1)


def lines(session: Session, board: Board, quarter: Quarter) -> list[Line]:
    """The ranking in list order, with what that quarter was committed to."""
    commitment = quarters.committed(session, board, quarter)
    held = commitment.numbers if commitment else ()
    status = {each.number: each.status for each in projects.on_board(session, board.id)}
    return [
        Line(
            ranked,
            status=status[ranked.project.id],
            quarter=str(quarter) if ranked.project.id in held else "",
        )
        for ranked in overview(session, board).ranking.ranked
    ]
