"""Software balance: what projects add to the software that the team runs, and what they remove."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.projects.proposal import Proposal


@dataclass(frozen=True)
class SoftwareBalance:
    """The numbers of projects that add and that remove software."""

    added: int = 0
    removed: int = 0

    @property
    def summary(self) -> str:
        """The balance as `added by 1 project and removed by 2 projects`, without a part that is 0,
        or `no change`.
        """
        parts = [(self.added, "added"), (self.removed, "removed")]
        changes = [
            f"{verb} by 1 project" if count == 1 else f"{verb} by {count} projects"
            for count, verb in parts
            if count
        ]
        return " and ".join(changes) or "no change"

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def software_balance(proposals: Iterable[Proposal]) -> SoftwareBalance:
    listed = list(proposals)
    return SoftwareBalance(
        added=sum(bool(proposal.software_added) for proposal in listed),
        removed=sum(bool(proposal.software_removed) for proposal in listed),
    )
