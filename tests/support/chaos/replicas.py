"""Several `needle run` processes on one database, killed and restarted at random."""

import random
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from prometheus_client.parser import text_string_to_metric_families

from slack_sandbox.client.client import NotSeen, SandboxClient
from slack_sandbox.server import Sandbox
from tests.support.bot_process import BotProcess

EVENTS, POSTS = "needle_events_total", "needle_posts_total"
# Between two kills. A start takes about a second, so some kills interrupt one. It opens two
# connections, and Slack allows 20 a minute. It refuses some starts: then the process exits, and is
# started again, as by a supervisor.
KILL_AFTER_SECONDS = (0.2, 12.0)
RESTART_SECONDS = 5
RECONNECT_SECONDS = 120


class Replica(BotProcess):
    """One of the processes. It counts its work over all its lives."""

    def __init__(self, sandbox: Sandbox, folder: Path, address: str) -> None:
        folder.mkdir()
        super().__init__(sandbox, folder, DATABASE_URL=address)
        self._earlier = Counter[str]()
        self.kills = 0

    def begin(self) -> None:
        self.spawn("--health-port", "0")

    def crash(self) -> None:
        self._earlier = self.work()
        self.kills += 1
        super().crash()

    def work(self) -> Counter[str]:
        """Return how many events it handled and how many messages it posted, by metric."""
        work = Counter(self._earlier)
        for family in text_string_to_metric_families(self.metrics()):
            for sample in family.samples:
                if sample.name in {EVENTS, POSTS}:
                    work[sample.name] += int(sample.value)
        return work


class Replicas:
    """The processes. While the block runs, one after the other is killed and restarted."""

    def __init__(
        self, sandbox: Sandbox, folder: Path, address: str, count: int, rng: random.Random
    ) -> None:
        self._slack = SandboxClient(sandbox.url)
        self._all = [Replica(sandbox, folder / f"replica-{n}", address) for n in range(count)]
        self._rng = rng
        self._ended = threading.Event()
        self._killing = threading.Thread(target=self._kill_at_random, name="kills")

    def __enter__(self) -> Self:
        for replica in self._all:
            replica.begin()
        self._wait_until_connected()
        self._killing.start()
        return self

    def __exit__(
        self, failure: type[BaseException] | None, _: object, _traceback: TracebackType | None
    ) -> None:
        self.end_kills()
        for replica in self._all:
            if failure:
                BotProcess.crash(replica)
            else:
                assert replica.stop() == 0, replica.log.read_text(encoding="utf-8")

    def end_kills(self) -> None:
        """Kill no more. Wait until all are connected."""
        self._ended.set()
        self._killing.join()
        self._wait_until_connected()

    @property
    def kills(self) -> list[int]:
        """How often each was killed."""
        return [replica.kills for replica in self._all]

    def work(self) -> list[Counter[str]]:
        """Return the work of each."""
        return [replica.work() for replica in self._all]

    def are_running(self) -> bool:
        return all(replica.is_running() for replica in self._all)

    def _wait_until_connected(self) -> None:
        deadline = time.monotonic() + RECONNECT_SECONDS
        while time.monotonic() < deadline:
            self._restart_ended()
            with suppress(NotSeen):
                return self._slack.wait_for_connections(len(self._all), timeout=RESTART_SECONDS)
        raise NotSeen(f"not all processes have connected in {RECONNECT_SECONDS} s")

    def _restart_ended(self) -> None:
        for replica in self._all:
            if not replica.is_running():
                replica.begin()

    def _kill_at_random(self) -> None:
        victims: list[Replica] = []
        while not self._ended.wait(self._rng.uniform(*KILL_AFTER_SECONDS)):
            self._restart_ended()
            # In rounds, so that all have about the same time to work.
            victims = victims or self._rng.sample(self._all, len(self._all))
            victim = victims.pop()
            victim.crash()
            victim.begin()
