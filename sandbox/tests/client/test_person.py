"""A person in the Python client: threads, screens, and external menus."""

import json
from collections.abc import Iterator
from urllib.request import urlopen

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from slack_sandbox.client.client import ActionFailed, Message, NotSeen, Person, SandboxClient
from slack_sandbox.client.person import NEWEST
from slack_sandbox.server import Sandbox
from support.app_connection import TIMEOUT
from support.sample_app import FORM, OPS, SampleApp, close_connection, field

MENU = {"type": "external_select", "action_id": "bird"}


@pytest.fixture
def slack(sandbox: Sandbox) -> SandboxClient:
    return SandboxClient(sandbox.url)


@pytest.fixture
def mia(slack: SandboxClient) -> Person:
    return slack.person("mia")


@pytest.fixture
def app(sandbox: Sandbox, slack: SandboxClient, mia: Person) -> Iterator[SampleApp]:
    """Connect the app, and invite it to #ops."""
    parrot = SampleApp(sandbox)
    handler = SocketModeHandler(parrot.app, sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_for_connections(1)
    mia.invites(slack.app_user_id, "ops")
    yield parrot
    close_connection(handler.client)


@pytest.fixture
def question(mia: Person) -> Message:
    mia.types("Who has the pager?")
    return mia.sees("Who has the pager?")


def texts_of(messages: list[Message]) -> list[str]:
    return [message.visible_text for message in messages]


def test_reply__is_only_in_the_thread(slack: SandboxClient, mia: Person, question: Message) -> None:
    slack.person("ana").replies("I do", to=question)
    assert mia.sees_in_thread("I do", of=question).parent_ts == question.ts
    assert texts_of(mia.thread(question)) == ["Who has the pager?", "I do"]
    assert texts_of(mia.messages()) == ["Who has the pager?"]


def test_broadcast_reply__is_also_in_the_channel(mia: Person, question: Message) -> None:
    mia.replies("Nobody", to=question, reply_broadcast=True)
    assert mia.sees("Nobody").parent_ts == question.ts
    assert texts_of(mia.thread(question)) == ["Who has the pager?", "Nobody"]


def test_message_older_than_the_newest__is_seen(mia: Person, question: Message) -> None:
    for number in range(NEWEST):
        mia.types(f"Message {number}")
    assert mia.sees("Who has the pager?") == question


def test_screen_of_newest_or_one_message__has_no_others(
    sandbox: Sandbox, mia: Person, question: Message
) -> None:
    mia.types("I do")
    mia.types("Thanks")

    def texts(query: str) -> list[str]:
        with urlopen(f"{sandbox.url}/control/screen/mia?messages_of=ops&{query}") as answer:  # noqa: S310 — the test's own sandbox
            messages = json.load(answer)["messages"]
        return [message["text"] for message in messages[question.channel]]

    assert texts("newest=2") == ["I do", "Thanks"]
    assert texts("newest=0") == []
    assert texts(f"ts={question.ts}") == ["Who has the pager?"]
    assert texts("newest=all") == ["Who has the pager?", "I do", "Thanks"]


def test_message_outside_thread__is_not_seen_in_it(mia: Person, question: Message) -> None:
    mia.types("I do")
    with pytest.raises(NotSeen, match="Who has the pager"):
        mia.sees_in_thread("I do", of=question, timeout=0)


def test_reply_to_reply_or_command_in_thread__is_rejected(mia: Person, question: Message) -> None:
    mia.replies("I do", to=question)
    with pytest.raises(ActionFailed, match="thread_not_found"):
        mia.replies("Really?", to=mia.sees_in_thread("I do", of=question))
    with pytest.raises(ActionFailed, match="/form is not supported in threads"):
        mia.replies("/form", to=question)


def test_searched_option__can_be_chosen(app: SampleApp, mia: Person) -> None:
    app.post("Which?", [{"type": "actions", "elements": [MENU]}])
    card = mia.sees(lambda message: message.raw.get("blocks"))
    mia.chooses("Cockatoo", on=card, query="coc")
    assert app.pressed.get(timeout=TIMEOUT)["selected_option"]["value"] == "cockatoo"
    with pytest.raises(NotSeen, match="doesn't offer 'Eagle'"):
        mia.chooses("Eagle", on=card, query="eagle")


def test_only_searched_options__can_be_submitted(app: SampleApp, mia: Person) -> None:
    app.form = {**FORM, "blocks": [field("bird", "Bird", MENU)]}
    mia.types("/form")
    mia.sees_modal("A form")
    with pytest.raises(ActionFailed, match="no_such_option"):
        mia.submits(bird="amazon")
    values = mia.searches("ama", "bird")
    assert values == {"Amazon": "amazon"}
    mia.submits(bird=values["Amazon"])
    assert (
        app.submitted.get(timeout=TIMEOUT)["bird"]["bird"]["selected_option"]["value"] == "amazon"
    )


def test_button_in_thread__can_be_pressed(app: SampleApp, mia: Person, question: Message) -> None:
    button = {"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Yes"}}
    blocks = [{"type": "actions", "elements": [button]}]
    app.client.chat_postMessage(channel=OPS, thread_ts=question.ts, text="Sure?", blocks=blocks)
    mia.presses("Yes", on=mia.sees_in_thread("Yes", of=question))
    assert app.pressed.get(timeout=TIMEOUT)["action_id"] == "yes"
