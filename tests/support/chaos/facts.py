"""Invariants at the end of a story: each fact is stored once, and each post is in Slack once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from slack_sandbox.client.client import SandboxClient
from storage.database import Database
from storage.posts import outbox
from storage.posts.outbox import Post
from storage.tables import (
    BoardRow,
    FireRow,
    PostKind,
    PostRow,
    PostState,
    ProjectRow,
    ReactionRow,
    ScoreRow,
)
from tests.support.chaos.story import TITLES

PostIdentity = tuple[str, str, int]  # a post's kind, subject and edition


@dataclass(frozen=True)
class Facts:
    """The stored facts, with people's handles."""

    boards: int
    projects: list[tuple[int, str, str]]
    votes: set[tuple[int, str, str]]  # those that stand
    scores: set[tuple[int, str, str, int]]
    fires: list[tuple[str, str, str | None]]


EXPECTED_FACTS = Facts(
    boards=1,
    projects=[
        (number, title, who)
        for number, title, who in zip((1, 2, 3), TITLES, ("ana", "ben", "chloe"), strict=True)
    ],
    votes={
        (1, "ben", "+1"),
        (1, "eli", "+1::skin-tone-3"),
        (2, "chloe", "lock"),
        (3, "gus", "moneybag"),
    },
    scores={(1, "mia", "availability", 3), (1, "ana", "availability", 3)}
    | {(1, "ben", "availability", -3)},
    fires=[("cost", "fatima", "fatima")],
)


def facts(database: Database, slack: SandboxClient) -> Facts:
    names = {each["id"]: each["name"] for each in slack.workspace()["people"]}
    with database.snapshot() as session:
        numbers = {row.id: row.number for row in session.exec(select(ProjectRow)).all()}
        on = {row.ts: numbers[row.project_id] for row in _cards(session)}
        return Facts(
            boards=len(session.exec(select(BoardRow)).all()),
            projects=[
                (row.number, row.proposal["title"], names[row.proposer])
                for row in session.exec(select(ProjectRow).order_by("number")).all()
            ],
            votes={
                (on[row.message_ts], names[row.person], row.emoji)
                for row in session.exec(select(ReactionRow)).all()
                if row.present
            },
            scores={
                (numbers[row.project_id], names[row.person], value, impact)
                for row in session.exec(select(ScoreRow)).all()
                for value, impact in row.impacts.items()
                if impact
            },
            fires=[
                (row.value, names[row.declared_by], row.cleared_by and names[row.cleared_by])
                for row in session.exec(select(FireRow).order_by("id")).all()
            ],
        )


def _cards(session: Session) -> list[PostRow]:
    return [row for row in session.exec(select(PostRow)).all() if row.project_id and row.ts]


def is_settled(database: Database, now: datetime) -> bool:
    """Return whether nothing is left to post or redraw now."""
    with database.snapshot() as session:
        due = [post for post in outbox.pending(session) if not _is_early(post, now)]
        return not (due or outbox.stale(session))


def _is_early(post: Post, now: datetime) -> bool:
    """Return whether the post's period hasn't begun: a clock that was ahead queued it."""
    match post.kind:
        case PostKind.DIGEST:
            return post.subject > f"{now:%G-W%V}"
        case PostKind.ROADMAP | PostKind.RETROSPECTIVE:
            return post.subject > f"{now:%Y-%m-%d}"
    return False


def posted(database: Database) -> Counter[PostIdentity]:
    """Return the channel's posts according to the database."""
    with database.snapshot() as session:
        rows = session.exec(select(PostRow)).all()
    return Counter(
        (str(row.kind), row.subject, row.edition)
        for row in rows
        if row.state == PostState.POSTED and row.person is None
    )


def shown(slack: SandboxClient) -> Counter[PostIdentity]:
    """Return the channel's posts according to Slack, including threads."""
    return Counter(
        (said["kind"], said["subject"], said["edition"])
        for said in (message["metadata"]["event_payload"] for message in _ours(slack))
    )


def _ours(slack: SandboxClient) -> Iterator[dict[str, Any]]:
    screen = slack.person("mia").screen()
    [ops] = [each["id"] for each in screen["channels"] if each["name"] == "ops"]
    for message in screen["messages"][ops]:
        if message["user"] == slack.app_user_id and message.get("metadata"):
            yield message
