"""A sample app, and helpers for tests of the page with it."""

import contextlib
import re
import socket
from queue import Queue
from typing import Any

from playwright.sync_api import Locator, Page
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from slack_sandbox.server import Sandbox

Json = dict[str, Any]
OPS = "C0OPS00001"
TIMEOUT = 5  # seconds


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*labels: str) -> list[Json]:
    return [{"text": plain(label), "value": label.lower()} for label in labels]


def field(name: str, label: str, element: Json, **fields: Any) -> Json:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **fields,
    }


def button(label: str, action_id: str, **fields: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, **fields}


BIRDS = ("African grey", "Amazon", "Ara", "Budgerigar", "Cockatoo")

FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("A form"),
    "submit": plain("Send it"),
    "close": plain("Not now"),
    "blocks": [
        field("title", "Title", {"type": "plain_text_input", "min_length": 3}),
        field("size", "Size", {"type": "static_select", "options": options("Small", "Large")}),
        field(
            "likes",
            "Likes",
            {"type": "checkboxes", "options": options("Seeds", "Nuts")},
            optional=True,
            hint=plain("Any of them."),
        ),
        {"type": "actions", "block_id": "more", "elements": [button("Rewrite", "rewrite")]},
    ],
}


class SampleApp:
    """An app that opens forms, and queues the submitted values and pressed buttons."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
        self.submitted: Queue[Json] = Queue()
        self.pressed: Queue[Json] = Queue()
        self.errors: dict[str, str] = {}
        self.open_view = ""
        self.form = FORM
        self.app = App(client=self.client, token_verification_enabled=False)
        self.app.command("/form")(self.open_form)
        self.app.command("/whisper")(self.whisper)
        self.app.view("form")(self.submit)
        self.app.action(re.compile(".*"))(self.press)
        self.app.options(re.compile(".*"))(self.offer)
        self.app.event("app_home_opened")(self.show_home)

    def open_form(self, ack: Ack, body: Json) -> None:
        ack()
        opened = self.client.views_open(trigger_id=body["trigger_id"], view=self.form)
        self.open_view = opened["view"]["id"]

    def whisper(self, ack: Ack) -> None:
        ack("Between you and me.")

    def submit(self, ack: Ack, view: Json) -> None:
        self.submitted.put(view["state"]["values"])
        if self.errors:
            ack(response_action="errors", errors=self.errors)
        else:
            ack()

    def press(self, ack: Ack, body: Json) -> None:
        ack()
        pressed = body["actions"][0]
        self.pressed.put(pressed)
        if pressed["action_id"] == "rewrite":
            self.rewrite()

    def offer(self, ack: Ack, body: Json) -> None:
        """Answer a search with the birds that match it."""
        birds = [bird for bird in BIRDS if body["value"].lower() in bird.lower()]
        ack(option_groups=[{"label": plain("Birds"), "options": options(*birds)}] if birds else [])

    def rewrite(self) -> None:
        view = {**self.form, "title": plain("Another name")}
        self.client.views_update(view_id=self.open_view, view=view)

    def show_home(self, event: Json) -> None:
        text = {"type": "mrkdwn", "text": f"Good day, <@{event['user']}>"}
        home = {"type": "home", "blocks": [{"type": "section", "text": text}]}
        self.client.views_publish(user_id=event["user"], view=home)

    def post(self, text: str, blocks: list[Json] | None = None) -> str:
        """Post a message in #ops, and return its ts."""
        return str(self.client.chat_postMessage(channel=OPS, text=text, blocks=blocks)["ts"])


def close_connection(client: SocketModeClient) -> None:
    """Close a connection from the app's side.

    End reading first, or closing waits for a read of three seconds. The SDK fails if its reader
    closes the connection at the same time.
    """
    client.auto_reconnect_enabled = False
    if client.current_session is not None and client.current_session.sock is not None:
        with contextlib.suppress(OSError):
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
    client.close()


def message(page: Page | Locator, text: str) -> Locator:
    return page.get_by_role("log").get_by_role("article").filter(has_text=text)


def title_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Title")


def send_message(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def open_page_as(page: Page, sandbox: Sandbox, person: str, channel: str = "ops") -> Page:
    """Open a second tab of the browser as another person."""
    other = page.context.new_page()
    other.goto(f"{sandbox.url}/?as={person}&channel={channel}")
    other.get_by_role("heading", name=channel).wait_for()
    return other
