"""Events that are stored together: reactions in one channel, which are the most frequent."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from bot.slack.socket_mode.listener import Batches, BatchFailed
from storage.database import Database, DatabaseUnavailable


def batches_of(database: Database) -> Batches:
    """Return how events are stored together in this database."""
    return Batches(_channel_of_reaction, partial(_storing, database))


def _channel_of_reaction(payload: dict[str, Any]) -> Hashable | None:
    """Return the channel of a reaction. Return None for other events.

    The listeners of reactions only store them. A listener that also calls Slack must not be in a
    batch: the others' acknowledgments would wait for Slack.
    """
    match payload:
        case {
            "event": {
                "type": "reaction_added" | "reaction_removed",
                "item": {"channel": str(channel)},
            }
        }:
            return channel
    return None


@contextmanager
def _storing(database: Database) -> Iterator[None]:
    """Store what the block's listeners pass on, together at its end.

    Raise BatchFailed if the database can't be used.
    """
    try:
        with database.batch():
            yield
    except DatabaseUnavailable as error:
        raise BatchFailed(str(error)) from error
