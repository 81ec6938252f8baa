"""The values that a team has agreed on, and the scale on which it scores projects by them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, field_validator

IMPACTS: dict[int, str] = {
    3: "moves the needle",
    2: "helps a lot",
    1: "helps",
    0: "no effect",
    -1: "hurts",
    -2: "hurts a lot",
    -3: "unacceptable",
}
MOST_IMPACT = max(IMPACTS)

# A reaction with one of these backs a project, so it cannot also stand for a value.
BACKING_EMOJI = frozenset({"+1", "thumbsup"})

# A bool is not a number here, nor is "3". The upper bounds only keep sums finite.
Number = Annotated[float, Field(strict=True, le=1000)]


class Value(BaseModel):
    """One of the values. Its rubric says what an impact of +3 looks like."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    key: StrictStr = Field(pattern=r"^[a-z][a-z0-9_]{0,29}$")
    emoji: StrictStr = Field(pattern=r"^[^\s:<>&*~`]{1,100}$")
    weight: Number = Field(gt=0)
    number_one: StrictBool = False
    rubric: StrictStr = Field(default="", max_length=500)

    @field_validator("emoji")
    @classmethod
    def _is_free(cls, emoji: str) -> str:
        if emoji in BACKING_EMOJI:
            raise ValueError(f'"{emoji}" backs a project: choose another emoji')
        return emoji

    @property
    def label(self) -> str:
        return self.key.replace("_", " ").capitalize()


DEFAULT_VALUES = (
    Value(
        key="security",
        emoji="lock",
        weight=3,
        number_one=True,
        rubric="+3: closes a way in that an attacker could use today, or ends a kind of leak.",
    ),
    Value(
        key="availability",
        emoji="green_heart",
        weight=3,
        number_one=True,
        rubric="+3: a failure that takes customers down today would pass without anyone noticing.",
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
        rubric="+3: gives the team back a day or more every week that now goes into work by hand.",
    ),
)


class Charter(BaseModel):
    """The values and the few numbers by which they rank projects."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    values: tuple[Value, ...] = Field(default=DEFAULT_VALUES, min_length=2, max_length=8)
    prior_people: Number = Field(default=2.0, ge=0)
    moves_at: Number = Field(default=0.5, gt=0)
    breadth_bonus: Number = Field(default=0.1, ge=0)
    quorum: StrictInt = Field(default=3, ge=1, le=1000)
    quick_impact: StrictInt = Field(default=1, ge=1, le=MOST_IMPACT)

    @field_validator("values")
    @classmethod
    def _are_distinct(cls, values: tuple[Value, ...]) -> tuple[Value, ...]:
        for texts in ([value.key for value in values], [value.emoji for value in values]):
            for place, text in enumerate(texts):
                if text in texts[:place]:
                    raise ValueError(f'"{text}" is there twice')
        return values

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(value.key for value in self.values)


DEFAULT_CHARTER = Charter()
