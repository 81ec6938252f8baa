"""What each command can do, for who types `help` or something unknown."""

from collections.abc import Sequence

from bot.views import kit
from bot.views.text import escape, lines, one_line


def roadmap(problem: str = "") -> kit.Message:
    return _usage(
        problem,
        [
            ("/roadmap", "the ranking now, only for you"),
            ("/roadmap from 26", "the ranking from there on"),
            ("/roadmap why 12", "why project #12 stands where it does"),
            ("/roadmap plan", "what this quarter would hold, planned now"),
            ("/roadmap plan next", "the next quarter, or one by its name: Q1 2027"),
            ("/roadmap post", "posts the quarter's roadmap now (stewards)"),
            ("/roadmap settings", "digest, time zone, people, quorum (stewards)"),
            ("/propose a title", "proposes a project"),
            ("/fire", "what burns; declare a fire, or say that it is out"),
        ],
    )


def fire(values: Sequence[str], problem: str = "") -> kit.Message:
    return _usage(
        problem,
        [
            ("/fire", "what burns now"),
            (f"/fire {values[0]} what is burning", "declares a fire in a value"),
            (f"/fire out {values[0]}", "says that it is out"),
        ],
        f"The values: {', '.join(values)}.",
    )


def _usage(problem: str, rows: list[tuple[str, str]], footer: str = "") -> kit.Message:
    """`problem` may quote what someone typed: it stands in literal text."""
    problem = one_line(problem)
    told = [f"`{command}`  {does}" for command, does in rows]
    blocks = [
        *([kit.rich(kit.words(problem))] if problem else []),
        kit.section("\n".join(told)),
        *([kit.note(footer)] if footer else []),
    ]
    text = lines([*([escape(problem)] if problem else []), *told, footer])
    return kit.Message(text=text, blocks=blocks)
