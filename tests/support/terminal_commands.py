"""The names of the terminal's commands."""

from collections.abc import Iterator

import typer


def command_names(group: typer.Typer, prefix: str = "") -> Iterator[str]:
    """Yield the name of each command that has no subcommands."""
    for command in group.registered_commands:
        assert command.callback is not None
        yield prefix + (command.name or command.callback.__name__)
    for subgroup in group.registered_groups:
        assert subgroup.typer_instance is not None
        yield from command_names(subgroup.typer_instance, f"{prefix}{subgroup.name} ")
