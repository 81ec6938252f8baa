"""The list of a board's projects, shown to one person."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape
from bot.views.blocks.formatting import quantity, short_date
from bot.views.data.people import someone
from bot.views.data.project_list import ListedProject, ProjectList
from bot.views.parts.board_overview import MAX_ROWS
from bot.views.parts.project_state import card_link
from domain.formatting import shorten
from domain.projects.lifecycle import RANKED_STATUSES, Status
from domain.projects.listing import ProjectFilter

MAX_WORDS_LENGTH = 50  # characters of the words to find, as the heading shows them

NO_OWNER = "No owner"
STATUS_WORDS = {
    Status.OPEN: "open",
    Status.STARTED: "started",
    Status.SHIPPED: "shipped",
    Status.DECLINED: "declined",
    Status.DROPPED: "dropped",
    Status.MERGED: "merged",
    Status.HANDED_OFF: "handed off",
}
HEADINGS = {
    ProjectFilter.ALL: "Projects",
    ProjectFilter.OPEN: "Open projects",
    ProjectFilter.SHIPPED: "Shipped projects",
    ProjectFilter.CLOSED: "Closed projects",
    ProjectFilter.MINE: "Your projects",
}
# What to say if no project matches a filter without words.
NOTHING = {
    ProjectFilter.ALL: "Nothing is proposed yet. Propose the first project with `/propose`.",
    ProjectFilter.OPEN: "No project is open. Propose one with `/propose`.",
    ProjectFilter.SHIPPED: "Nothing has shipped yet. `/roadmap list open` shows open projects.",
    ProjectFilter.CLOSED: (
        "No project has been declined, dropped, merged or handed off. `/roadmap list` shows all"
        " projects."
    ),
    ProjectFilter.MINE: "You have no projects here. Propose one with `/propose`.",
}


def project_list(content: ProjectList) -> block_kit.Message:
    """Show the projects as a table. Name how many more there are, and how to narrow the list."""
    suffix = f" with “{shorten(content.words, MAX_WORDS_LENGTH)}”" if content.words else ""
    rows = content.projects[:MAX_ROWS]
    columns = ("Project", "Status", "Since")
    table = block_kit.table(
        [
            [[block_kit.text(name, bold=True)] for name in columns],
            *[_cells(content, row) for row in rows],
        ],
        fixed=(1, 2),
    )
    return block_kit.message(
        [
            block_kit.heading(f"{HEADINGS[content.filter]} in #{content.channel}{suffix}"),
            block_kit.Part([table], [_row_text(content, row) for row in rows]),
            *_more(content),
        ]
    )


def _cells(content: ProjectList, row: ListedProject) -> list[list[block_kit.Inline]]:
    return [
        [card_link(row.project), *_owner(row)],
        [block_kit.text(STATUS_WORDS[row.status])],
        [block_kit.text(short_date(row.since, content.today))],
    ]


def _owner(row: ListedProject) -> list[block_kit.Inline]:
    """Return the owner on a separate line under the project's name.

    If a project with work to do has no owner, say so.
    """
    if row.owner:
        return [block_kit.text("\nOwner "), block_kit.mention(row.owner)]
    return [block_kit.text(f"\n{NO_OWNER}")] if row.status in RANKED_STATUSES else []


def _row_text(content: ProjectList, row: ListedProject) -> str:
    """Return a row as `#3 Cache it: shipped, 3 May. Owner @ben`."""
    owner = ""
    if row.owner:
        owner = f". Owner {someone(row.owner)}"
    elif row.status in RANKED_STATUSES:
        owner = f". {NO_OWNER}"
    since = short_date(row.since, content.today)
    return f"{escape(row.project.name)}: {STATUS_WORDS[row.status]}, {since}{owner}"


def _more(content: ProjectList) -> list[block_kit.Part]:
    more = len(content.projects) - MAX_ROWS
    if more <= 0:
        return []
    count = quantity(more, "project isn't", "projects aren't")
    command = "`/roadmap list open nat`"
    return [
        block_kit.remark(
            f"{count} shown. Narrow the list by status or by words in the title: {command}."
        )
    ]
