"""Failures that a user can fix: each is one line on standard error, and an exit status."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import NoReturn
from urllib.error import URLError

import typer
from pydantic import ValidationError
from slack_sdk.errors import SlackApiError

from bot.cli.terminal.input_file import UnreadableInput
from bot.cli.terminal.output import print_text
from bot.config import problem
from bot.slack.client import StartupError
from bot.slack.error_messages import describe_error
from domain.ranking.board_file import InvalidBoardFile
from domain.toil.csv_import import InvalidToilFile
from storage.database import UnusableDatabase

FAILED = 1
BAD_INPUT = 2  # also Click's status for wrong arguments


class CommandFailed(Exception):
    """The failure of a command. Its text says why."""


@contextmanager
def reported() -> Iterator[None]:
    """Report an expected failure in one line and exit. Let any other exception through."""
    try:
        yield
    except ValidationError as error:
        fail(problem(error), BAD_INPUT)
    except (UnreadableInput, InvalidBoardFile, InvalidToilFile) as error:
        fail(str(error), BAD_INPUT)
    except (SlackApiError, URLError, HTTPException) as error:
        fail(f"Slack can't be reached: {describe_error(error)}", FAILED)
    except (StartupError, UnusableDatabase, CommandFailed) as error:
        fail(str(error), FAILED)


def fail(message: str, status: int) -> NoReturn:
    """Print the message to standard error. Raise typer.Exit with the status."""
    print_text(message, to_stderr=True)
    raise typer.Exit(status)
