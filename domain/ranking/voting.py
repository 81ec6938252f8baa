"""Votes, derived from reactions as Slack sent them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.ranking.charter import BACKING_NAME, Charter
from domain.ranking.emoji import emoji_name


@dataclass(frozen=True)
class Votes:
    """A project's backers, and each person's quick scores."""

    backers: frozenset[str] = frozenset()
    quick_scores: dict[str, list[str]] = field(default_factory=dict)


def count_votes(reactions: Iterable[tuple[str, str]], charter: Charter) -> Votes:
    """Count the votes in (person, emoji) pairs. Ignore emoji that stand for no value."""
    value_of = {value.emoji: value.key for value in charter.values}
    for value in charter.values:
        value_of.setdefault(emoji_name(value.emoji), value.key)
    backers: set[str] = set()
    moved: dict[str, set[str]] = {}
    for person, reaction in reactions:
        name = emoji_name(reaction)
        if name == BACKING_NAME:
            backers.add(person)
        elif name in value_of:
            moved.setdefault(person, set()).add(value_of[name])
    return Votes(
        backers=frozenset(backers),
        quick_scores={person: sorted(keys) for person, keys in sorted(moved.items())},
    )
