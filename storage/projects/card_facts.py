"""Facts about a project in its card's metadata, which a restored store can read back.

The card and its menu show these facts to everyone in the channel. Scores and comments aren't among
them, because they are hidden until the quorum.
"""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from storage.projects.projects import Project


class CardFacts(BaseModel):
    """A project as its card shows it. Facts that a person changed later are newer.

    Two stores that go back to the same backup count revisions separately, and each vote counts, so
    revisions don't tell which facts are newer.
    """

    model_config = ConfigDict(frozen=True)

    permanent_id: str
    changed_at: datetime
    origin: str
    proposer: str
    proposed_at: datetime
    proposal: Proposal
    owner: str | None = None
    steps_done: tuple[str, ...] = ()
    status: Status = Status.OPEN
    status_reason: str = ""
    status_by: str | None = None
    status_at: datetime | None = None
    handed_to: str = ""
    merged_into: str = ""  # a permanent id

    @classmethod
    def of(cls, project: Project, merged_into: str) -> Self:
        """Return what the card of a project says. `merged_into` is a permanent id, or ""."""
        own = project.model_dump(include=set(cls.model_fields) - {"merged_into"})
        return cls(**own, merged_into=merged_into)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the facts in a card's metadata, or None if there are none."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            return None

    def encode(self) -> str:
        """Return the text for the metadata."""
        return self.model_dump_json(exclude_defaults=True)

    def say_the_same_as(self, project: Project) -> bool:
        """Return whether the project's row has the same facts, apart from a merge."""
        names = set(type(self).model_fields) - {"changed_at", "merged_into"}
        return self.model_dump(include=names) == project.model_dump(include=names)
