"""What people said to one board, as simply as it can be put: the last act stands."""

from collections import Counter
from dataclasses import dataclass, field

QUORUM = 3
HANDS = ("+1", "+1::skin-tone-3")
EMOJI = (*HANDS, "lock", "eyes")  # two hands, a value's, and one that means nothing


@dataclass
class Model:
    titles: list[str] = field(default_factory=list)  # in the order of their numbers
    votes: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    scores: dict[tuple[int, str], int] = field(default_factory=dict)
    no_members: set[str] = field(default_factory=set)  # guests, and those who are deactivated

    def counts(self, number: int) -> str:
        """What the card of that project says of those who count."""
        backers = {
            who
            for (on, who, emoji), stands in self.votes.items()
            if stands and on == number and emoji in HANDS and who not in self.no_members
        }
        scored = [who for on, who in self.scores if on == number and who not in self.no_members]
        return f"👍 {len(backers)}, {len(scored)} scored"

    def standing(self) -> set[tuple[int, str, str]]:
        return {vote for vote, stands in self.votes.items() if stands}

    def cards(self) -> Counter[str]:
        """One for each project."""
        return Counter(
            f"#{number}: {self.counts(number)}" for number in range(1, len(self.titles) + 1)
        )
