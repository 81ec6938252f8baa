"""Steps of people on call: fires and the toil ledger."""

from bot.demo.cast import CHANNEL, NEEDLE, Cast
from domain.toil.csv_import import parse_toil_csv
from storage.boards import boards
from storage.locks import OfBoard
from storage.planning import toil


def declare_fire(cast: Cast, name: str, value: str, what: str) -> None:
    cast.types(name, f"/fire {value} {what}")


def confirm_fire(cast: Cast, name: str) -> None:
    """Answer the bot's DM that asks, after a week, whether a fire still burns."""
    person = cast.person(name)
    person.presses("Still burning", on=person.sees("Is it still burning?", NEEDLE))


def put_out_fire(cast: Cast, name: str, value: str) -> None:
    cast.types(name, f"/fire out {value}")


def import_incidents(cast: Cast, file: str) -> None:
    """Do what `needle import toil FILE` does in a terminal."""
    with cast.database.snapshot() as session:
        [board] = boards.list_all(session)
    parsed = parse_toil_csv(file, board.hours, cast.clock())
    with cast.database.transaction(OfBoard(board.id)) as session:
        toil.log_all(session, board, list(parsed.entries.items()), by="import")


def log_toil(cast: Cast, name: str, line: str) -> None:
    cast.types(name, f"/toil {line}")


def log_alert(cast: Cast, name: str, alert: str, minutes: str) -> None:
    """Post an alert and log it with the message shortcut."""
    person = cast.person(name)
    cast.types(name, alert)
    person.runs_shortcut("log_toil", on=person.sees(alert, CHANNEL))
    person.sees_modal("Log toil")
    person.submits(minutes=minutes)
    person.sees_modal("Toil")
    person.closes()
