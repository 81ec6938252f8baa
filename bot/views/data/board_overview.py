"""Data of a board's ranking, for posts and replies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.formatting import collapse_whitespace, shorten
from domain.projects.progress import Progress
from domain.projects.proposal import Proposal
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Ranking, Section

MAX_TITLE_LENGTH = 60  # characters; bot/views/parts/board_overview.py has the reason


@dataclass(frozen=True)
class Overview:
    """A board's ranking, and the other data that posts and replies show.

    Mappings are keyed by project number unless noted.
    """

    channel: str  # the channel's name
    ranking: Ranking
    charter_version: int
    proposals: Mapping[int, Proposal]
    links: Mapping[int, str]
    fires: Mapping[str, str]  # the reasons, by value key
    permanent_ids: Mapping[int, str]
    progress: Mapping[int, Progress] = field(default_factory=dict)  # of started projects
    owners: Mapping[int, str] = field(default_factory=dict)  # of projects that have one

    @property
    def charter(self) -> Charter:
        return self.ranking.charter

    @property
    def in_rank_order(self) -> tuple[RankedProject, ...]:
        """The projects that have a rank, in rank order."""
        return self.ranking.in_section(Section.BURNING) + self.ranking.in_section(Section.RANKED)

    def name(self, ranked: RankedProject) -> str:
        return self.name_of(ranked.candidate.id)

    def name_of(self, number: int) -> str:
        return shorten(
            f"#{number} {collapse_whitespace(self.proposals[number].title)}", MAX_TITLE_LENGTH
        )

    def numbers_of(self, references: Iterable[str]) -> list[int | None]:
        """Return the number of each project that a form names, once. Unknown projects have None.

        A form names projects by permanent id, or by number if an earlier version opened it.
        """
        by_id = {permanent_id: number for number, permanent_id in self.permanent_ids.items()}
        by_number = {f"{number}": number for number in self.permanent_ids}
        return list(dict.fromkeys(map((by_id | by_number).get, references)))
