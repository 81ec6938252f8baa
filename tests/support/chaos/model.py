"""A minimal model of a board: the last user action wins."""

from collections import Counter
from dataclasses import dataclass, field

QUORUM = 3
HANDS = ("+1", "+1::skin-tone-3")
EMOJI = (*HANDS, "lock", "eyes")  # two for a backer, a value's emoji, and one without meaning


@dataclass
class Model:
    titles: list[str] = field(default_factory=list)  # in the order of their numbers
    votes: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    scores: dict[tuple[int, str], int] = field(default_factory=dict)
    no_members: set[str] = field(default_factory=set)  # guests and deactivated people

    def counts(self, number: int) -> str:
        """Return the text of the card that counts scores and votes."""
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
        """Return the text of each project's card."""
        return Counter(
            f"#{number}: {self.counts(number)}" for number in range(1, len(self.titles) + 1)
        )
