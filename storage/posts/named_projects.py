"""Shipped projects that digests named: each project stores which digest named its last shipping."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from domain.projects.lifecycle import Status
from storage.tables import PostKind, PostRow, PostState, ProjectRow
from storage.value_lists import is_listed


def shipping_key(shipped_at: datetime | None) -> str:
    """Return the UTC time of a shipping, which identifies it. Return "" if it isn't stored."""
    return shipped_at.astimezone(UTC).isoformat() if shipped_at else ""


@dataclass(frozen=True)
class PostedDigest:
    """What a posted digest named. `shippings` is None in digests of earlier versions."""

    week: str
    numbers: Sequence[int] | None
    shippings: Mapping[str, str] | None
    sent_at: datetime | None

    def names(self, project: ProjectRow) -> bool:
        """Return whether the digest names the project's last shipping.

        A digest without shippings names what shipped before it was sent.
        """
        if self.shippings is not None:
            return self.shippings.get(f"{project.number}") == shipping_key(project.status_at)
        if project.number not in (self.numbers or ()) or self.sent_at is None:
            return False
        return project.status_at is None or self.sent_at >= project.status_at


def refresh_digest_weeks(session: Session, board_id: int, numbers: Collection[int]) -> None:
    """Store for each of these projects which posted digest was the first to name its shipping.

    Call this whenever a digest that names them becomes posted or is deleted, and when the time of a
    shipping comes from elsewhere. It reads all digests of the board, so that a new digest doesn't
    have to.
    """
    if not numbers:
        return
    shipped = session.exec(
        select(ProjectRow).where(
            ProjectRow.board_id == board_id,
            is_listed(col(ProjectRow.number), numbers),
            ProjectRow.status == Status.SHIPPED,
        )
    ).all()
    if not shipped:
        return
    posted = session.exec(
        select(PostRow.subject, PostRow.shipped, PostRow.shippings, PostRow.taken_at)
        .where(
            PostRow.board_id == board_id,
            PostRow.kind == PostKind.DIGEST,
            PostRow.state == PostState.POSTED,
        )
        .order_by(col(PostRow.subject))
    ).all()
    digests = [PostedDigest(*columns) for columns in posted]
    for project in shipped:
        naming = (digest.week for digest in digests if digest.names(project))
        project.digest_week = next(naming, None)
        session.add(project)
    session.flush()
