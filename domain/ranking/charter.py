"""Charter: the values, weights and thresholds by which a team ranks projects."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import count
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, field_validator

from domain.formatting import key_to_words
from domain.ranking.emoji import emoji_name

IMPACTS: dict[int, str] = {
    3: "moves the needle",
    2: "helps a lot",
    1: "helps",
    0: "no effect",
    -1: "hurts",
    -2: "hurts a lot",
    -3: "unacceptable",
}
MAX_IMPACT = max(IMPACTS)

Item = TypeVar("Item")

# This reaction backs a project, so it can't also be a value's emoji.
BACKING_NAME = "+1"

# A bool is not a number here, nor is "3". The upper bounds only keep sums finite.
Number = Annotated[float, Field(strict=True, le=1000)]

# Slack parses the sentences that contain a name, so it has no characters that format or link.
# The length is a limit of its own: a repetition such as {1,100} of Unicode's letters takes 10 MB.
NAME_PATTERN = r"^\p{L}[\p{L}\p{M}\p{N} '’/-]+$"
MAX_KEY_LENGTH = 30
# Subcommands of /fire. All other words after /fire name a value.
RESERVED_KEYS = frozenset({"out", "help"})


class EmojiTaken(ValueError):
    """An emoji that two values have, maybe under different names.

    Charters from before this check may have such values. Then a reaction counts for the value that
    has Slack's own name of the emoji, or else for the first of the two values.
    """


class Value(BaseModel):
    """A value of a charter. Its rubric describes an impact of +3.

    Scores are stored by the value's key, which never changes. To rename a value, set its name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    key: StrictStr = Field(pattern=r"^[a-z][a-z0-9_]{0,29}$")
    emoji: StrictStr = Field(max_length=100, pattern=r"^[^\s:<>&*~`]+$")
    weight: Number = Field(gt=0)
    number_one: StrictBool = False
    name: StrictStr | None = Field(default=None, min_length=2, max_length=30, pattern=NAME_PATTERN)
    rubric: StrictStr = Field(default="", max_length=500)

    @field_validator("emoji")
    @classmethod
    def _reject_backing_emoji(cls, emoji: str) -> str:
        if emoji_name(emoji) == BACKING_NAME:
            raise ValueError(f'"{emoji}" backs a project: choose another emoji')
        return emoji

    @property
    def label(self) -> str:
        return self.name or key_to_words(self.key).capitalize()

    @property
    def inline_name(self) -> str:
        """The name as it's written within a sentence."""
        return self.name or key_to_words(self.key)

    def has_emoji_of(self, other: "Value") -> bool:
        """Return whether both values have the same emoji, whatever their names for it."""
        return emoji_name(self.emoji) == emoji_name(other.emoji)

    @property
    def slug(self) -> str:
        """The name as one word that people can type: `time_to_ship`."""
        return self.name.lower().replace(" ", "_") if self.name else self.key


DEFAULT_VALUES = (
    Value(
        key="security",
        emoji="lock",
        weight=3,
        number_one=True,
        rubric=(
            "+3: closes an entry point that attackers could use today, or makes a kind of leak"
            " impossible."
        ),
    ),
    Value(
        key="availability",
        emoji="green_heart",
        weight=3,
        number_one=True,
        rubric="+3: a failure that takes customers down today would no longer affect them.",
    ),
    Value(
        key="performance",
        emoji="zap",
        weight=1,
        rubric="+3: customers feel it: a path that most of them use becomes twice as fast.",
    ),
    Value(
        key="scalability",
        emoji="chart_with_upwards_trend",
        weight=1,
        rubric="+3: removes the limit that we would reach first, with room for ten times the load.",
    ),
    Value(
        key="cost",
        emoji="moneybag",
        weight=1,
        rubric="+3: takes at least a tenth off the monthly bill, and it stays off.",
    ),
    Value(
        key="efficiency",
        emoji="gear",
        weight=1,
        rubric="+3: saves the team at least a day of manual work every week.",
    ),
)


class Charter(BaseModel):
    """The values and thresholds by which a team ranks projects."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    values: tuple[Value, ...] = Field(default=DEFAULT_VALUES, min_length=2, max_length=8)
    prior_people: Number = Field(default=2.0, ge=0)
    moves_at: Number = Field(default=0.5, gt=0)
    breadth_bonus: Number = Field(default=0.1, ge=0)
    backing_bonus: Number = Field(default=0.1, ge=0)
    quorum: StrictInt = Field(default=3, ge=1, le=1000)
    quick_impact: StrictInt = Field(default=1, ge=1, le=MAX_IMPACT)
    reveal_after_days: StrictInt = Field(default=14, ge=0, le=1000)  # 0: never

    @field_validator("values")
    @classmethod
    def _reject_duplicates(cls, values: tuple[Value, ...]) -> tuple[Value, ...]:
        for texts in (
            [value.key for value in values],
            [value.emoji for value in values],
            [value.label.casefold() for value in values],
        ):
            for index, text in enumerate(texts):
                if text in texts[:index]:
                    raise ValueError(f'"{text}" is repeated')
        return values

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(value.key for value in self.values)

    def by_key(self, items: Iterable[Item]) -> Iterator[tuple[str, Item]]:
        """Return pairs of each value's key and its item of `items`, which are in charter order.

        Raise ValueError if there isn't exactly one item for each value.
        """
        return zip(self.keys, items, strict=True)

    def needed_quorum(self, full_members: int | None) -> int:
        """Return how many people must score a project in a channel with so many full members.

        It is the quorum if their number is unknown.
        """
        return self.quorum if full_members is None else max(1, min(self.quorum, full_members))

    def value(self, key: str) -> Value | None:
        return next((value for value in self.values if value.key == key), None)

    def find_by_name(self, word: str) -> Value | None:
        """Return the value whose name or key is `word`, or None.

        Case, and whether spaces are typed as spaces or underscores, don't matter.
        """
        slug = _typed_slug(word)
        by_name = next((value for value in self.values if _typed_slug(value.slug) == slug), None)
        return by_name or self.value(slug)

    def inline_name(self, key: str) -> str:
        """Return a value's name for the middle of a sentence.

        Use its key's words if the charter doesn't have the value, or no longer has it.
        """
        value = self.value(key)
        return value.inline_name if value else key_to_words(key)

    def label(self, key: str) -> str:
        """Return a value's name for the start of a sentence, as `inline_name` finds it."""
        value = self.value(key)
        return value.label if value else key_to_words(key).capitalize()

    def with_value(self, value: Value) -> "Charter":
        """Return the charter with this value in place of the one with its key, or added at the end.

        Raise EmojiTaken if another value has its emoji. Like the next two methods, raise pydantic's
        ValidationError if the result isn't a valid charter.
        """
        if any(old.key != value.key and old.has_emoji_of(value) for old in self.values):
            raise EmojiTaken(value.emoji)
        if value.key not in self.keys:
            return self._replace(values=(*self.values, value))
        values = tuple(value if old.key == value.key else old for old in self.values)
        return self._replace(values=values)

    def without_value(self, key: str) -> "Charter":
        """Return the charter without a value.

        Its scores are kept, and count again if the value returns.
        """
        return self._replace(values=tuple(value for value in self.values if value.key != key))

    def with_settings(self, **numbers: float) -> "Charter":
        """Return the charter with other numbers to rank by."""
        return self._replace(**numbers)

    def _replace(self, **changed: object) -> "Charter":
        return Charter.model_validate(self.model_copy(update=changed).model_dump())


def _typed_slug(word: str) -> str:
    """Return a name as `Value.slug` has it, however someone typed its spaces and apostrophes."""
    return "_".join(word.lower().replace("’", "'").split())


def generate_key(name: str, taken: Collection[str]) -> str:
    """Make a key from a new value's name, such as `time_to_ship`.

    If the key is taken or reserved, make `time_to_ship_2`. All names in other scripts give `value`.
    `taken` must include the keys of retired values, because these values have scores.
    """
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", latin).lstrip("0123456789_")[: MAX_KEY_LENGTH - 3].rstrip("_")
    stem = stem or "value"
    numbered = (f"{stem}_{number}" for number in count(2))
    taken = RESERVED_KEYS.union(taken)
    return stem if stem not in taken else next(key for key in numbered if key not in taken)


DEFAULT_CHARTER = Charter()
