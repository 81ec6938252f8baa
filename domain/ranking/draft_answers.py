"""Answers to a charter draft, derived from buttons and from ✅ and ✋ reactions.

A person's latest act counts. Slack doesn't tell when a reaction was added that was only found
later, after an outage. An answer from a button beats such reactions, and ✋ beats ✅.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from domain.ranking.emoji import emoji_name

AGREEING_EMOJI = "white_check_mark"
OBJECTING_EMOJI = "hand"
ANSWERS = {AGREEING_EMOJI: True, OBJECTING_EMOJI: False}


@dataclass(frozen=True)
class AnswerAct:
    """A button that a person pressed, or a reaction that is there now.

    `at` is in microseconds since 1970, or None if it isn't known. Buttons have a time.
    """

    person: str
    agrees: bool
    at: int | None
    is_button: bool = False


def answer_of(reaction: str) -> bool | None:
    """Return whether a reaction agrees, or None if it's no answer. Its skin tone doesn't matter."""
    return ANSWERS.get(emoji_name(reaction))


def current_answers(acts: Iterable[AnswerAct]) -> dict[str, bool]:
    """Return whether each person agrees, in the order of their answers.

    The order of the acts doesn't matter, and neither do repetitions.
    """
    by_person: dict[str, set[AnswerAct]] = defaultdict(set)
    for act in acts:
        by_person[act.person].add(act)
    deciding = [_deciding(by_person[person]) for person in by_person]
    return {act.person: act.agrees for act in sorted(deciding, key=_order)}


def _deciding(acts: set[AnswerAct]) -> AnswerAct:
    """Return the act that counts, of one person's."""
    timed = [act for act in acts if act.at is not None]
    latest = max(timed, key=_precedence, default=None)
    untimed = [act for act in acts if act.at is None]
    if latest is not None and (latest.is_button or not untimed):
        return latest
    return min([*untimed, *([latest] if latest else [])], key=lambda act: (act.agrees, _order(act)))


def _precedence(act: AnswerAct) -> tuple[int, bool, bool]:
    return act.at or 0, act.is_button, not act.agrees


def _order(act: AnswerAct) -> tuple[int, str]:
    return act.at or 0, act.person
