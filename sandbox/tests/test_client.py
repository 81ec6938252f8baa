"""The Python client beside an app: threads, and menus that ask the app."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_sandbox.client.client import Message, NotPossible, NotSeen, Person, SandboxClient
from slack_sandbox.client.person import NEWEST
from slack_sandbox.server import Sandbox
from support.ear import WITHIN
from support.parrot import FORM, OPS, Parrot, field, hang_up

MENU = {"type": "external_select", "action_id": "bird"}


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient) -> Person:
    return slack.person("mia")


@pytest.fixture
def app(sandbox: Sandbox, slack: SandboxClient, mia: Person) -> Iterator[Parrot]:
    """Connected, and in #ops."""
    parrot = Parrot(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for_connections(1)
    mia.invites(slack.app_user_id, "ops")
    yield parrot
    hang_up(handler.client)


@pytest.fixture
def question(mia: Person) -> Message:
    mia.types("Who has the pager?")
    return mia.sees("Who has the pager?")


def plain(messages: list[Message]) -> list[str]:
    return [message.visible_text for message in messages]


def test_a_reply_is_in_the_thread_and_not_in_the_channel(
    slack: SandboxClient, mia: Person, question: Message
) -> None:
    slack.person("ana").replies("I do", to=question)
    assert mia.sees_in_thread("I do", of=question).parent_ts == question.ts
    assert plain(mia.thread(question)) == ["Who has the pager?", "I do"]
    assert plain(mia.messages()) == ["Who has the pager?"]


def test_a_reply_can_stand_in_the_channel_too(mia: Person, question: Message) -> None:
    mia.replies("Nobody", to=question, reply_broadcast=True)
    assert mia.sees("Nobody").parent_ts == question.ts
    assert plain(mia.thread(question)) == ["Who has the pager?", "Nobody"]


def test_message_older_than_the_first_look__is_seen(mia: Person, question: Message) -> None:
    for number in range(NEWEST):
        mia.types(f"Message {number}")
    assert mia.sees("Who has the pager?") == question


def test_screen_of_newest_or_one_message__has_no_others(
    sandbox: Sandbox, mia: Person, question: Message
) -> None:
    mia.types("I do")
    mia.types("Thanks")

    def texts(asked: str) -> list[str]:
        with urlopen(f"{sandbox.url}/control/screen/mia?messages_of=ops&{asked}") as answer:  # noqa: S310 — a sandbox of ours
            messages = json.load(answer)["messages"]
        return [each["text"] for each in messages[question.channel]]

    assert texts("newest=2") == ["I do", "Thanks"]
    assert texts("newest=0") == []
    assert texts(f"ts={question.ts}") == ["Who has the pager?"]
    assert texts("newest=all") == ["Who has the pager?", "I do", "Thanks"]


def test_what_is_not_said_in_a_thread_is_missed_there(mia: Person, question: Message) -> None:
    mia.types("I do")
    with pytest.raises(NotSeen, match="Who has the pager"):
        mia.sees_in_thread("I do", of=question, timeout=0)


def test_nobody_replies_to_a_reply_or_calls_a_command_in_a_thread(
    mia: Person, question: Message
) -> None:
    mia.replies("I do", to=question)
    with pytest.raises(NotPossible, match="thread_not_found"):
        mia.replies("Really?", to=mia.sees_in_thread("I do", of=question))
    with pytest.raises(NotPossible, match="/form is not supported in threads"):
        mia.replies("/form", to=question)


def test_one_searches_a_menu_and_chooses_what_the_app_offers(app: Parrot, mia: Person) -> None:
    app.posts("Which?", [{"type": "actions", "elements": [MENU]}])
    card = mia.sees(lambda message: message.raw.get("blocks"))
    mia.chooses("Cockatoo", on=card, query="coc")
    assert app.pressed.get(timeout=WITHIN)["selected_option"]["value"] == "cockatoo"
    with pytest.raises(NotSeen, match="doesn't offer 'Eagle'"):
        mia.chooses("Eagle", on=card, query="eagle")


def test_what_was_found_can_be_submitted_and_nothing_else(app: Parrot, mia: Person) -> None:
    app.form = {**FORM, "blocks": [field("bird", "Bird", MENU)]}
    mia.types("/form")
    mia.sees_modal("A form")
    with pytest.raises(NotPossible, match="no_such_option"):
        mia.submits(bird="amazon")
    found = mia.searches("ama", "bird")
    assert found == {"Amazon": "amazon"}
    mia.submits(bird=found["Amazon"])
    assert app.submitted.get(timeout=WITHIN)["bird"]["bird"]["selected_option"]["value"] == "amazon"


def test_a_button_in_a_thread_can_be_pressed(app: Parrot, mia: Person, question: Message) -> None:
    button = {"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Yes"}}
    blocks = [{"type": "actions", "elements": [button]}]
    app.client.chat_postMessage(channel=OPS, thread_ts=question.ts, text="Sure?", blocks=blocks)
    mia.presses("Yes", on=mia.sees_in_thread("Yes", of=question))
    assert app.pressed.get(timeout=WITHIN)["action_id"] == "yes"
