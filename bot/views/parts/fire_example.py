"""The fire that help and replies show as an example."""

from domain.ranking.charter import Charter

EXAMPLE_VALUE = "availability"
EXAMPLE_REASON = "checkout is down"
EXAMPLE = f"/fire {EXAMPLE_VALUE} {EXAMPLE_REASON}"


def example_value(charter: Charter) -> str:
    """Return the word for the example's value, or for the first one on boards without it."""
    words = [value.slug for value in charter.values]
    return EXAMPLE_VALUE if EXAMPLE_VALUE in words else words[0]
