"""The command of `make bench`: measures the rows, and prints them as one table.

Speeds are ratios of two measurements in the same run, because absolute times differ by machine and
by day.
"""

import argparse
import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console

from benchmarks import (
    digest,
    history,
    idle_boards,
    postgresql,
    process,
    ranking,
    socket_mode,
    votes,
)
from benchmarks.row import Row, table_of

MEASUREMENTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "digest": digest.measure,
    "history": history.measure,
    "idle_boards": idle_boards.measure,
    "postgresql": postgresql.measure,
    "process": process.measure,
    "ranking": ranking.measure,
    "socket_mode": socket_mode.measure,
    "votes": votes.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure Needle's speed.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows to FILE")
    parser.add_argument("only", nargs="*", help=f"parts to measure: {', '.join(MEASUREMENTS)}")
    arguments = parser.parse_args()
    if unknown := sorted({*arguments.only} - {*MEASUREMENTS}):
        parser.error(f"unknown parts: {', '.join(unknown)}")
    logging.disable(logging.WARNING)
    console = Console()
    rows: list[Row] = []
    for name in arguments.only or MEASUREMENTS:
        console.print(f"Measuring {name} …")
        with tempfile.TemporaryDirectory() as folder:
            rows += MEASUREMENTS[name](Path(folder))
    console.print(table_of(rows))
    if arguments.json:
        content = json.dumps(
            {"rows": [row.as_json() for row in rows]}, indent=2, ensure_ascii=False
        )
        arguments.json.write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
