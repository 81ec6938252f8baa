"""Mentions: names typed in the composer, and the references that Slack sends for them."""

import re

from slack_sandbox.model.workspace import Person, Workspace


def resolve_mentions(workspace: Workspace, author: Person, text: str) -> str:
    """Replace each `@name` and `#channel` with its reference: `<@U…>`, `<#C…|name>`.

    People and bots match by handle or display name. Channels match if the author can see them.
    Case doesn't matter. Other names stay as typed.
    https://docs.slack.dev/messaging/formatting-message-text
    """
    if "@" not in text and "#" not in text:
        return text
    references = _references(workspace, author)
    # The longest name first, so that "@Ana Silva" isn't read as "@Ana".
    names = "|".join(re.escape(name) for name in sorted(references, key=len, reverse=True))
    mention = re.compile(rf"(?<!\S)(?:{names})(?![\w.-]*\w)", re.IGNORECASE)
    return mention.sub(lambda match: references.get(match[0].lower(), match[0]), text)


def _references(workspace: Workspace, author: Person) -> dict[str, str]:
    """Map lower-case names to references. A handle wins over another person's display name."""
    people = workspace.people.values()
    channels = [c for c in workspace.channels_visible_to(author) if not c.is_im]
    return (
        {f"@{person.real_name.lower()}": f"<@{person.id}>" for person in people}
        | {f"@{person.name.lower()}": f"<@{person.id}>" for person in people}
        | {f"#{channel.name}": f"<#{channel.id}|{channel.name}>" for channel in channels}
    )
