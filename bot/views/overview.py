"""How a board's projects stand: what the digest, the roadmap and `/roadmap` all show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.views import kit
from bot.views.text import escape, one_line, shorten
from bot.views.wording import counted, hurt_values, labels, moved_values
from values.charter import Charter
from values.proposal import Proposal
from values.ranking import Ranked, Ranking, Section
from values.wording import decimal

# Slack refuses messages of more than about 12,000 characters in all, the exact sum being nowhere
# documented (slackapi/bolt-js issues 2509 and 2867). These keep every post far below.
TITLE_SHOWN = 60
ROWS_SHOWN = 25
LISTED = 5


@dataclass(frozen=True)
class Overview:
    """A board's ranking with what is needed to show it, by project number."""

    channel: str  # the channel's name
    ranking: Ranking
    charter_version: int
    proposals: Mapping[int, Proposal]
    links: Mapping[int, str]
    fires: Mapping[str, str]  # what burns, by value

    @property
    def charter(self) -> Charter:
        return self.ranking.charter

    @property
    def in_order(self) -> tuple[Ranked, ...]:
        """All that carry a rank."""
        return self.ranking.section(Section.BURNING) + self.ranking.section(Section.RANKED)

    def name(self, ranked: Ranked) -> str:
        return shorten(f"#{ranked.project.id} {one_line(ranked.project.title)}", TITLE_SHOWN)

    def link(self, ranked: Ranked) -> kit.Inline:
        return kit.link(self.links.get(ranked.project.id), self.name(ranked))


def weather(board: Overview) -> list[kit.Block]:
    """What burns, or that nothing does."""
    if not board.fires:
        calm = "No fire is burning: several values at once count extra."
        return [kit.note(f":sunny: {calm}")]
    blocks = []
    for value in board.charter.values:
        if value.key in board.fires:
            told = kit.words(f" {value.label} is burning. ", bold=True)
            what = kit.words(shorten(one_line(board.fires[value.key]), 200))
            blocks.append(kit.rich(kit.emoji("fire"), told, what))
    return blocks


def weather_words(board: Overview) -> str:
    if not board.fires:
        return "No fire is burning: several values at once count extra."
    return f"Burning: {labels(list(board.fires), board.charter)}."


def movement(ranked: Ranked, before: Mapping[str, int] | None) -> str:
    """`▲2`, `▼1`, `new`, `=` since the ranks of the last digest, which are by project number."""
    if before is None or ranked.rank is None:
        return "–"
    old = before.get(str(ranked.project.id))
    if old is None:
        return "new"
    climbed = old - ranked.rank
    if climbed == 0:
        return "="
    return f"▲{climbed}" if climbed > 0 else f"▼{-climbed}"


def table(
    board: Overview, rows: Sequence[Ranked], before: Mapping[str, int] | None = None
) -> list[kit.Block]:
    """The ranked projects, with their movement when there is something to compare with."""
    if not rows:
        return []
    moving = before is not None
    head = ["Rank", *(["Move"] if moving else []), "Project", "Needle", "Moves", "Backers", "Weeks"]
    right = [column for column, name in enumerate(head) if name in ("Needle", "Backers", "Weeks")]
    body = [
        [
            [kit.words(f"{ranked.rank}")],
            *([[kit.words(movement(ranked, before))]] if moving else []),
            [board.link(ranked)],
            [kit.words(decimal(ranked.needle))],
            _moves(ranked, board.charter),
            [kit.words(f"{len(ranked.project.backers)}")],
            [kit.words(_weeks(ranked))],
        ]
        for ranked in rows[:ROWS_SHOWN]
    ]
    header = [[kit.words(name, bold=True)] for name in head]
    blocks = [kit.table([header, *body], right=right)]
    if len(rows) > ROWS_SHOWN:
        next_rank = rows[ROWS_SHOWN].rank
        blocks.append(
            kit.note(
                f"and {len(rows) - ROWS_SHOWN} more: `/roadmap from {next_rank}` for you alone"
            )
        )
    return blocks


def rank_lines(board: Overview, rows: Sequence[Ranked]) -> list[str]:
    """The same in words, escaped, for the top-level text."""
    return [
        f"{ranked.rank}. {escape(board.name(ranked))}: needle {decimal(ranked.needle)}"
        for ranked in rows[:ROWS_SHOWN]
    ]


def held(board: Overview) -> list[kit.Block]:
    """Held projects and the number-one value that each hurts."""
    items = [
        [
            board.link(ranked),
            kit.words(f" hurts {_hurt(board, ranked)}"),
        ]
        for ranked in board.ranking.section(Section.HELD)
    ]
    return _titled("Held until they no longer hurt", items)


def held_lines(board: Overview) -> list[str]:
    return [
        f"Held: {escape(board.name(ranked))} hurts {_hurt(board, ranked)}"
        for ranked in board.ranking.section(Section.HELD)[:LISTED]
    ]


def unscored(board: Overview) -> list[kit.Block]:
    """Projects that wait for the quorum: their backers, never their numbers."""
    items = [
        [
            board.link(ranked),
            kit.words(
                f"  {ranked.scored_by} of {board.charter.quorum} have scored"
                f" · {counted(len(ranked.project.backers), 'backer', 'backers')}"
            ),
        ]
        for ranked in board.ranking.section(Section.UNSCORED)
    ]
    return _titled("Needs your score", items)


def unscored_lines(board: Overview) -> list[str]:
    return [
        f"Needs scores: {escape(board.name(ranked))}"
        for ranked in board.ranking.section(Section.UNSCORED)[:LISTED]
    ]


def out_of_scope(board: Overview) -> list[kit.Block]:
    items = [[board.link(ranked)] for ranked in board.ranking.section(Section.OUT_OF_SCOPE)]
    return _titled("Moves none of our values", items)


def out_of_scope_lines(board: Overview) -> list[str]:
    return [
        f"Moves none of our values: {escape(board.name(ranked))}"
        for ranked in board.ranking.section(Section.OUT_OF_SCOPE)[:LISTED]
    ]


def _titled(title: str, items: Sequence[Sequence[kit.Inline]]) -> list[kit.Block]:
    """A heading and a short list, or nothing at all."""
    if not items:
        return []
    blocks = [kit.section(f"*{title}*"), kit.bullets(items[:LISTED])]
    if len(items) > LISTED:
        blocks.append(kit.note(f"and {len(items) - LISTED} more"))
    return blocks


def _hurt(board: Overview, ranked: Ranked) -> str:
    return labels([value.key for value in hurt_values(ranked, board.charter)], board.charter)


def _moves(ranked: Ranked, charter: Charter) -> list[kit.Inline]:
    """The values moved, as emoji; Slack refuses an empty cell."""
    return [kit.emoji(value.emoji) for value in moved_values(ranked, charter)] or [kit.words("–")]


def _weeks(ranked: Ranked) -> str:
    return "?" if ranked.project.effort_weeks is None else f"{ranked.project.effort_weeks:g}"
