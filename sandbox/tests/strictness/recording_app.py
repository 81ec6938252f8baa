"""An app on Socket Mode that records envelopes, and acknowledges them as a test tells it to."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]


class RecordingApp:
    def __init__(self, socket: ClientConnection) -> None:
        self.acknowledges = True
        self._socket = socket
        self._received: queue.Queue[tuple[str, Json]] = queue.Queue()
        self._response: Json = {}

    def set_response(self, payload: Json) -> None:
        """Acknowledge the next envelope with this payload."""
        self._response = payload

    def wait_for(self, payload_type: str) -> Json:
        """Return the next payload whose envelope or interaction has this type."""
        while True:
            envelope_type, payload = self._received.get(timeout=10)
            if payload_type in (envelope_type, payload.get("type")):
                return payload

    def reset(self) -> None:
        self.acknowledges, self._response = True, {}
        while not self._received.empty():
            self._received.get_nowait()

    def receive(self) -> None:
        """Receive envelopes until the connection closes."""
        for text in self._socket:
            envelope = json.loads(text)
            self._received.put((envelope["type"], envelope["payload"]))
            if self.acknowledges:
                ack: Json = {"envelope_id": envelope["envelope_id"]}
                if envelope["accepts_response_payload"]:
                    ack["payload"], self._response = self._response, {}
                self._socket.send(json.dumps(ack))


@contextmanager
def recording_app(url: str) -> Iterator[RecordingApp]:
    with connect(url, proxy=None) as socket:
        socket.recv(timeout=10)  # the `hello` message
        app = RecordingApp(socket)
        thread = threading.Thread(target=app.receive)
        thread.start()
        yield app
    thread.join()
