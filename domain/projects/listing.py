"""Lists of a board's projects: by status, and by words of their titles."""

from enum import StrEnum

from domain.formatting import collapse_whitespace
from domain.projects.lifecycle import RANKED_STATUSES, Status


class ProjectFilter(StrEnum):
    """Which projects a list has."""

    ALL = "all"
    OPEN = "open"
    SHIPPED = "shipped"
    CLOSED = "closed"
    MINE = "mine"


STATUSES: dict[ProjectFilter, frozenset[Status]] = {
    ProjectFilter.ALL: frozenset(Status),
    ProjectFilter.OPEN: frozenset(RANKED_STATUSES),
    ProjectFilter.SHIPPED: frozenset({Status.SHIPPED}),
    ProjectFilter.CLOSED: frozenset(Status) - {*RANKED_STATUSES, Status.SHIPPED},
    ProjectFilter.MINE: frozenset(Status),
}


def parse_filter(text: str) -> tuple[ProjectFilter, str]:
    """Split `open nat box` into a filter and the words to find in titles.

    Without a filter, all projects match.
    """
    first, _, rest = collapse_whitespace(text).partition(" ")
    try:
        return ProjectFilter(first.lower()), rest
    except ValueError:
        return ProjectFilter.ALL, collapse_whitespace(text)


def has_words(title: str, words: str) -> bool:
    """Return whether a title has all the words, or parts of words, in any order."""
    folded = title.casefold()
    return all(word in folded for word in words.casefold().split())
