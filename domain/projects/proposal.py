"""A project's proposal: the form's fields and their limits."""

from hashlib import sha256
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from domain.projects.links import check_link

MAX_WEEKS_WITHOUT_STEPS = 2.0
MAX_WEEKS_UNSPLIT = 6.0
MAX_LINK_LENGTH = 1000


class Proposal(BaseModel):
    """A project as proposed. Effort is in engineer-weeks; removed toil is in times per month."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="forbid")

    title: str = Field(min_length=3, max_length=150)
    summary: str = Field(min_length=10, max_length=2000)
    effort_weeks: float | None = Field(default=None, ge=0.5, le=26, allow_inf_nan=False)
    steps: tuple[str, ...] = Field(default=(), max_length=20)
    toil_source: str = Field(default="", max_length=100)
    toil_per_month: int | None = Field(default=None, ge=1, le=10_000)
    software_added: str = Field(default="", max_length=150)
    software_removed: str = Field(default="", max_length=150)
    link: Annotated[str, AfterValidator(check_link)] = Field(default="", max_length=MAX_LINK_LENGTH)

    @property
    def needs_steps(self) -> bool:
        """Whether the project is so big that it should have steps, but has none."""
        return (
            self.effort_weeks is not None
            and self.effort_weeks > MAX_WEEKS_WITHOUT_STEPS
            and not self.steps
        )

    @property
    def should_be_split(self) -> bool:
        """Whether the project is so long that it should be split into several that each ship."""
        return self.effort_weeks is not None and self.effort_weeks > MAX_WEEKS_UNSPLIT

    @property
    def fingerprint(self) -> str:
        """A hash by which a form notices that the proposal has changed since it was opened.

        A proposal without a link has the hash that versions without links gave it.
        """
        text = self.model_dump_json(exclude=None if self.link else {"link"})
        return sha256(text.encode()).hexdigest()[:16]
