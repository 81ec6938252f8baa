"""Turns failures that a user can fix into one line and an exit status."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import NoReturn
from urllib.error import URLError

import typer
from pydantic import ValidationError
from slack_sdk.errors import SlackApiError

from bot.config import problem
from bot.slack.client import CannotStart
from bot.slack.error_messages import in_words
from domain.ranking.board_file import BadBoard
from domain.toil.csv_import import BadToil
from storage.database import UnusableDatabase

FAILED = 1
BAD_INPUT = 2


class CommandFailed(Exception):
    """A command can't do what it was asked to; the text says why."""


@contextmanager
def reported() -> Iterator[None]:
    """Report expected failures in one line and exit; let the others through."""
    try:
        yield
    except ValidationError as error:
        fail(problem(error), BAD_INPUT)
    except (BadBoard, BadToil) as error:
        fail(str(error), BAD_INPUT)
    except (SlackApiError, URLError, HTTPException) as error:
        fail(f"Slack can't be reached: {in_words(error)}", FAILED)
    except (CannotStart, UnusableDatabase, CommandFailed) as error:
        fail(str(error), FAILED)


def fail(message: str, status: int) -> NoReturn:
    """Print the message to standard error and exit."""
    typer.echo(message, err=True)
    raise typer.Exit(status)
