"""Slash commands as tables of subcommands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.lookup import no_board, require_active
from bot.listeners.parsing import quote
from bot.listeners.permissions import Permission, require_permission
from bot.views.blocks.block_kit import Message
from bot.views.parts.help_text import HelpGroup
from domain.formatting import visible_or_empty
from domain.ranking.charter import DEFAULT_CHARTER, Charter
from storage.boards import boards
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
    """A slash command; `default` handles text that starts with none of the subcommands.

    `help` returns the answer to the word `help`, from the board's charter. Anyone can ask for help
    anywhere. Without a board, the answer uses the default charter.
    """

    name: str
    subcommands: Sequence[Subcommand]
    default: Subcommand
    help: Callable[[Charter], Message]

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
        typed = visible_or_empty(command.get("text") or "")
        word, text = _split_word(typed)
        asks_for_help = is_help(word)
        if asks_for_help and text:
            raise Refusal(leave_out(text, f"{self.name} help"))
        with slack_request.snapshot() as session:
            board = boards.find(session, actor.team_id, actor.channel_id)
            if board is None and not asks_for_help:
                raise no_board(session, actor, command)
        if board is not None and not asks_for_help:
            require_active(board)
        if board is None or asks_for_help:
            message: Message | None = self.help(DEFAULT_CHARTER if board is None else board.charter)
        else:
            message = self._run(typed, board, actor, client, slack_request, now)
        if message is not None:
            respond(text=message.text, blocks=message.blocks)
        ack()

    def _run(
        self,
        typed: str,
        board: Board,
        actor: Actor,
        client: WebClient,
        slack_request: Request,
        now: datetime,
    ) -> Message | None:
        """Run the subcommand, and return the reply."""
        subcommand, text = self._parse(typed)
        require_permission(subcommand.permission, slack_request.database, client, board, actor)
        if text and not subcommand.takes_text:
            raise Refusal(leave_out(text, f"{self.name} {subcommand.word}"))
        return subcommand.handler(Invocation(board, actor, text, client, slack_request, now))

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
        word, text = _split_word(typed)
        for subcommand in self.subcommands:
            if subcommand.word == word.lower():
                return subcommand, text
        return self.default, typed.strip()


def _split_word(typed: str) -> tuple[str, str]:
    """Return the first word and the text after it. Both may be empty."""
    word, text = [*typed.split(maxsplit=1), "", ""][:2]
    return word, text.strip()


def is_help(typed: str) -> bool:
    """Return whether the text after a command asks for its help."""
    return typed.strip().lower() == "help"


def leave_out(text: str, command: str) -> str:
    """Return the refusal of text that a command doesn't take."""
    return f"Leave out {quote(text)}: type only `{command}`."


def _described(subcommand: Subcommand) -> list[tuple[str, str]]:
    suffix = " (stewards)" if subcommand.permission is Permission.STEWARDS else ""
    return [(example, f"{description}{suffix}") for example, description in subcommand.help_lines]
