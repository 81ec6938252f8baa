"""A board for other programs: a board file, or the lines of a table."""

from bot.presenters import quarters
from bot.presenters.board_overview import overview
from bot.presenters.board_snapshot import BoardSnapshot
from bot.presenters.visibility import without_hidden_scores
from bot.views.data.export import ExportRow
from domain.calendar.quarter import Quarter
from domain.ranking.board_file import BoardFile
from domain.ranking.ranking import rank
from storage.people import people


def board_file(snapshot: BoardSnapshot, *, include_hidden: bool) -> str:
    """Return the board as JSON, in the format that `needle rank` reads.

    Unless `include_hidden` is set, leave out the scores that Slack hides from everyone.
    """
    charter = snapshot.board.charter
    ranking = rank(snapshot.candidates, charter)
    burning = {fire.value for fire in snapshot.fires}
    file = BoardFile(
        charter=charter,
        fires=[key for key in charter.keys if key in burning],
        projects=snapshot.candidates if include_hidden else without_hidden_scores(ranking),
    )
    return file.model_dump_json(indent=1)


def export_lines(snapshot: BoardSnapshot, quarter: Quarter) -> list[ExportRow]:
    """Return the ranked projects in order. Mark those that are committed for `quarter`."""
    commitment = quarters.committed(snapshot, quarter)
    committed_numbers = commitment.current_numbers if commitment else ()
    ranking = overview(snapshot).ranking
    owners = {ranked.candidate.owner for ranked in ranking.projects if ranked.candidate.owner}
    statuses = {project.number: project.status for project in snapshot.open_projects}
    names = people.names(snapshot.session, snapshot.board.team_id, owners) if owners else {}
    return [
        ExportRow(
            ranked,
            status=statuses[ranked.candidate.id],
            owner=names.get(ranked.candidate.owner or "", ranked.candidate.owner),
            quarter=str(quarter) if ranked.candidate.id in committed_numbers else "",
        )
        for ranked in ranking.projects
    ]
