"""Language rules: the first words of docstrings, and the names of tests."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_TEST_NAME_LENGTH = 60

FOLDERS = ("benchmarks", "bot", "docs", "domain", "sandbox", "storage", "tests")

# Ruff's D401 lets "Its number." pass: only words on this list may start a docstring. Add a verb if
# it is an imperative that says what a function does.
VERBS = frozenset(
    re.findall(
        r"\w+",
        """
    accept acknowledge activate add adopt advance allow announce answer append apply ask assert
    authorize backfill begin bind block bound build call cancel change check choose claim clean
    clear close collect combine commit compare compute confirm connect convert copy count create
    cut decide declare decode defer delay delete deliver describe discard disconnect disturb do
    draw drop edit encode end enqueue escape exclude exit expect explain export fail feed fetch fill
    filter find finish fit fix follow forget format forward free freeze gather generate get give
    group hand handle have hide hold ignore import include insert install invite join keep kill
    leave let limit list listen load lock log look lose make map mark match measure merge migrate
    move multiply name normalize note notify offer open order overwrite parse pass pause perform
    pick plan play post prepare press print propose publish push put queue raise rank react read
    receive recognize reconcile reconnect record redirect redraw reduce refresh refuse register
    reject release reload remind remove rename render reopen repeat replace reply report request
    requeue require reset resolve respond restart restore resume resync retire retry return reveal
    revise revoke rewrite round run save say scale schedule score search see select send serialize
    serve set shift ship shorten show skip sort split stand start stop store strike strip submit
    subscribe sum summarize swap switch take tally tell terminate test total translate truncate
    try turn type undo unescape update upgrade upload use validate verify wait wake warn watch
    withdraw wrap write yield
        """,
    )
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(folder: str) -> Iterator[tuple[str, Function]]:
    """Yield each function of the folder's tracked files, with its path and line."""
    listed = subprocess.run(
        ["git", "ls-files", f"{folder}/*.py"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def names_a_value(function: Function) -> bool:
    """Return whether a function is a property or a fixture, whose docstring is a noun phrase."""
    words = {
        word
        for decorator in function.decorator_list
        for word in ast.unparse(decorator).split("(")[:1]
    }
    return any(
        word.rpartition(".")[2] in {"property", "cached_property", "fixture"} for word in words
    )


def first_word(docstring: str) -> str:
    return docstring.split()[0].strip(".,:;").lower()


@pytest.mark.parametrize("folder", FOLDERS)
def test_function_docstring__starts_with_a_verb(folder: str) -> None:
    wrong = {
        where: docstring.splitlines()[0]
        for where, function in functions(folder)
        if not (names_a_value(function) or function.name.startswith("test_"))
        and (docstring := ast.get_docstring(function))
        and first_word(docstring) not in VERBS
    }
    assert wrong == {}


@pytest.mark.parametrize("folder", ["sandbox", "tests"])
def test_test_name__is_condition_then_result(folder: str) -> None:
    wrong = [
        where
        for where, function in functions(folder)
        if function.name.startswith("test_")
        and not ("__" in function.name and len(function.name) <= MAX_TEST_NAME_LENGTH)
    ]
    assert wrong == []
