"""`/roadmap`: the table of its subcommands.

To add a subcommand, add a row. `/roadmap help` and App Home's *Help* button show its help lines.
"""

from slack_bolt import App

from bot.exceptions import Refusal
from bot.listeners import toil
from bot.listeners.board import settings
from bot.listeners.charter import draft
from bot.listeners.parsing import closest, parse_number, quote
from bot.listeners.permissions import Permission, anyone_in_channel
from bot.listeners.project import outcome
from bot.listeners.roadmap import commit, quarter, ranking, whatif
from bot.listeners.roadmap import digest_preview as preview
from bot.listeners.roadmap import project_list as projects
from bot.listeners.slash_command import Invocation, SlashCommand, Subcommand
from bot.views.blocks.block_kit import Message
from bot.views.parts import help_text
from domain.ranking.charter import Charter
from storage.projects import projects as stored_projects


def register(app: App) -> None:
    app.command("/roadmap", middleware=[anyone_in_channel])(COMMAND.handle)


def _help(_charter: Charter) -> Message:
    return help_text.roadmap(HELP_GROUPS)


def _open_settings(invocation: Invocation) -> None:
    settings.open_form(
        invocation.client, invocation.actor.trigger_id, invocation.board, invocation.now
    )


# What people try to do with the command, and how to do it.
ELSEWHERE = {
    "score": "To score a project, click *Score* on its card.",
    "vote": "To back a project, react to its card with :+1:. To score it, click *Score*.",
    "propose": "To propose a project, type `/propose`.",
    "fire": "To declare a fire, type `/fire`.",
    "edit": "To edit a project, choose ⋯ → *Edit* on its card.",
    "start": "To start a project, choose ⋯ → *More actions* on its card.",
    "ship": "To ship a project, choose ⋯ → *More actions* on its card.",
    "rank": "`/roadmap` alone shows the ranking.",
    "ranking": "`/roadmap` alone shows the ranking.",
    "undo": (
        "To undo a commit, type `/roadmap change` and click *Undo commit*. After the first change"
        " to the roadmap, you can't undo the commit."
    ),
}


def _refuse_unknown(invocation: Invocation) -> Message:
    word = invocation.text.split()[0]
    raise Refusal(f"{quote(word)} isn't a `/roadmap` command. {_suggestion(invocation, word)}")


def _suggestion(invocation: Invocation, word: str) -> str:
    """Return what to type or do instead. Suggest only what this person can do here."""
    if word.lower() in ELSEWHERE:
        return ELSEWHERE[word.lower()]
    board = invocation.board
    number = parse_number(word.removeprefix("#"))
    if number is None:
        is_steward = board.is_steward(invocation.actor.user_id)
        meant = closest(
            word,
            [
                "help",
                *(
                    subcommand.word
                    for subcommand in SUBCOMMANDS
                    if is_steward or subcommand.permission is not Permission.STEWARDS
                ),
            ],
        )
    else:
        with invocation.request.snapshot() as session:
            project = stored_projects.find(session, board.id, number)
        meant = f"why {number}" if project else None
    return f"Did you mean `/roadmap {meant}`?" if meant else "`/roadmap help` lists all commands."


RANKING = (
    Subcommand("", ranking.show, Permission.CHANNEL, (("", "shows the ranking"),)),
    Subcommand(
        "from",
        ranking.show_from,
        Permission.CHANNEL,
        (("26", "shows the ranking from rank 26 on"),),
        takes_text=True,
    ),
    Subcommand(
        "why",
        ranking.explain_by_number,
        Permission.CHANNEL,
        (("12", "explains the rank of #12"),),
        takes_text=True,
    ),
    Subcommand(
        "list",
        projects.show,
        Permission.CHANNEL,
        (
            ("", "lists all projects"),
            (
                "open nat",
                "lists open projects with “nat” in the title; instead of `open`, you can type"
                " `shipped`, `closed` or `mine`",
            ),
        ),
        takes_text=True,
    ),
    Subcommand(
        "whatif",
        whatif.compare,
        Permission.CHANNEL,
        (("cost 2", "shows the ranking as if cost had a weight of 2"),),
        takes_text=True,
    ),
    Subcommand(
        "digest",
        preview.show,
        Permission.CHANNEL,
        (("", "previews the next digest"),),
    ),
    Subcommand(
        "mine",
        outcome.show_own,
        Permission.CHANNEL,
        (("", "compares what you expected of shipped projects with what you saw"),),
    ),
    Subcommand("toil", toil.show_ledger, Permission.CHANNEL, (("", "shows the toil ledger"),)),
    Subcommand(
        "export",
        quarter.export_ranking,
        Permission.CHANNEL,
        (("csv", "gives you the ranking to copy, as csv, md or json"),),
        takes_text=True,
    ),
)
QUARTERS = (
    Subcommand(
        "plan",
        quarter.show_plan,
        Permission.CHANNEL,
        (
            ("", "shows what fits into this quarter"),
            ("next", "shows what fits into the next quarter"),
        ),
        takes_text=True,
    ),
    Subcommand(
        "commit",
        commit.open_form,
        Permission.STEWARDS,
        (("", "commits this quarter's plan; add `next` for the next quarter"),),
        takes_text=True,
    ),
    Subcommand(
        "change",
        commit.open_change_form,
        Permission.STEWARDS,
        (("", "adds or removes projects after the commit"),),
        takes_text=True,
    ),
    Subcommand(
        "post",
        quarter.post_roadmap,
        Permission.STEWARDS,
        (("", "posts this quarter's roadmap now"),),
    ),
    Subcommand(
        "retro",
        quarter.show_retrospective,
        Permission.CHANNEL,
        (("", "shows how this quarter is going; add `last` for the last quarter"),),
        takes_text=True,
    ),
)
BOARD = (
    Subcommand(
        "charter",
        draft.show,
        Permission.CHANNEL,
        (("", "shows the values you rank by; stewards change them there"),),
        takes_text=True,
    ),
    Subcommand(
        "settings",
        _open_settings,
        Permission.STEWARDS,
        (("", "opens the settings: digest, time zone, people and quorum"),),
    ),
)
SUBCOMMANDS = RANKING + QUARTERS + BOARD
COMMAND = SlashCommand(
    "/roadmap",
    SUBCOMMANDS,
    default=Subcommand("", _refuse_unknown, Permission.CHANNEL, takes_text=True),
    help=_help,
)
HELP_GROUPS = (
    COMMAND.help_group("Look up", RANKING),
    COMMAND.help_group("Plan quarters", QUARTERS),
    COMMAND.help_group("This board", BOARD),
)
