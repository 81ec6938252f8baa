"""Answer to a command that failed or was refused."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from domain.formatting import collapse_whitespace

TYPED = "You typed:"


def of_command(problem: str, typed: str) -> block_kit.Message:
    """Return the answer. It repeats what was typed, unless `problem` quotes all of it.

    Slack doesn't show a command to anyone, not even to the person who typed it.
    """
    repeated = [] if _quotes(problem, typed) else [_repeated(typed.strip())]
    return block_kit.message([block_kit.statement(problem), *repeated])


def _quotes(problem: str, typed: str) -> bool:
    """Return whether each word that was typed after the command occurs in the problem."""
    _command, *words = escape(typed).split()
    return all(word in problem for word in words)


def _repeated(line: str) -> block_kit.Part:
    return block_kit.Part(
        [block_kit.note(TYPED), block_kit.code_block(line)],
        [f"{TYPED} {escape(collapse_whitespace(line))}"],
    )
