"""Random delivery: events arrive late, twice, out of order and on any connection.

Meanwhile, calls to Slack hang, and wall clocks step.
"""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from slack_sandbox.client.client import ActionFailed
from tests.support.bot_process import sqlite_address
from tests.support.chaos.board import LiveBoard, NewDatabase
from tests.support.chaos.faults import HANG_SECONDS, STEPS, TRICKLE_SECONDS
from tests.support.chaos.model import EMOJI
from tests.support.chaos.parameters import TortureParameters

pytestmark = [
    # The SDK doesn't close the socket of a lost connection.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # The SDK's threads use `random`, and Hypothesis blames the test for that.
    pytest.mark.filterwarnings("ignore:Do not use the .random. module inside strategies"),
]

TITLES = (
    "Retire the last NAT box",
    "Rotate every long-lived key",
    "Right-size the workers",
    "Alert on symptoms alone",
)
PROPOSERS = ("mia", "ana")
CHANGING = ("ben", "chloe", "dev")  # become guests, and members again
VOTERS = (*PROPOSERS, *CHANGING, "gia")
MAX_DELETED_CARDS = 3
MAX_LOST_CONNECTIONS = 1
IN_CHANNEL = (
    "chat.postMessage",
    "chat.update",
    "conversations.history",
    "conversations.members",
    "reactions.get",
)
ELSEWHERE = ("users.info", "views.open")
STEPS_PER_BOARD = 250
STEPS_WITH_ONE_BOT = 2_000
PARTS = 4  # run in parallel, because each part mostly waits


class Delivery(RuleBasedStateMachine):
    """Random steps on one board. A fault rule applies to the next delivery."""

    bots = 1
    hangs = 1  # on each board, because each takes seconds
    is_dropped = False
    new_database: NewDatabase = staticmethod(sqlite_address)

    def __init__(self) -> None:
        super().__init__()
        self.deleted = self.lost = self.hung = 0
        self.board = LiveBoard(self.bots, self.new_database)

    @initialize()
    def begins(self) -> None:
        self.board.proposes("ana", TITLES[0])

    @property
    def _numbers(self) -> range:
        return range(1, len(self.board.model.titles) + 1)

    @precondition(lambda self: len(self.board.model.titles) < len(TITLES))
    @rule(who=st.sampled_from(PROPOSERS))
    def proposes(self, who: str) -> None:
        self.board.proposes(who, TITLES[len(self.board.model.titles)])

    @rule(data=st.data(), who=st.sampled_from(VOTERS), emoji=st.sampled_from(EMOJI))
    def reacts(self, data: st.DataObject, who: str, emoji: str) -> None:
        self.board.toggles(who, emoji, data.draw(st.sampled_from(self._numbers)))

    @rule(
        data=st.data(),
        who=st.sampled_from(VOTERS),
        emoji=st.sampled_from(EMOJI),
        times=st.integers(2, 4),
    )
    def dithers(self, data: st.DataObject, who: str, emoji: str, times: int) -> None:
        number = data.draw(st.sampled_from(self._numbers))
        for _ in range(times):
            self.board.toggles(who, emoji, number)

    @rule(data=st.data(), who=st.sampled_from(PROPOSERS), impact=st.integers(-3, 3))
    def scores(self, data: st.DataObject, who: str, impact: int) -> None:
        self.board.scores(who, data.draw(st.sampled_from(self._numbers)), impact)

    @rule(who=st.sampled_from(CHANGING), member=st.booleans())
    def becomes(self, who: str, *, member: bool) -> None:
        self.board.makes(who, member=member)

    @rule(
        duplicate=st.booleans(),
        delay=st.sampled_from((0.0, 0.02, 0.3)),
        reorder=st.booleans(),
        times=st.integers(1, 3),
    )
    def delivers_events_wrongly(
        self, *, duplicate: bool, delay: float, reorder: bool, times: int
    ) -> None:
        with contextlib.suppress(ActionFailed):  # no fault can be injected
            self.board.slack.inject_delivery_fault(
                type="events_api", duplicate=duplicate, delay=delay, reorder=reorder, times=times
            )

    @rule(delay=st.sampled_from((0.0, 0.1)))
    def delivers_a_submission_twice(self, *, delay: float) -> None:
        self.board.slack.inject_delivery_fault(
            type="interactive", duplicate=True, delay=delay, times=2
        )

    @precondition(lambda self: self.lost < MAX_LOST_CONNECTIONS)
    @rule(how=st.sampled_from(("close", "refresh")))
    def loses_its_connections(self, how: str) -> None:
        """Lose the connections. Rare, because the SDK takes up to ten seconds to notice it."""
        self.lost += 1
        self.board.loses_connections(how if self.is_dropped else "refresh")

    @precondition(lambda self: self.hung < self.hangs)
    @rule(
        method=st.sampled_from((*IN_CHANNEL, *ELSEWHERE)),
        trickles=st.booleans(),
        after_processing=st.booleans(),
        times=st.integers(1, 2),
    )
    def a_method_hangs(
        self, method: str, *, trickles: bool, after_processing: bool, times: int
    ) -> None:
        """Let the next calls hang. Rare, because each waits until it times out."""
        self.hung += 1
        self.board.slack.inject_fault(
            method,
            channel=self.board.channel if method in IN_CHANNEL else "",
            delay=0 if trickles else HANG_SECONDS,
            trickle=TRICKLE_SECONDS if trickles else 0,
            after_processing=after_processing,
            times=times,
        )

    @rule(data=st.data(), by=st.sampled_from(STEPS))
    def a_clock_steps(self, data: st.DataObject, by: timedelta) -> None:
        """Set the clock of one host. It is right again before the board settles."""
        data.draw(st.sampled_from(self.board.hosts)).step(by)

    @precondition(lambda self: self.deleted < MAX_DELETED_CARDS)
    @rule(data=st.data())
    def loses_a_card(self, data: st.DataObject) -> None:
        self.deleted += 1
        self.board.deletes(data.draw(st.sampled_from(self._numbers)))

    @rule()
    def settles(self) -> None:
        self.board.settles()

    def teardown(self) -> None:
        try:
            self.board.settles()
        finally:
            self.board.close()


class DeliveryToTwo(Delivery):
    """Two bots on one store. Slack sends each envelope to one of them."""

    bots = 2
    hangs = 4
    is_dropped = True


def run(machine: type[Delivery], new_database: NewDatabase, steps: int, first_seed: int) -> None:
    on_database = type(machine.__name__, (machine,), {"new_database": staticmethod(new_database)})
    hypothesis_settings = settings(
        max_examples=steps // STEPS_PER_BOARD,
        stateful_step_count=STEPS_PER_BOARD,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(seed(first_seed)(on_database), settings=hypothesis_settings)


# In parts, so that the cores share the longest test of `make test`.
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("new_database", ["sqlite", "postgresql"], indirect=True)
def test_random_steps_with_one_bot__invariants_hold(new_database: NewDatabase, part: int) -> None:
    run(Delivery, new_database, STEPS_WITH_ONE_BOT // PARTS, first_seed=1 + part)


@pytest.mark.torture
@pytest.mark.parametrize(
    ("new_database", "part"),
    [(("sqlite", "postgresql")[part % 2], part) for part in range(PARTS)],
    indirect=["new_database"],
)
def test_random_steps_with_two_bots__invariants_hold(
    torture_parameters: TortureParameters, new_database: NewDatabase, part: int
) -> None:
    steps = torture_parameters.steps // PARTS
    run(DeliveryToTwo, new_database, steps, first_seed=torture_parameters.seed + part)
