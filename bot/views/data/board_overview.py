"""A board's ranking, and what posts and replies show beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.formatting import collapse_whitespace, shorten
from domain.projects.progress import Progress
from domain.projects.proposal import Proposal
from domain.ranking.charter import Charter
from domain.ranking.ranking import RankedProject, Ranking, Section

MAX_TITLE_LENGTH = 60  # characters; see bot/views/parts/board_overview.py for the reason


@dataclass(frozen=True)
class Overview:
    """A board's ranking, and what is needed to show it. Unless noted, keys are project numbers."""

    channel: str  # the channel's name
    ranking: Ranking
    charter_version: int
    proposals: Mapping[int, Proposal]
    links: Mapping[int, str]
    fires: Mapping[str, str]  # what burns, by value
    progress: Mapping[int, Progress] = field(default_factory=dict)  # of the safe steps

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
