"""Documentation: everything that it names exists, and everything that users can type or set is in
it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import prometheus_client
import pytest
import typer.main
import yaml
from typer.core import TyperCommand, TyperGroup

from bot.cli.main import app
from bot.config import RunSettings
from bot.listeners import fire, toil
from bot.listeners.roadmap.command import COMMAND, SUBCOMMANDS
from bot.views.modals import settings
from domain.calendar.cadence import Cadence
from domain.calendar.working_hours import WorkingHours

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page for glob in ("*.md", "docs/**/*.md", "sandbox/*.md") for page in ROOT.glob(glob)
)
NAMED = re.compile(
    r"`((?:bot|docs|domain|requirements|sandbox|storage|tests)/[\w./-]*)(?:::(\w+))?`"
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_paths_in_docs__exist(page: Path) -> None:
    roots = {ROOT, page.parent}  # the sandbox's pages name files of their own project
    named = NAMED.findall(page.read_text("utf-8"))
    missing = [path for path, _ in named if not any((root / path).exists() for root in roots)]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_tests_in_docs__exist(page: Path) -> None:
    named = [(path, test) for path, test in NAMED.findall(page.read_text("utf-8")) if test]
    missing = [
        f"{path}::{test}"
        for path, test in named
        if f"def {test}(" not in (ROOT / path).read_text("utf-8")
    ]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_in_docs__lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_values_page__names_code_and_tests() -> None:
    assert len(NAMED.findall((ROOT / "docs/values.md").read_text("utf-8"))) > 30


OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
USING = (ROOT / "docs/using.md").read_text("utf-8")


def commands(group: TyperGroup, *path: str) -> Iterator[tuple[str, TyperCommand]]:
    """Yield each command of the CLI that its help lists, by its words."""
    for name, child in group.commands.items():
        if isinstance(child, TyperGroup):
            yield from commands(child, *path, name)
        elif isinstance(child, TyperCommand) and not child.hidden:
            yield " ".join([*path, name]), child


CLI = typer.main.get_group(app)
COMMANDS = dict(commands(CLI))


def test_every_command__is_in_the_operating_guide() -> None:
    assert len(COMMANDS) > 5
    assert [name for name in COMMANDS if f"`needle {name}" not in OPERATING] == []


def test_every_option__is_in_the_operating_guide() -> None:
    options = {
        option
        for command in (CLI, *COMMANDS.values())
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert len(options) > 5
    assert sorted(option for option in options if option not in OPERATING) == []


def test_every_variable__is_in_the_operating_guide() -> None:
    of_options = {
        str(parameter.envvar)
        for command in COMMANDS.values()
        for parameter in command.params
        if parameter.envvar
    }
    assert "NEEDLE_HEALTH_PORT" in of_options
    variables = [*(name.upper() for name in RunSettings.model_fields), *sorted(of_options)]
    rows = [line for line in OPERATING.splitlines() if line.startswith("| `")]
    assert [name for name in variables if not any(f"`{name}`" in row for row in rows)] == []


def test_every_metric__is_in_the_operating_guide() -> None:
    collected = prometheus_client.REGISTRY.collect()
    metrics = [metric for metric in collected if metric.name.startswith("needle_")]
    assert len(metrics) > 5
    names = [f"{m.name}_total" if m.type == "counter" else m.name for m in metrics]
    assert [name for name in names if f"`{name}" not in OPERATING] == []


def test_every_roadmap_subcommand__is_in_the_user_guide() -> None:
    words = [f"/roadmap {subcommand.word}".strip() for subcommand in SUBCOMMANDS]
    assert [word for word in words if f"`{word}" not in USING] == []


EXAMPLES = {"/fire": {"security"}, "/toil": {"page", "bug", "interrupt"}}  # of what else to type
TYPED = re.compile(r"`(/roadmap|/fire|/toil) ([\w#<>]+)")


def understood(command: str) -> set[str]:
    """Return the words that may follow a slash command."""
    known = {item.name: item for item in (COMMAND, fire.COMMAND, toil.COMMAND)}
    words = {item.word for item in known[command].subcommands}
    return {"help"} | words | EXAMPLES.get(command, set())


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem != "CHANGELOG"], ids=name_of)
def test_slash_commands_in_docs__are_understood(page: Path) -> None:
    typed = TYPED.findall(page.read_text("utf-8"))
    assert [(name, word) for name, word in typed if word not in understood(name)] == []


@pytest.mark.parametrize("name", ["/roadmap", "/fire", "/toil"])
def test_usage_hint__is_understood(name: str) -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))
    hints = {item["command"]: item["usage_hint"] for item in manifest["features"]["slash_commands"]}
    words = [example.split()[0] for example in hints[name].strip("[]").split(" | ")]
    assert "help" in words
    assert [word for word in words if word not in understood(name)] == []


def test_every_board_setting__is_in_the_user_guide() -> None:
    form = settings.form(settings.CurrentSettings("C1", Cadence(), WorkingHours(), 4, 0, 3, ()))
    labels = [block["label"]["text"] for block in form["blocks"] if "label" in block]
    assert len(labels) > 5
    assert [label for label in labels if f"| {label} |" not in USING] == []


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem != "CHANGELOG"], ids=name_of)
def test_needle_commands_in_docs__exist(page: Path) -> None:
    known = {*COMMANDS, *(name.partition(" ")[0] for name in COMMANDS)}
    typed = re.findall(r"`needle ([a-z][a-z-]*(?: [a-z-]+)?)", page.read_text("utf-8"))
    unknown = [words for words in typed if not {words, words.partition(" ")[0]} & known]
    assert unknown == []
