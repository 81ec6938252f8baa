"""URLs in texts, and the references that Slack stores for them."""

import re

# A character of a URL. The only entity that a URL can contain is an ampersand.
CHARACTER = r"(?:&amp;|(?!&(?:amp|lt|gt);)[^\s<>|\"`])"
# References such as <@U1> or <https://…|label> don't change. Punctuation that ends a sentence isn't
# part of a URL.
URL = re.compile(rf"<[^<>]*>|(https?://{CHARACTER}*(?![.,;:!?)\]*_~']){CHARACTER})")


def link_urls(text: str) -> str:
    """Return mrkdwn with each URL as a reference: `<https://example.com>`.

    Slack also links host names such as `example.com`. The sandbox doesn't.
    https://docs.slack.dev/messaging/formatting-message-text
    """
    if "://" not in text:
        return text
    return URL.sub(lambda match: f"<{match[1]}>" if match[1] else match[0], text)
