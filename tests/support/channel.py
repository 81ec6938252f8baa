"""A board in the database. Each method is a user action in its own transaction."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from domain.projects.lifecycle import Status
from domain.projects.proposal import Proposal
from domain.ranking.candidate import Candidate
from storage.boards import boards
from storage.boards.boards import Board
from storage.database import Database, Session
from storage.locks import STORE, OfChannel
from storage.people import people
from storage.posts import outbox
from storage.posts.outbox import Post, PostedContent
from storage.posts.subjects import ProjectSubject
from storage.projects import candidates, projects, scores, votes
from storage.projects.projects import Project
from storage.tables import AccountType, PostKind

NOW = datetime(2026, 8, 21, 12, 0, tzinfo=UTC)
PROPOSAL = Proposal(title="Rotate the keys", summary="Long-lived keys are never rotated.")


class Channel:
    """A board. The card of its first project has the ts `1.000001`, and so on."""

    def __init__(self, database: Database, channel_id: str = "C1", team_id: str = "T1") -> None:
        self.database = database
        self.team_id = team_id
        self.channel_id = channel_id
        with database.transaction(STORE) as session:
            boards.create(session, team_id, channel_id, None, NOW)

    @property
    def lock(self) -> OfChannel:
        """The lock of the board's writers."""
        return OfChannel(self.team_id, self.channel_id)

    @property
    def board(self) -> Board:
        with self.database.snapshot() as session:
            found = boards.find(session, self.team_id, self.channel_id)
        assert found is not None
        return found

    def project(self, number: int = 1) -> Project:
        with self.database.snapshot() as session:
            found = projects.find(session, self.board.id, number)
        assert found is not None
        return found

    def candidate(self, number: int = 1) -> Candidate:
        """Return a project as input of the ranking."""
        with self.database.snapshot() as session:
            [found] = candidates.of_projects(session, self.board, [self.project(number)])
        return found

    def adds_people(
        self,
        *members: str,
        kind: AccountType = AccountType.MEMBER,
        at: datetime = NOW,
        since: datetime | None = None,
    ) -> None:
        """Store the profiles of people, as Slack returned them for a lookup at `since`."""
        with self.database.transaction(STORE) as session:
            for person in members:
                people.save_profile(session, self.team_id, person, kind, None, at, since)

    def marks_changed(self, person: str, at: datetime) -> None:
        """Record that Slack reported a change to a person."""
        with self.database.transaction(STORE) as session:
            people.mark_changed(session, self.team_id, person, at)

    def proposes(self, origin: str, proposal: Proposal = PROPOSAL, at: datetime = NOW) -> int:
        with self.database.transaction(self.lock) as session:
            return self.propose_in(session, origin, proposal, at)

    def propose_in(
        self, session: Session, origin: str, proposal: Proposal, at: datetime = NOW
    ) -> int:
        """Propose a project in the caller's transaction."""
        return projects.propose(
            session, self.board.id, origin=origin, proposer="U1", proposal=proposal, now=at
        )

    def shows_card(self, number: int = 1, ts: str | None = None) -> Post:
        """Mark the project's newest card as posted, with the project's current revision."""
        with self.database.transaction(self.lock) as session:
            card = outbox.latest(session, self.board.id, PostKind.CARD, ProjectSubject(number))
            assert card is not None
            revision = self.project(number).revision
            if card.is_pending:
                mark_sent(session, card, ts or f"{number}.000001", shown_revision=revision)
            else:
                outbox.mark_redrawn(session, card, revision)
            outbox.set_permalink(session, card.id, f"https://slack.test/{number}")
            return card

    def reacts(
        self,
        person: str,
        emoji: str = "+1",
        *,
        at: str,
        present: bool = True,
        ts: str = "1.000001",
    ) -> bool:
        """Store a reaction or its removal. Return whether it changed anything."""
        event = self.reaction(person, emoji, at=at, present=present, ts=ts)
        with self.database.transaction(self.lock) as session:
            return bool(votes.save_reactions(session, [event]))

    def reaction(
        self,
        person: str,
        emoji: str = "+1",
        *,
        at: str,
        present: bool = True,
        ts: str = "1.000001",
    ) -> votes.ReactionEvent:
        """Return the event of a reaction or its removal."""
        return votes.ReactionEvent(
            self.team_id, self.channel_id, ts, person, emoji, present, event_ts=at
        )

    def scores(
        self,
        person: str,
        impacts: Mapping[str, int | None],
        *,
        number: int = 1,
        comment: str = "",
        at: datetime = NOW,
    ) -> None:
        project = self.project(number)
        with self.database.transaction(self.lock) as session:
            scores.save(session, project.id, person, impacts, comment=comment, now=at)

    def changes_status(
        self, number: int, status: Status, into: int | None = None, at: datetime = NOW
    ) -> None:
        with self.database.transaction(self.lock) as session:
            projects.set_status(
                session,
                self.project(number).id,
                status,
                by="U1",
                now=at,
                into=self.project(into).id if into else None,
            )

    def sets_people(self, number: float | None) -> None:
        """Set how many people work on projects."""
        board = self.board
        with self.database.transaction(self.lock) as session:
            boards.change_settings(
                session,
                board,
                cadence=board.cadence,
                people=number,
                weeks_away=board.weeks_away,
                stewards=board.stewards,
                quorum=board.charter.quorum,
                by="U1",
                now=NOW,
            )

    def stale_cards(self) -> list[str]:
        """Return the project numbers of cards that show an old revision."""
        with self.database.snapshot() as session:
            stale = outbox.stale(session)
        return [post.subject for post in stale if post.board_id == self.board.id]


def mark_sent(session: Session, post: Post, ts: str, at: datetime = NOW, **shows: Any) -> None:
    """Mark a post as sent to Slack with this ts."""
    taken = outbox.claim(session, post.id, at)
    assert taken is not None
    assert outbox.mark_attempt(session, taken, at, PostedContent(**shows))
    outbox.mark_posted(session, post.id, ts)
