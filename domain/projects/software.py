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
        """The balance as `1 project adds software, 2 projects remove software`, without a part that
        is 0, or `no change`.
        """
        parts = [(self.added, "add"), (self.removed, "remove")]
        changes = [
            f"1 project {verb}s software" if count == 1 else f"{count} projects {verb} software"
            for count, verb in parts
            if count
        ]
        return ", ".join(changes) or "no change"

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def software_balance(proposals: Iterable[Proposal]) -> SoftwareBalance:
    listed = list(proposals)
    return SoftwareBalance(
        added=sum(bool(proposal.software_added) for proposal in listed),
        removed=sum(bool(proposal.software_removed) for proposal in listed),
    )
