"""The `needle` command."""

import errno
import gc
import json
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Annotated
from urllib.error import URLError

import typer
from pydantic import ValidationError
from rich.console import Console
from slack_sdk.errors import SlackApiError

from bot.cli import export as exporting
from bot.cli import post, ranking_table
from bot.cli.doctor import examine
from bot.cli.import_toil import import_toil as toil_into_ledger
from bot.clock import utc_now
from bot.config import PostingSettings, RunSettings, StoreSettings, problem
from bot.service.logs import write_logs
from bot.service.service import running
from bot.slack.client import CannotStart
from bot.slack.error_messages import in_words
from domain.ranking.board_file import BadBoard, parse_board
from domain.ranking.ranking import rank as rank_board
from domain.toil.csv_import import BadToil
from storage.backup import back_up
from storage.database import UnusableDatabase
from storage.tables import PostKind

BAD_INPUT = 2
# The sandbox is an extra: a production install has none.
SANDBOX_NEEDS = frozenset({"starlette", "uvicorn", "websockets"})
RANK_HELP = """Rank a board file by its values.

A small one, and docs/board-format.md has all that there can be:

\b
{"projects": [{"id": 1, "title": "Retire the last NAT box",
               "effort_weeks": 3, "backers": ["mia"],
               "scores": {"mia": {"availability": 3, "cost": 1},
                          "ana": {"availability": 2},
                          "ben": {"security": 1}}}]}
"""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(no_args_is_help=True, help="Bring in what other programs know.")
app.add_typer(imports, name="import")


def _tell_version(asked: bool) -> None:  # noqa: FBT001 — Typer's
    if asked:
        typer.echo(f"needle {version('needle')}")
        raise typer.Exit


@app.callback()
def needle(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Print which Needle this is."
        ),
    ] = False,
) -> None:
    """A Slack bot with which a team chooses its work by its values."""


DryRun = Annotated[bool, typer.Option("--dry-run", help="Print it; post and change nothing.")]
BoardName = Annotated[str, typer.Argument(metavar="BOARD", help="The channel, by name or id.")]


@app.command()
def run(
    *,
    health_port: Annotated[
        int | None, typer.Option(help="Answer /live, /ready and /metrics there; 0 takes any.")
    ] = None,
    health_host: Annotated[str, typer.Option(help="Where to answer them.")] = "127.0.0.1",
) -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl-C)."""
    write_logs()
    _when_told_to_stop(_end_at_once)
    health = None if health_port is None else (health_host, health_port)
    with _told(), running(RunSettings(), health=health):
        stop = threading.Event()
        _when_told_to_stop(lambda *_: stop.set())
        gc.freeze()  # what is there now stays: to look through it again and again costs a fifth
        logging.getLogger("needle").info("listening")
        stop.wait()
        logging.getLogger("needle").info("stopping")


def _when_told_to_stop(do: Callable[[int, FrameType | None], object]) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, do)


def _end_at_once(_signal: int, _frame: FrameType | None) -> None:
    """While it starts nothing is in hand: a call that Slack does not answer is left."""
    raise SystemExit(0)


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option(help="Exit at the end instead of staying up.")] = False,
    port: Annotated[int, typer.Option(help="Of the page; 0 takes any that is free.")] = 0,
) -> None:
    """Show it all on a local Slack that opens in a browser."""
    try:
        from bot.demo import demonstrate
    except ModuleNotFoundError as error:
        if error.name not in SANDBOX_NEEDS:
            raise
        _fail(f"The demo needs {error.name}: run `pip install '.[sandbox]'` in Needle's folder", 1)
    try:
        demonstrate(once=once, port=port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        _fail(f"--port {port}: {error.strerror}", BAD_INPUT)


@app.command(help=RANK_HELP)
def rank(
    file: Annotated[str, typer.Argument(help="A board file; - is standard input.")] = "-",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    fire: Annotated[list[str] | None, typer.Option(help="A value that burns, too.")] = None,
) -> None:
    with _told():
        board = parse_board(_read(file))
        unknown = [value for value in fire or () if value not in board.charter.keys]
        if unknown:
            raise BadBoard(f"--fire: {unknown[0]} is not one of {', '.join(board.charter.keys)}")
    ranking = rank_board(board.projects, board.charter, [*board.fires, *(fire or ())])
    if as_json:
        typer.echo(json.dumps(ranking_table.as_json(ranking), ensure_ascii=False, indent=1))
    else:
        Console().print(ranking_table.table(ranking))


@app.command()
def doctor() -> None:
    """Look at tokens, scopes, database, clock and channels, and say what to do."""
    with _told():
        findings = list(examine(RunSettings(), utc_now))
    for each in findings:
        typer.echo(f"{'ok  ' if each.well else 'NOT '} {each.what}")
        if not each.well:
            typer.echo(f"     → {each.advice}")
    if not all(each.well for each in findings):
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file for the copy.")],
) -> None:
    """Copy the store, consistently, while the bot runs."""
    with _told():
        size = back_up(StoreSettings().database_url, file)
        typer.echo(f"{file}: {size:,} bytes, checked.")


@app.command()
def digest(board: BoardName, *, dry_run: DryRun = False) -> None:
    """Post this week's digest now, unless it is posted already."""
    _post(PostKind.DIGEST, board, dry_run=dry_run)


@app.command()
def roadmap(
    board: BoardName,
    *,
    quarter: Annotated[str, typer.Option(help="Like 2027-Q1; this one, unless told.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Post a quarter's roadmap now, unless it is posted already."""
    with _told():
        post.require_quarter(quarter)
    _post(PostKind.ROADMAP, board, quarter, dry_run=dry_run)


@app.command()
def export(
    board: BoardName,
    *,
    kind: Annotated[
        str, typer.Option("--format", help="json is a board file; csv and md are tables.")
    ] = exporting.BOARD_FILE,
) -> None:
    """Print what a board ranks, as a board file with every score or as a table."""
    if kind not in exporting.KINDS:
        _fail(f"--format: {kind} is not one of {', '.join(exporting.KINDS)}", BAD_INPUT)
    with _told():
        typer.echo(exporting.export(StoreSettings(), board, kind, utc_now()).rstrip("\n"))


@imports.command(name="toil")
def import_toil(
    file: Annotated[str, typer.Argument(help="A CSV file; - is standard input.")],
    *,
    board: Annotated[str, typer.Option(help="The channel, by name or id.")] = "",
) -> None:
    """Bring a CSV file into the toil ledger: all of it or, if a row is bad, nothing.

    PagerDuty's export of incidents, or the columns kind,source,minutes,at,note[,origin]. An entry
    that comes again, by its id or origin, counts once.
    """
    with _told():
        text = _read(file)
        typer.echo(toil_into_ledger(StoreSettings(), text, board, utc_now()))


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except OSError as error:
        raise BadBoard(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadBoard(f"{file}: {error}") from error


def _post(kind: PostKind, board: str, quarter: str = "", *, dry_run: bool) -> None:
    with _told():
        if dry_run:
            typer.echo(post.preview(StoreSettings(), kind, board, quarter))
        else:
            typer.echo(post.post_now(PostingSettings(), kind, board, quarter))


@contextmanager
def _told() -> Iterator[None]:
    """Problems that the caller can mend become one line and an exit status, not a traceback."""
    try:
        yield
    except ValidationError as error:
        _fail(problem(error), BAD_INPUT)
    except (BadBoard, BadToil) as error:
        _fail(str(error), BAD_INPUT)
    except (SlackApiError, URLError, HTTPException) as error:
        _fail(f"Slack can't be reached: {in_words(error)}", 1)
    except (CannotStart, UnusableDatabase, post.CannotPost) as error:
        _fail(str(error), 1)


def _fail(message: str, status: int) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(status)


if __name__ == "__main__":
    app()
