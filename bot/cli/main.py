"""The `needle` command. Each subcommand has its own module."""

from importlib.metadata import version
from typing import Annotated

import typer

from bot.cli import backup, demo, doctor, export, import_toil, post, rank, run

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(run.run)
app.command()(demo.demo)
app.command(help=rank.HELP)(rank.rank)
app.command()(doctor.doctor)
app.command()(backup.backup)
app.command()(post.digest)
app.command()(post.roadmap)
app.command()(export.export)

imports = typer.Typer(no_args_is_help=True, help="Bring in what other programs know.")
imports.command(name="toil")(import_toil.import_toil)
app.add_typer(imports, name="import")


def _print_version(requested: bool) -> None:  # noqa: FBT001 — Typer's
    if requested:
        typer.echo(f"needle {version('needle-slack')}")
        raise typer.Exit


@app.callback()
def needle(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print which Needle this is."
        ),
    ] = False,
) -> None:
    """A Slack bot with which a team chooses its work by its values."""


if __name__ == "__main__":
    app()
