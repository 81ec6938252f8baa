"""`needle rank`: ranks a board file without Slack or a database."""

import json
from typing import Annotated

import typer

from bot.cli.terminal import ranking_table
from bot.cli.terminal.errors import reported
from bot.cli.terminal.input_file import read
from bot.cli.terminal.output import print_data
from domain.ranking.board_file import InvalidBoardFile, parse_board_file
from domain.ranking.ranking import rank as rank_board

HELP = """Rank the projects of a board file, without Slack or a database.

`docs/board-format.md` describes the format. A small board file:

```json
{"projects": [{"id": 1, "title": "Retire the last NAT box",
               "effort_weeks": 3, "backers": ["mia"],
               "scores": {"mia": {"availability": 3, "cost": 1},
                          "ana": {"availability": 2},
                          "ben": {"security": 1}}}]}
```
"""


def rank(
    file: Annotated[str, typer.Argument(help="A board file, or - for standard input.")] = "-",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    fire: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VALUE",
            help="A value on fire, in addition to those in the file. You can repeat this option.",
        ),
    ] = None,
) -> None:
    with reported():
        board = parse_board_file(read(file))
        unknown = [value for value in fire or () if value not in board.charter.keys]
        if unknown:
            values = ", ".join(board.charter.keys)
            raise InvalidBoardFile(
                f"--fire: {unknown[0]} is not one of this board's values: {values}"
            )
    ranking = rank_board(board.projects, board.charter, [*board.fires, *(fire or ())])
    if as_json:
        print_data(json.dumps(ranking_table.as_json(ranking), ensure_ascii=False, indent=1))
    else:
        ranking_table.print_ranking(ranking)
