"""A Bolt app with the SDK's built-in and aiohttp Socket Mode clients.

Both run the same steps: a command that opens a form, its errors, a message, a reaction, a refresh.
"""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_bolt.context.say import Say
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox.client.client import SandboxClient
from slack_sandbox.server import Sandbox
from support.app_connection import MANIFEST, TIMEOUT
from support.sample_app import FORM, close_connection

Json = dict[str, Any]
TITLE_TAKEN = {"title": "This title is taken"}


@contextmanager
def built_in(sandbox: Sandbox) -> Iterator[None]:
    client = WebClient(sandbox.bot_token, base_url=sandbox.api_url)
    app = App(client=client, ignoring_self_events_enabled=False)

    @app.command("/go")
    def open_form(ack: Ack, body: Json) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("form")
    def submit_form(ack: Ack, view: Json, body: Json) -> None:
        title = view["state"]["values"]["title"]["title"]["value"]
        if title == "Taken":
            ack(response_action="errors", errors=TITLE_TAKEN)
        else:
            ack()
            client.chat_postMessage(channel="#ops", text=f"<@{body['user']['id']}> made {title}")

    @app.event("reaction_added")
    def answer(event: Json, say: Say) -> None:
        say(text=f"Thanks for :{event['reaction']}:", channel=event["item"]["channel"])

    for event_name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        app.event(event_name.partition(".")[0])(lambda: None)
    handler = SocketModeHandler(app, sandbox.app_token)
    handler.connect()  # type: ignore[no-untyped-call]
    yield
    close_connection(handler.client)


@contextmanager
def aiohttp(sandbox: Sandbox) -> Iterator[None]:
    ready: Future[Callable[[], object]] = Future()
    thread = threading.Thread(target=lambda: asyncio.run(_with_aiohttp(sandbox, ready)))
    thread.start()
    stop = ready.result(TIMEOUT)
    yield
    stop()
    thread.join()


async def _with_aiohttp(sandbox: Sandbox, ready: "Future[Callable[[], object]]") -> None:
    client = AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url)
    app = AsyncApp(client=client, ignoring_self_events_enabled=False)

    @app.command("/go")
    async def open_form(ack: AsyncAck, body: Json) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.view("form")
    async def submit_form(ack: AsyncAck, view: Json, body: Json) -> None:
        title = view["state"]["values"]["title"]["title"]["value"]
        if title == "Taken":
            await ack(response_action="errors", errors=TITLE_TAKEN)
        else:
            await ack()
            await client.chat_postMessage(
                channel="#ops", text=f"<@{body['user']['id']}> made {title}"
            )

    @app.event("reaction_added")
    async def answer(event: Json, say: AsyncSay) -> None:
        await say(text=f"Thanks for :{event['reaction']}:", channel=event["item"]["channel"])

    async def ignore() -> None:
        """Ignore the other events."""

    for event_name in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        app.event(event_name.partition(".")[0])(ignore)
    handler = AsyncSocketModeHandler(app, sandbox.app_token)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    ready.set_result(lambda: loop.call_soon_threadsafe(stopped.set))
    await stopped.wait()
    await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("app", [built_in, aiohttp])
def test_sdk_app__works_over_socket_mode(
    app: Callable[[Sandbox], Any],
) -> None:
    # An event can be sent on a connection that is about to close. It must be retried.
    with Sandbox(MANIFEST, retry_delays=(0, 1, 2)) as sandbox, app(sandbox):
        slack = SandboxClient(sandbox.url)
        slack.wait_for_connections(1)
        mia = slack.person("mia")
        mia.invites(slack.app_user_id, "ops")
        mia.types("/go")
        mia.sees_modal("A form")
        mia.submits(title="Taken", size="small")
        assert mia.sees_modal("A form").errors == TITLE_TAKEN
        mia.submits(title="A nest", size="small")
        nest = mia.sees("@mia made A nest")
        assert mia.modal is None
        slack.refresh_connections()
        slack.wait_for_connections(1)
        mia.reacts("eyes", to=nest)
        mia.sees("Thanks for 👀", timeout=30)
