"""The `needle` command: its subcommands and their help."""

import re

import pytest
from typer.testing import CliRunner

from bot.cli.main import app

COMMANDS = [
    ["run"],
    ["doctor"],
    ["healthcheck"],
    ["backup"],
    ["boards"],
    ["post"],
    ["post", "digest"],
    ["post", "roadmap"],
    ["export"],
    ["import"],
    ["import", "toil"],
    ["rank"],
    ["demo"],
    ["digest"],
    ["roadmap"],
]


def output_of(*arguments: str) -> str:
    """Return what the command prints, with the whitespace of wrapped lines collapsed."""
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "200", "TERM": "dumb"})
    assert result.exit_code in {0, 2}, result.output
    return re.sub(r"\s+", " ", result.output)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_short_option__prints_the_same_help(command: list[str]) -> None:
    text = output_of(*command, "--help")
    assert "Usage: " in text
    assert output_of(*command, "-h") == text


def test_no_arguments__prints_the_help() -> None:
    assert output_of() == output_of("--help")


def test_help__documents_exit_statuses() -> None:
    text = output_of("--help")
    for status in ("0: success", "1: failure", "2: wrong arguments"):
        assert status in text


def test_help__offers_shell_completion() -> None:
    text = output_of("--help")
    assert "--install-completion" in text
    assert "--show-completion" in text


@pytest.mark.parametrize("command", ["digest", "roadmap"])
def test_old_commands__are_hidden(command: str) -> None:
    assert f"│ {command} " not in output_of("--help")
    assert f"│ {command} " in output_of("post", "--help")


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        ("run", {"DATABASE_URL", "SLACK_API_URL", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"}),
        ("doctor", {"DATABASE_URL", "SLACK_API_URL", "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN"}),
        ("post digest", {"DATABASE_URL", "SLACK_API_URL", "SLACK_BOT_TOKEN"}),
        ("post roadmap", {"DATABASE_URL", "SLACK_API_URL", "SLACK_BOT_TOKEN"}),
        ("digest", {"DATABASE_URL", "SLACK_API_URL", "SLACK_BOT_TOKEN"}),
        ("roadmap", {"DATABASE_URL", "SLACK_API_URL", "SLACK_BOT_TOKEN"}),
        ("backup", {"DATABASE_URL"}),
        ("boards", {"DATABASE_URL"}),
        ("export", {"DATABASE_URL"}),
        ("import toil", {"DATABASE_URL"}),
        ("rank", set()),
        ("demo", set()),
    ],
)
def test_help__lists_environment_variables(command: str, variables: set[str]) -> None:
    epilog = output_of(*command.split(), "--help").partition("Environment variables")[2]
    assert set(re.findall(r"\b(?:DATABASE|SLACK)_[A-Z_]+", epilog)) == variables
