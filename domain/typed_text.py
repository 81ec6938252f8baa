"""Text that people type: phones and keyboards put straight, curly or angle quotes around words."""

import re

from domain.formatting import collapse_whitespace

QUOTES = "\"'“”„‟‘’‚‛«»"
# A quote inside a word, as in `team's`, ends nothing.
LEADING_QUOTATION = re.compile(
    rf"[{QUOTES}](?P<quoted>[^\n]*?)[{QUOTES}][:,]?(?!\S)\s*(?P<rest>.*)", re.DOTALL
)


def split_first(text: str) -> tuple[str, str]:
    """Split text into its first word, or the words that its leading quotes enclose, and the rest.

    A colon or comma may follow: `“time to ship”: builds fail` and `security: tokens leak`.
    """
    text = text.strip()
    match = LEADING_QUOTATION.match(text)
    if match and match["quoted"].strip():
        return collapse_whitespace(match["quoted"]), match["rest"].rstrip()
    # Any whitespace may follow the first word: people paste texts from elsewhere.
    word, rest = [*text.split(maxsplit=1), "", ""][:2]
    return word.strip(QUOTES + ":,"), rest
