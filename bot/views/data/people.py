"""Mentions of people in Slack texts."""


def someone(person: str) -> str:
    """Return the mention that Slack shows as the person's name."""
    return f"<@{person}>"
