"""Slash commands as tables of subcommands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import require_board
from bot.listeners.parsing import quote
from bot.listeners.permissions import Permission, require_permission
from bot.views.blocks.block_kit import Message
from bot.views.parts.help_text import HelpGroup
from domain.formatting import visible_or_empty
from storage.boards.boards import Board
from storage.idempotency import Request


@dataclass(frozen=True)
class Invocation:
    """A slash command as someone typed it on a board; `text` follows the subcommand."""

    board: Board
    actor: Actor
    text: str
    client: WebClient
    request: Request
    now: datetime


@dataclass(frozen=True)
class Subcommand:
    """A subcommand: its word, its handler, who may use it, and its lines in the help.

    The handler returns the reply, or None if it opened a form. A line of the help pairs an example
    of the text after the word with a description. Text after the word is refused unless the
    subcommand takes some.
    """

    word: str
    handler: Callable[[Invocation], Message | None]
    permission: Permission
    help_lines: tuple[tuple[str, str], ...] = ()
    takes_text: bool = False


@dataclass(frozen=True)
class SlashCommand:
    """A slash command; `default` handles text that starts with none of the subcommands."""

    name: str
    subcommands: Sequence[Subcommand]
    default: Subcommand

    def handle(
        self,
        ack: Ack,
        command: dict[str, Any],
        actor: Actor,
        respond: Respond,
        client: WebClient,
        slack_request: Request,
        now: datetime,
    ) -> None:
        """Run the subcommand that someone typed, and reply to them."""
        subcommand, text = self._parse(command.get("text") or "")
        with slack_request.snapshot() as session:
            board = require_board(session, actor)
        require_permission(subcommand.permission, slack_request.database, client, board, actor)
        if text and not subcommand.takes_text:
            raise Refusal(leave_out(text, f"{self.name} {subcommand.word}"))
        message = subcommand.handler(Invocation(board, actor, text, client, slack_request, now))
        if message is not None:
            respond(text=message.text, blocks=message.blocks)
        ack()

    def help_group(self, title: str, subcommands: Sequence[Subcommand]) -> HelpGroup:
        """Return the help of some subcommands: what to type, and what it does."""
        rows = (
            (" ".join([self.name, *filter(None, (subcommand.word, example))]), description)
            for subcommand in subcommands
            for example, description in _described(subcommand)
        )
        return HelpGroup(title, tuple(rows))

    def _parse(self, typed: str) -> tuple[Subcommand, str]:
        """Return the subcommand and the text after it."""
        typed = visible_or_empty(typed)
        word, text = [*typed.split(maxsplit=1), "", ""][:2]
        for subcommand in self.subcommands:
            if subcommand.word == word.lower():
                return subcommand, text.strip()
        return self.default, typed.strip()


def leave_out(text: str, command: str) -> str:
    """Return the refusal of text that a command doesn't take."""
    return f"Leave out {quote(text)}: type only `{command}`."


def _described(subcommand: Subcommand) -> list[tuple[str, str]]:
    suffix = " (stewards)" if subcommand.permission is Permission.STEWARDS else ""
    return [(example, f"{description}{suffix}") for example, description in subcommand.help_lines]
