"""Writes that follow from a ranking: computed without the lock, unless something changes."""

import itertools

import pytest

from bot.exceptions import Refusal
from bot.listeners.actor import Actor
from bot.listeners.roadmap.ranked_write import compute_and_write
from storage.database import Session
from storage.idempotency import DuplicateAction, Request
from storage.projects import projects
from tests.support.channel import NOW
from tests.support.listener_harness import HERE, TEAM, ListenerHarness

ACTOR = Actor(TEAM, "U1", HERE, "")


class Work:
    """Counts the open projects, while others propose some. Records what it wrote, and how."""

    def __init__(self, team: ListenerHarness, proposals_meanwhile: int) -> None:
        self._team = team
        self._meanwhile = proposals_meanwhile
        self._board_id = team.board.id
        self._origins = (f"V{number}" for number in itertools.count())
        self.computed = 0
        self.written: list[int] = []

    def run(self, key: str = "key") -> int:
        request = Request(self._team.database, key, NOW)
        return compute_and_write(request, ACTOR, HERE, NOW, self._compute, self._write)

    def _compute(self, session: Session) -> int:
        self.computed += 1
        count = projects.count_open(session, self._board_id)
        if self._meanwhile:
            self._meanwhile -= 1
            self._team.channel.proposes(next(self._origins))
        return count

    def _write(self, session: Session, count: int) -> int:
        assert count == projects.count_open(session, self._board_id)
        self.written.append(count)
        return count


def test_nothing_changes__is_computed_once(team: ListenerHarness) -> None:
    work = Work(team, proposals_meanwhile=0)
    assert (work.run(), work.computed, work.written) == (0, 1, [0])


@pytest.mark.parametrize("proposals", [1, 2])
def test_inputs_change_meanwhile__is_computed_again(team: ListenerHarness, proposals: int) -> None:
    work = Work(team, proposals)
    assert (work.run(), work.computed) == (proposals, proposals + 1)
    assert work.written == [proposals]


def test_copy_of_a_request__is_recognized_before_it_is_refused(team: ListenerHarness) -> None:
    Work(team, proposals_meanwhile=0).run()

    def refuse(_session: Session) -> int:
        raise Refusal("Someone committed it already.")

    request = Request(team.database, "key", NOW)
    with pytest.raises(DuplicateAction):
        compute_and_write(request, ACTOR, HERE, NOW, refuse, lambda _session, count: count)


def test_refusal__is_raised_and_nothing_is_written(team: ListenerHarness) -> None:
    def refuse(_session: Session) -> int:
        raise Refusal("Nothing is ranked.")

    request = Request(team.database, "key", NOW)
    with pytest.raises(Refusal, match="Nothing is ranked"):
        compute_and_write(request, ACTOR, HERE, NOW, refuse, lambda _session, count: count)
    assert not request.has_written
    assert Work(team, proposals_meanwhile=0).run() == 0
