"""Random delivery: events arrive late, twice, out of order and on any connection."""

import contextlib

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
from tests.support.chaos.board import LiveBoard
from tests.support.chaos.model import EMOJI
from tests.support.chaos.parameters import TortureParameters

pytestmark = [
    # The SDK doesn't close the socket of a lost connection.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # The SDK's threads use `random` too, and Hypothesis takes that for the test's.
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
MOST_DELETED = 3
MOST_LOST = 1
STEPS = 250  # steps on one board
A_FEW, MANY = 2_000, 20_000
PARTS = 4  # run at the same time, because each mostly waits


class Delivery(RuleBasedStateMachine):
    """Random steps on one board. A fault rule applies to the next delivery."""

    bots = 1
    is_dropped = False

    def __init__(self) -> None:
        super().__init__()
        self.deleted = self.lost = 0
        self.board = LiveBoard(self.bots)

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
        twice=st.booleans(),
        late=st.sampled_from((0.0, 0.02, 0.3)),
        swapped=st.booleans(),
        times=st.integers(1, 3),
    )
    def events_go_astray(self, *, twice: bool, late: float, swapped: bool, times: int) -> None:
        with contextlib.suppress(ActionFailed):  # no fault can be injected
            self.board.slack.inject_delivery_fault(
                type="events_api", duplicate=twice, delay=late, reorder=swapped, times=times
            )

    @rule(late=st.sampled_from((0.0, 0.1)))
    def a_submission_comes_twice(self, *, late: float) -> None:
        self.board.slack.inject_delivery_fault(
            type="interactive", duplicate=True, delay=late, times=2
        )

    @precondition(lambda self: self.lost < MOST_LOST)
    @rule(how=st.sampled_from(("close", "refresh")))
    def loses_its_connections(self, how: str) -> None:
        """Lose the connections. Rare, because the SDK takes up to ten seconds to notice it."""
        self.lost += 1
        self.board.loses_connections(how if self.is_dropped else "refresh")

    @precondition(lambda self: self.deleted < MOST_DELETED)
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
    is_dropped = True


def run(machine: type[Delivery], steps: int, by: int) -> None:
    lives = settings(
        max_examples=steps // STEPS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(seed(by)(machine), settings=lives)


def test_random_steps_with_one_bot__invariants_hold() -> None:
    run(Delivery, A_FEW, by=1)


@pytest.mark.parametrize("part", range(PARTS))
def test_random_steps_with_two_bots__invariants_hold(terms: TortureParameters, part: int) -> None:
    run(DeliveryToTwo, MANY // PARTS, by=terms.seed + part)
