"""Subjects of posts, as values and as texts in the database.

A post's board, kind, subject and edition identify it. The text is stored, and Slack's metadata of
the message holds it too, so the encoding must not change.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self

from storage.tables import PostKind

WEEK = re.compile(r"[0-9]+-W[0-9]{2}")
SEPARATOR = ":"  # Slack's ids, weeks and dates don't contain it.


class Subject(Protocol):
    """Subject of a post. Each kind of post has one of the classes below."""

    def encode(self) -> str:
        """Return the text that the database stores."""
        ...

    @classmethod
    def decode(cls, text: str) -> Self:
        """Return the subject that `encode` turned into this text."""
        ...


@dataclass(frozen=True)
class BoardSubject:
    """The board itself, which a post's row names anyway."""

    def encode(self) -> str:
        return ""

    @classmethod
    def decode(cls, _text: str) -> Self:
        return cls()


@dataclass(frozen=True)
class ProjectSubject:
    """A project, by its number on the board."""

    number: int

    def encode(self) -> str:
        return str(self.number)

    @classmethod
    def decode(cls, text: str) -> Self:
        return cls(int(text))


@dataclass(frozen=True)
class FireSubject:
    """A fire, by its id."""

    fire_id: int

    def encode(self) -> str:
        return str(self.fire_id)

    @classmethod
    def decode(cls, text: str) -> Self:
        return cls(int(text))


@dataclass(frozen=True)
class OldFireSubject:
    """A fire, and the person who declared it and is asked whether it still burns."""

    declared_by: str
    fire_id: int

    def encode(self) -> str:
        return f"{self.declared_by}:{self.fire_id}"

    @classmethod
    def decode(cls, text: str) -> Self:
        declared_by, fire_id = text.split(SEPARATOR)
        return cls(declared_by, int(fire_id))


@dataclass(frozen=True)
class DraftSubject:
    """A charter draft, by its id."""

    draft_id: int

    def encode(self) -> str:
        return str(self.draft_id)

    @classmethod
    def decode(cls, text: str) -> Self:
        return cls(int(text))


@dataclass(frozen=True)
class WeekSubject:
    """An ISO week such as 2026-W35. Encoded weeks sort by time."""

    week: str

    def encode(self) -> str:
        return self.week

    @classmethod
    def decode(cls, text: str) -> Self:
        if not WEEK.fullmatch(text):
            raise ValueError(f"{text!r} is not a week")
        return cls(text)


@dataclass(frozen=True)
class QuarterSubject:
    """A quarter, by its key: the ISO date of its first day. Encoded quarters sort by time."""

    key: str

    def encode(self) -> str:
        return self.key

    @classmethod
    def decode(cls, text: str) -> Self:
        date.fromisoformat(text)
        return cls(text)


@dataclass(frozen=True)
class ReminderSubject:
    """A person who owes scores, and the ISO week of the reminder."""

    person: str
    week: str

    def encode(self) -> str:
        return f"{self.person}{self.suffix(self.week)}"

    @classmethod
    def decode(cls, text: str) -> Self:
        person, week = text.split(SEPARATOR)
        return cls(person, week)

    @staticmethod
    def suffix(week: str) -> str:
        """Return how the texts of a week's reminders end."""
        return f"{SEPARATOR}{week}"


@dataclass(frozen=True)
class PaybackSubject:
    """A project, the days since it shipped, and the UTC date on which it shipped.

    The date gives a project that ships again new posts. It is None in posts of earlier versions.
    """

    number: int
    days: int
    shipped_on: date | None

    def encode(self) -> str:
        return _join(str(self.number), str(self.days), self.shipped_on)

    @classmethod
    def decode(cls, text: str) -> Self:
        number, days, *shipped_on = text.split(SEPARATOR)
        return cls(int(number), int(days), _date(shipped_on))


@dataclass(frozen=True)
class OutcomeSubject:
    """A person who scored a project, the project, and the UTC date on which it shipped.

    The date gives a project that ships again new posts. It is None in posts of earlier versions.
    """

    person: str
    number: int
    shipped_on: date | None

    def encode(self) -> str:
        return _join(self.person, str(self.number), self.shipped_on)

    @classmethod
    def decode(cls, text: str) -> Self:
        person, number, *shipped_on = text.split(SEPARATOR)
        return cls(person, int(number), _date(shipped_on))


@dataclass(frozen=True)
class UpdateSubject:
    """A project, and the ids of the history events of one user action."""

    number: int
    event_ids: tuple[int, ...]

    def encode(self) -> str:
        return SEPARATOR.join(map(str, (self.number, *self.event_ids)))

    @classmethod
    def decode(cls, text: str) -> Self:
        number, *event_ids = map(int, text.split(SEPARATOR))
        return cls(number, tuple(event_ids))


@dataclass(frozen=True)
class OwnerLeftSubject:
    """A steward, and the first history event of an owner's departure."""

    steward: str
    event_id: int

    def encode(self) -> str:
        return f"{self.steward}:{self.event_id}"

    @classmethod
    def decode(cls, text: str) -> Self:
        steward, event_id = text.split(SEPARATOR)
        return cls(steward, int(event_id))


@dataclass(frozen=True)
class RoadmapChangeSubject:
    """A submitted change of a roadmap, by the id of its first row."""

    change_id: int

    def encode(self) -> str:
        return str(self.change_id)

    @classmethod
    def decode(cls, text: str) -> Self:
        return cls(int(text))


PeriodSubject = WeekSubject | QuarterSubject

SHAPES: dict[PostKind, type[Subject]] = {
    PostKind.INTRODUCTION: BoardSubject,
    PostKind.CARD: ProjectSubject,
    PostKind.DIGEST: WeekSubject,
    PostKind.ROADMAP: QuarterSubject,
    PostKind.FIRE: FireSubject,
    PostKind.FIRE_OUT: FireSubject,
    PostKind.DRAFT: DraftSubject,
    PostKind.RETROSPECTIVE: QuarterSubject,
    PostKind.DISPUTE: ProjectSubject,
    PostKind.OLD_FIRE: OldFireSubject,
    PostKind.NUDGE: ReminderSubject,
    PostKind.OUTCOME: OutcomeSubject,
    PostKind.PAYBACK: PaybackSubject,
    PostKind.UPDATE: UpdateSubject,
    PostKind.ROADMAP_CHANGE: RoadmapChangeSubject,
    PostKind.ROADMAP_ANNOUNCEMENT: QuarterSubject,
    PostKind.OWNER_LEFT: OwnerLeftSubject,
}


def encode(kind: PostKind, subject: Subject) -> str:
    """Return the subject's text. Raise TypeError if posts of this kind have another shape."""
    if not isinstance(subject, SHAPES[kind]):
        raise TypeError(f"a {kind} is about a {SHAPES[kind].__name__}, not {subject!r}")
    return subject.encode()


def decode(kind: PostKind, text: str) -> Subject:
    """Return the subject of a stored post. Raise ValueError if the text is malformed."""
    return SHAPES[kind].decode(text)


def _join(first: str, second: str, shipped_on: date | None) -> str:
    date_parts = [] if shipped_on is None else [shipped_on.isoformat()]
    return SEPARATOR.join([first, second, *date_parts])


def _date(parts: list[str]) -> date | None:
    """Return the date that ends a text, or None if there is none."""
    if not parts:
        return None
    [text] = parts
    return date.fromisoformat(text)
