"""Rows that are written together, in one transaction.

A commit waits for the disk, which takes longer than everything else about a vote, and a statement
for many rows takes little longer than for one. So votes that arrive together are written together.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from storage.locks import WriterLock

# Writes rows, and returns those that changed something.
Write = Callable[[Session, Sequence[Any]], Collection[Hashable]]


def do_nothing() -> None:
    """Do nothing when a row is stored."""


@dataclass
class Batch:
    """Rows that wait to be written, by the lock and the function that writes them."""

    _waiting: defaultdict[tuple[WriterLock, Write], dict[Hashable, Callable[[], None]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(
        self, lock: WriterLock, write: Write, row: Hashable, when_stored: Callable[[], None]
    ) -> None:
        """Add a row. Once it is stored, `when_stored` runs if it changed something.

        Equal rows are written once.
        """
        self._waiting[lock, write][row] = when_stored

    def write(self, transaction: Callable[[WriterLock], AbstractContextManager[Session]]) -> None:
        """Write the rows, with a transaction for each lock."""
        for (lock, write), waiting in self._waiting.items():
            with transaction(lock) as session:
                stored = write(session, [*waiting])
            for row, when_stored in waiting.items():
                if row in stored:
                    when_stored()
