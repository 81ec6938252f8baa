"""The `needle` command. Each subcommand has its own module."""

from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli import (
    backup,
    boards,
    conflict,
    demo,
    doctor,
    export,
    healthcheck,
    import_toil,
    migrate_store,
    post,
    rank,
    run,
)
from bot.cli.terminal.environment import variables
from bot.cli.terminal.output import NeedleCommand, print_text
from bot.config import PostingSettings, RunSettings, StoreSettings

EXIT_STATUS = """**Exit status**

- 0: success
- 1: failure, such as an outage, an unusable database, an unknown board, or a failed check
- 2: wrong arguments, a missing or malformed environment variable, or a malformed input file"""

BOT = "Run the bot"
BOARDS = "Work with boards"
OFFLINE = "Try Needle without Slack"

POST_VARIABLES = variables(PostingSettings, required="required, except with --dry-run")

app = typer.Typer(
    cls=NeedleCommand,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(rich_help_panel=BOT, epilog=variables(RunSettings))(run.run)
app.command(rich_help_panel=BOT, epilog=variables(RunSettings))(doctor.doctor)
app.command(rich_help_panel=BOT)(healthcheck.healthcheck)
app.command(rich_help_panel=BOT, epilog=variables(StoreSettings))(backup.backup)
app.command(name="migrate-store", rich_help_panel=BOT, epilog=variables(StoreSettings))(
    migrate_store.migrate_store
)
app.command(rich_help_panel=BOARDS, epilog=variables(StoreSettings))(boards.boards)

posts = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Post a digest or roadmap now, or print it.",
)
posts.command(epilog=POST_VARIABLES)(post.digest)
posts.command(epilog=POST_VARIABLES)(post.roadmap)
app.add_typer(posts, name="post", rich_help_panel=BOARDS)

app.command(rich_help_panel=BOARDS, epilog=variables(StoreSettings))(export.export)

imports = typer.Typer(
    no_args_is_help=True, rich_markup_mode="markdown", help="Import data from other programs."
)
imports.command(name="toil", epilog=variables(StoreSettings))(import_toil.import_toil)
app.add_typer(imports, name="import", rich_help_panel=BOARDS)

app.command(rich_help_panel=BOARDS, epilog=variables(StoreSettings))(conflict.adopt)
removals = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown", help="Remove a board.")
removals.command(name="board", epilog=variables(StoreSettings))(conflict.remove_board)
app.add_typer(removals, name="remove", rich_help_panel=BOARDS)

app.command(rich_help_panel=OFFLINE, help=rank.HELP)(rank.rank)
app.command(rich_help_panel=OFFLINE)(demo.demo)

# The commands' names before `needle post`.
app.command(name="digest", hidden=True, epilog=POST_VARIABLES)(post.digest_by_old_name)
app.command(name="roadmap", hidden=True, epilog=POST_VARIABLES)(post.roadmap_by_old_name)


def _print_version(requested: bool) -> None:  # noqa: FBT001 — Typer's
    if requested:
        print_text(f"needle {version('needle-slack')}")
        raise typer.Exit


@app.callback(epilog=EXIT_STATUS)
def needle(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Rank a team's projects in Slack, by the values that the team agreed on."""


if __name__ == "__main__":
    app()
