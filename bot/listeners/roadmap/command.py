"""`/roadmap`: the table of its subcommands.

To add a subcommand, add a row. Its help lines appear in `/roadmap help` and in App Home.
"""

from slack_bolt import App

from bot.exceptions import Refusal
from bot.listeners import toil
from bot.listeners.board import settings
from bot.listeners.charter import draft
from bot.listeners.parsing import closest
from bot.listeners.permissions import Permission, anyone_in_channel
from bot.listeners.project import outcome
from bot.listeners.roadmap import commit, quarter, ranking, whatif
from bot.listeners.slash_command import Invocation, SlashCommand, Subcommand
from bot.views.blocks.block_kit import Message
from bot.views.blocks.escape import escape
from bot.views.parts import help_text

MAX_QUOTED_LENGTH = 50  # characters of an unknown word that an error quotes


def register(app: App) -> None:
    app.command("/roadmap", middleware=[anyone_in_channel])(COMMAND.handle)


def _help(_invocation: Invocation) -> Message:
    return help_text.roadmap(COMMAND.help_rows)


def _open_settings(invocation: Invocation) -> None:
    settings.open_form(invocation.client, invocation.actor.trigger_id, invocation.board)


def _refuse_unknown(invocation: Invocation) -> Message:
    word = invocation.text.split()[0]
    suggestion = closest(word, [subcommand.word for subcommand in SUBCOMMANDS])
    hint = (
        f"Did you mean `/roadmap {suggestion}`?"
        if suggestion
        else "Type `/roadmap help` to see what I understand."
    )
    raise Refusal(f"I don't know “{escape(word[:MAX_QUOTED_LENGTH])}”. {hint}")


SUBCOMMANDS = (
    Subcommand(
        "",
        ranking.show,
        Permission.CHANNEL,
        (("", "shows the current ranking, only to you"),),
    ),
    Subcommand(
        "from",
        ranking.show_from,
        Permission.CHANNEL,
        (("26", "shows the ranking from rank 26 on"),),
    ),
    Subcommand(
        "why",
        ranking.explain_by_number,
        Permission.CHANNEL,
        (("12", "explains the rank of project #12"),),
    ),
    Subcommand(
        "plan",
        quarter.show_plan,
        Permission.CHANNEL,
        (
            ("", "shows what fits into this quarter, planned now"),
            ("next", "the same for next quarter, or name one: Q1 2027"),
        ),
    ),
    Subcommand(
        "retro",
        quarter.show_retrospective,
        Permission.CHANNEL,
        (("", "shows how this quarter is going, or another one: Q3 2026, last"),),
    ),
    Subcommand(
        "commit",
        commit.open_form,
        Permission.STEWARDS,
        (("", "commits to the plan of this quarter, or of another: next"),),
    ),
    Subcommand(
        "change",
        commit.open_change_form,
        Permission.STEWARDS,
        (("", "adds or removes projects of a committed quarter, with the reason"),),
    ),
    Subcommand(
        "whatif",
        whatif.compare,
        Permission.CHANNEL,
        (("cost 2", "compares the ranking with one in which cost has weight 2"),),
    ),
    Subcommand(
        "charter",
        draft.show,
        Permission.CHANNEL,
        (("", "shows the values that the team agreed on; stewards can change them there"),),
    ),
    Subcommand(
        "mine",
        outcome.show_own,
        Permission.CHANNEL,
        (("", "compares what you predicted for shipped projects with what you saw"),),
    ),
    Subcommand(
        "toil",
        toil.show_ledger,
        Permission.CHANNEL,
        (("", "shows pages, nights and toil: their sources and the trend"),),
    ),
    Subcommand(
        "export",
        quarter.export_ranking,
        Permission.CHANNEL,
        (("csv", "gives you the ranking to copy, as md, csv or json"),),
    ),
    Subcommand(
        "post",
        quarter.post_roadmap,
        Permission.STEWARDS,
        (("", "posts this quarter's roadmap now"),),
    ),
    Subcommand(
        "settings",
        _open_settings,
        Permission.STEWARDS,
        (("", "changes digest, time zone, people and quorum"),),
    ),
    Subcommand("help", _help, Permission.CHANNEL),
)
COMMAND = SlashCommand(
    "/roadmap", SUBCOMMANDS, default=Subcommand("", _refuse_unknown, Permission.CHANNEL)
)
