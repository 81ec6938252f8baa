"""Buttons on messages that this store posted, and on messages that it doesn't know."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.listeners.known_posts import UNKNOWN_POST
from bot.listeners.lookup import PROJECT_GONE
from bot.views.blocks.modal import project_of
from bot.views.modals import edit, score
from bot.views.posts import card, charter_draft, fire
from domain.ranking.charter import DEFAULT_CHARTER
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.identity import UNNAMED_STORE, PostIdentity
from storage.posts.outbox import CLOCK_SKEW, Post, PostedContent
from storage.posts.subjects import OldFireSubject
from storage.stores import random_id
from storage.tables import PostKind
from tests.support.channel import NOW
from tests.support.listener_harness import HERE, ListenerHarness
from tests.support.modal_input import submitted
from tests.support.user_actions import PROPOSAL, post_draft

CARD_TS = "1.000001"
DM = "D1"
UNKNOWN_PROJECT = f"{random_id()}-{random_id()}"


@pytest.fixture
def board(team: ListenerHarness) -> ListenerHarness:
    """Prepare a board with one project, whose card is posted."""
    team.channel.adds_people("U1", "U2")
    team.channel.proposes("first", PROPOSAL)
    team.channel.shows_card(1, CARD_TS)
    opened_forms(team)  # by other tests
    return team


def card_identity(team: ListenerHarness) -> PostIdentity:
    store_id = team.database.info.store_id
    return PostIdentity(store_id, team.board.id, PostKind.CARD, "1", edition=1)


def start_sending(team: ListenerHarness, post: Post) -> None:
    """Record at NOW that Slack may show the post. Its answer hasn't arrived yet."""
    with team.database.transaction(STORE) as session:
        claimed = outbox.claim(session, post.id, NOW)
        assert claimed is not None
        assert outbox.mark_attempt(session, claimed, NOW, PostedContent())


def ts_at(time: datetime) -> str:
    return f"{time.timestamp():.6f}"


def press(
    team: ListenerHarness,
    action_id: str,
    value: str,
    ts: str = CARD_TS,
    *,
    mark: str = "",
    channel: str = HERE,
) -> str:
    """Press a button of a message, as Slack describes it, and return the replies."""
    return team.presses(
        "U2", action_id, channel=channel, on_message=message_at(ts, mark, channel), value=value
    )


def message_at(ts: str, mark: str, channel: str) -> Mapping[str, Any]:
    container = {"type": "message", "message_ts": ts, "channel_id": channel}
    return {"container": container, "message": {"ts": ts, "blocks": [{"block_id": mark}]}}


def opened_forms(team: ListenerHarness) -> int:
    return len(team.new_requests("views.open"))


@pytest.mark.parametrize(
    "value",
    [lambda team: team.channel.project().permanent_id, lambda _team: "1"],
    ids=["permanent id", "number of earlier versions"],
)
def test_button_of_known_card__opens_its_form(
    board: ListenerHarness, value: Callable[[ListenerHarness], str]
) -> None:
    press(board, card.SCORE, value(board))
    assert opened_forms(board) == 1


def test_button_of_unknown_card__is_refused(board: ListenerHarness) -> None:
    """Another store, or this one before it was restored, gave #1 to another project."""
    assert press(board, card.SCORE, "1", ts="7.000001") == UNKNOWN_POST
    assert opened_forms(board) == 0


def test_permanent_id_of_another_store__is_refused(board: ListenerHarness) -> None:
    assert press(board, card.SCORE, UNKNOWN_PROJECT) == PROJECT_GONE


@pytest.mark.parametrize(
    ("change", "is_accepted"),
    [
        ({}, True),
        ({"store_id": UNNAMED_STORE}, True),
        ({"store_id": random_id()}, False),
        ({"subject": "2"}, False),
        ({"edition": 2}, False),
        ({"board_id": 2}, False),
    ],
    ids=["this store", "earlier version", "another store", "subject", "edition", "board"],
)
def test_card_whose_answer_is_late__is_known_by_its_mark(
    team: ListenerHarness,
    change: dict[str, Any],
    is_accepted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    team.channel.adds_people("U2")
    team.channel.proposes("first", PROPOSAL)
    with team.database.snapshot() as session:
        [post] = [each for each in outbox.pending(session) if each.kind is PostKind.CARD]
    start_sending(team, post)
    mark = replace(card_identity(team), **change).mark
    reply = press(team, card.SCORE, team.channel.project().permanent_id, ts_at(NOW), mark=mark)
    assert (reply != UNKNOWN_POST) == is_accepted


def test_mark_of_a_card_that_was_never_sent__is_unknown(team: ListenerHarness) -> None:
    team.channel.adds_people("U2")
    team.channel.proposes("first", PROPOSAL)
    mark = card_identity(team).mark
    assert press(team, card.SCORE, "1", ts_at(NOW), mark=mark) == UNKNOWN_POST


def test_second_message_of_a_posted_card__is_unknown(board: ListenerHarness) -> None:
    mark = card_identity(board).mark
    assert press(board, card.SCORE, "1", ts="7.000001", mark=mark) == UNKNOWN_POST


def test_other_buttons_of_unknown_messages__change_nothing(board: ListenerHarness) -> None:
    post_draft(board)
    board.types("U1", "/fire cost the bill")
    before = board.dump_facts()
    for action_id in (charter_draft.AGREE, charter_draft.NOT_YET):
        assert press(board, action_id, "1", ts="7.000001") == UNKNOWN_POST
    assert press(board, fire.OUT, f"{HERE}:1", ts="7.000001") == UNKNOWN_POST
    assert board.dump_facts() == before


@pytest.fixture
def old_fire(board: ListenerHarness) -> PostIdentity:
    """The DM about a fire that is sent at NOW."""
    board.types("U2", "/fire cost the bill")
    [burning] = board.burning
    subject = OldFireSubject("U2", burning.id)
    with board.database.transaction(STORE) as session:
        board_id = board.board.id
        outbox.enqueue(session, board_id, PostKind.OLD_FIRE, subject, recipient="U2")
        post = outbox.latest(session, board_id, PostKind.OLD_FIRE, subject)
        assert post is not None
    start_sending(board, post)
    return PostIdentity.of(post, board.database.info.store_id)


def test_button_of_direct_message__is_known_by_its_mark(
    board: ListenerHarness, old_fire: PostIdentity
) -> None:
    value = f"{HERE}:{board.burning[0].id}"
    mark_of_another_store = replace(old_fire, store_id=random_id()).mark
    ts = ts_at(NOW)
    reply = press(board, fire.OUT, value, ts, mark=mark_of_another_store, channel=DM)
    assert reply == UNKNOWN_POST
    assert board.burning
    press(board, fire.OUT, value, ts, mark=old_fire.mark, channel=DM)
    assert not board.burning


def test_direct_message_before_a_restore__is_unknown(
    board: ListenerHarness, old_fire: PostIdentity
) -> None:
    """The fire that it was about is lost, and another fire has its id."""
    value = f"{HERE}:{board.burning[0].id}"
    ts = ts_at(NOW - CLOCK_SKEW - timedelta(seconds=1))
    assert press(board, fire.OUT, value, ts, mark=old_fire.mark, channel=DM) == UNKNOWN_POST
    assert board.burning


def test_direct_message_of_earlier_version__works(board: ListenerHarness) -> None:
    board.types("U2", "/fire cost the bill")
    press(board, fire.OUT, f"{HERE}:{board.burning[0].id}", "8.1", channel=DM)
    assert not board.burning


def test_ephemeral_answer__is_no_post(board: ListenerHarness) -> None:
    message = message_at("9.1", "", HERE)
    message["container"]["is_ephemeral"] = True
    board.presses("U2", card.SCORE, on_message=message, value="1")
    assert opened_forms(board) == 1


def test_form_of_another_stores_project__saves_nothing(board: ListenerHarness) -> None:
    before = board.dump_facts()
    for form in (
        edit.form(HERE, 1, PROPOSAL, permanent_id=UNKNOWN_PROJECT),
        score.form(
            score.ScoreForm(
                HERE, 1, "U1", PROPOSAL, None, "", {}, {}, 3, 1, 0, permanent_id=UNKNOWN_PROJECT
            ),
            DEFAULT_CHARTER,
        ),
    ):
        assert PROJECT_GONE in board.submits("U1", submitted(form))
    assert board.dump_facts() == before


def test_opened_form__names_its_project(board: ListenerHarness) -> None:
    project = board.channel.project()
    for entry in (card.EDIT, card.MOVE):
        value = f"{entry}:{project.permanent_id}"
        board.presses("U1", card.MORE, selected_option={"value": value})
        [asked] = board.new_requests("views.open")
        assert project_of(asked["view"]) == project.permanent_id
