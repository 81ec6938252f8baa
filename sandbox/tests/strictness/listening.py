"""An app's end of Socket Mode: it hears everything, and acks as it is told."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import ClientConnection, connect

Json = dict[str, Any]


class Listening:
    def __init__(self, socket: ClientConnection) -> None:
        self.silent = False
        self._socket = socket
        self._heard: queue.Queue[tuple[str, Json]] = queue.Queue()
        self._answer: Json = {}

    def answers(self, payload: Json) -> None:
        """The next envelope is acked with this."""
        self._answer = payload

    def hears(self, kind: str) -> Json:
        """The payload of the next envelope of that type, or of an interaction of that type."""
        while True:
            heard, payload = self._heard.get(timeout=10)
            if kind in (heard, payload.get("type")):
                return payload

    def forget(self) -> None:
        self.silent, self._answer = False, {}
        while not self._heard.empty():
            self._heard.get_nowait()

    def listen(self) -> None:
        """Until the connection is closed."""
        for text in self._socket:
            envelope = json.loads(text)
            self._heard.put((envelope["type"], envelope["payload"]))
            if not self.silent:
                ack: Json = {"envelope_id": envelope["envelope_id"]}
                if envelope["accepts_response_payload"]:
                    ack["payload"], self._answer = self._answer, {}
                self._socket.send(json.dumps(ack))


@contextmanager
def listening(address: str) -> Iterator[Listening]:
    with connect(address, proxy=None) as socket:
        socket.recv(timeout=10)  # its hello
        app = Listening(socket)
        thread = threading.Thread(target=app.listen)
        thread.start()
        yield app
    thread.join()
