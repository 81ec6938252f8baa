"""What each command can do, for who types `help` or something unknown."""

from bot.views.blocks import block_kit
from bot.views.blocks.escape import escape, join_lines
from domain.formatting import collapse_whitespace
from domain.ranking.charter import Charter


def roadmap(problem: str = "") -> block_kit.Message:
    return _usage(
        problem,
        [
            ("/roadmap", "the ranking now, only for you"),
            ("/roadmap from 26", "the ranking from rank 26 on"),
            ("/roadmap why 12", "why project #12 stands where it does"),
            ("/roadmap plan", "what this quarter would hold, planned now"),
            ("/roadmap plan next", "the next quarter, or one by its name: Q1 2027"),
            ("/roadmap retro", "how this quarter goes, or another: Q3 2026, last"),
            ("/roadmap commit", "commits to this quarter's plan, or another's: next (stewards)"),
            ("/roadmap change", "what comes in or goes out after that, and why (stewards)"),
            ("/roadmap whatif cost 2", "the ranking if cost weighed 2, beside the one now"),
            ("/roadmap charter", "what we rank by, as the team agreed; stewards change it there"),
            ("/roadmap mine", "payback: what you foresaw of what has shipped, beside what you saw"),
            ("/roadmap toil", "pages, nights and toil, where they come from, and the trend"),
            ("/roadmap export csv", "the ranking to copy: as md, csv or json"),
            ("/roadmap post", "posts the quarter's roadmap now (stewards)"),
            ("/roadmap settings", "digest, time zone, people, quorum (stewards)"),
            (
                "/propose a title",
                "proposes a project: its steps, toil it removes, software it adds or removes",
            ),
            ("Score on a card", "scores it, or again; where people differ most is said there"),
            (
                "⋯ on a card",
                "edit it, tick off steps, start, ship, merge, drop it; its history;"
                " decline it, or hand it on as out of scope (stewards)",
            ),
            ("/fire", "what burns; declare a fire, or say that it is out"),
            ("/toil", "logs a page, a bug or an interrupt; /toil help says how"),
        ],
    )


def fire(charter: Charter, problem: str = "") -> block_kit.Message:
    """A value is named by one word: its name, if that is one, or its key."""
    values = [value.slug for value in charter.values]
    return _usage(
        problem,
        [
            ("/fire", "what burns now"),
            (f"/fire {values[0]} what is burning", "declares a fire in a value"),
            (f"/fire out {values[0]}", "says that it is out"),
        ],
        f"The values: {', '.join(values)}.",
    )


def toil(problem: str = "") -> block_kit.Message:
    return _usage(
        problem,
        [
            ("/toil page db-primary 45m", "logs a page that db-primary took 45 minutes of"),
            ("/toil bug billing 1h30m wrong totals", "a bug, with a note"),
            ("/toil interrupt access requests 15m", "an interrupt, from any source"),
            ("/toil page db-primary 45m at 03:10", "when it started, if not now"),
            ("/toil page db-primary 1h yesterday 23:40", "or yesterday, by the board's clock"),
            ("/toil", "opens a form"),
            ("/toil list", "what the ledger says, as /roadmap toil"),
        ],
        "Or choose Log as toil in the menu of an alert. Whether it is out of hours depends on when"
        " it started.",
    )


def _usage(problem: str, rows: list[tuple[str, str]], footer: str = "") -> block_kit.Message:
    """`problem` may quote what someone typed: it stands in literal text."""
    problem = collapse_whitespace(problem)
    told = [f"`{command}`  {does}" for command, does in rows]
    blocks = [
        *([block_kit.rich_text(block_kit.text(problem))] if problem else []),
        block_kit.section("\n".join(told)),
        *([block_kit.note(footer)] if footer else []),
    ]
    text = join_lines([*([escape(problem)] if problem else []), *told, footer])
    return block_kit.Message(text=text, blocks=blocks)
