"""Boards in whose channel another store posted, and channels to which Slack gave another id."""

import pytest

from bot.views.posts import card
from storage.boards import boards
from storage.locks import STORE
from storage.posts import outbox
from storage.posts.identity import UNNAMED_STORE
from storage.tables import PostKind
from tests.support.channel import Channel
from tests.support.listener_harness import HERE, TEAM, ListenerHarness
from tests.support.user_actions import a_proposal, a_score

NEW_ID = "C0NEW00000"
COMMANDS = ("/roadmap", "/roadmap list", "/propose Retire it", "/fire cost", "/toil page db 5m")
PAUSED = "I paused this board, because another Needle database posted in this channel."


@pytest.fixture
def paused(team: ListenerHarness) -> ListenerHarness:
    team.channel.adds_people("U1")
    team.channel.proposes("V1")
    with team.database.transaction(STORE) as session:
        boards.mark_conflict(session, team.board.id, UNNAMED_STORE)
    return team


@pytest.mark.parametrize("text", COMMANDS)
def test_command_on_paused_board__gets_one_line(paused: ListenerHarness, text: str) -> None:
    before = paused.dump_facts()
    notice, *typed = paused.types("U1", text).splitlines()
    assert notice.startswith(PAUSED)
    assert f"`needle adopt {HERE}`" in notice
    assert typed in ([], [f"You typed: {text}"])
    assert paused.dump_facts() == before


def test_button_on_paused_board__gets_the_same_line(paused: ListenerHarness) -> None:
    """The other store's cards aren't known here."""
    container = {"type": "message", "message_ts": "7.000001", "channel_id": HERE}
    reply = paused.presses("U1", card.SCORE, on_message={"container": container}, value="1")
    assert reply.startswith(PAUSED)


def test_forms_of_paused_board__save_nothing(paused: ListenerHarness) -> None:
    before = paused.dump_facts()
    for form in (a_proposal(), a_score()):
        assert PAUSED in paused.submits_new("U1", form)
    assert paused.dump_facts() == before


def test_reaction_on_paused_board__is_stored(paused: ListenerHarness) -> None:
    assert paused.reacts("U1", "+1", ts="1.000001")
    assert 'INSERT INTO "reaction"' in "\n".join(paused.dump())


def change_id(team: ListenerHarness, event_id: str = "Ev9") -> None:
    event = {
        "type": "channel_id_changed",
        "old_channel_id": HERE,
        "new_channel_id": NEW_ID,
        "user": "",
    }
    team.receives(event, event_id)


def test_channel_gets_a_new_id__the_board_follows(team: ListenerHarness) -> None:
    team.channel.proposes("V1")
    team.channel.shows_card()
    old = team.board
    change_id(team)
    change_id(team, "Ev10")  # replayed
    with team.database.snapshot() as session:
        [board] = boards.list_all(session)
        [card_post] = outbox.without_permalink(session)
    assert (board.id, board.channel_id, board.name) == (old.id, NEW_ID, None)
    assert card_post.subject == "1", "its permalink names the old id"


def test_new_id_is_a_board_already__it_is_replaced(team: ListenerHarness) -> None:
    """Backfill may list the channel before the event comes."""
    team.channel.proposes("V1")
    old = team.board
    Channel(team.database, NEW_ID, TEAM)
    change_id(team)
    with team.database.snapshot() as session:
        [board] = boards.list_all(session)
        introductions = [
            post for post in outbox.pending(session) if post.kind is PostKind.INTRODUCTION
        ]
    assert (board.id, board.channel_id) == (old.id, NEW_ID)
    assert [post.board_id for post in introductions] == [old.id]


@pytest.mark.parametrize("use", ["proposes", "/fire cost the bill", "/toil page db 5m"])
def test_new_id_is_in_use__both_boards_stay(team: ListenerHarness, use: str) -> None:
    new = Channel(team.database, NEW_ID, TEAM)
    new.adds_people("U1")
    if use == "proposes":
        new.proposes("V2")
    else:
        team.types("U1", use, channel=NEW_ID)
    change_id(team)
    with team.database.snapshot() as session:
        assert {board.channel_id for board in boards.list_all(session)} == {HERE, NEW_ID}
