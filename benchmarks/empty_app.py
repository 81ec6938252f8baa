"""A Bolt app whose listeners do nothing, with Needle's imports, as a process to compare with.

It imports the libraries, but nothing of Needle: its arguments are the modules' names. It prints a
line when it is connected, and runs until it is killed.
"""

import importlib
import os
import sys
import threading
from typing import Any

for name in sys.argv[1:]:
    importlib.import_module(name)

from slack_bolt import App  # noqa: E402 — after what Needle imports, in Needle's order
from slack_bolt.adapter.socket_mode import SocketModeHandler  # noqa: E402
from slack_sdk import WebClient  # noqa: E402

client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=client, process_before_response=True)


def acknowledge(ack: Any) -> None:
    ack()


for name in ("reaction_added", "reaction_removed"):
    app.event(name)(acknowledge)
app.command("/roadmap")(acknowledge)
handler = SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client)
handler.connect()  # type: ignore[no-untyped-call]
print("connected", flush=True)
threading.Event().wait()
