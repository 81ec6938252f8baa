"""Deliveries to the app: events with retries, interactions and commands once."""

import asyncio
import contextlib
import dataclasses
import uuid
from collections.abc import Coroutine, Sequence

from slack_sandbox.delivery.envelopes import DeliveryFailed, Envelope, Transport
from slack_sandbox.faults.delivery_faults import DeliveryFault
from slack_sandbox.faults.schedule import FaultQueue
from slack_sandbox.model.traffic import Traffic
from slack_sandbox.model.workspace import Json

# "Retries" in https://docs.slack.dev/apis/events-api: at once, after 1 minute, after 5 minutes.
RETRY_DELAYS = (0.0, 60.0, 300.0)
MAX_PENDING = 10_000  # events
MAX_REORDER_DELAY = 2.0  # seconds, if no other envelope follows


class Deliveries:
    """The sender of envelopes. `retry_delays` are the seconds before each retry of an event."""

    def __init__(
        self,
        transport: Transport,
        traffic: Traffic,
        faults: FaultQueue[DeliveryFault],
        retry_delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self._transport = transport
        self._traffic = traffic
        self._faults = faults
        self._retry_delays = retry_delays
        self._reordered: list[asyncio.Event] = []  # each is set when another envelope overtakes
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, envelope: Envelope) -> Json:
        """Send an envelope, and return the payload of the acknowledgment, which can be empty.

        Raise `DeliveryFailed` if the app doesn't acknowledge it in time.
        """
        fault = self._faults.take(lambda each: each.applies_to(envelope.type))
        if fault:
            await self._disturb(fault, envelope)
        overtaken, self._reordered = self._reordered, []
        try:
            return await self._transport.send(envelope)
        finally:
            for event in overtaken:
                event.set()

    def send_event(self, name: str, payload: Json) -> None:
        """Send an event in the background, with retries."""
        if len(self._tasks) >= MAX_PENDING:
            self._traffic.record("slack", "event", name, request=payload, error="too_many_pending")
            return
        self._start(self._send_event(name, payload))

    def send_in_background(self, envelope: Envelope) -> None:
        """Send an envelope once, without waiting for the acknowledgment."""
        self._start(self._send_once(envelope))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send_event(self, name: str, payload: Json) -> None:
        """Send an event until the app acknowledges it, even if no connection is open at first.

        https://github.com/vercel/chat/issues/666
        """
        reason = ""
        for attempt, delay in enumerate((0.0, *self._retry_delays)):
            if delay:
                await asyncio.sleep(delay)
            envelope = Envelope(
                "events_api", payload, "event", name, retry_attempt=attempt, retry_reason=reason
            )
            try:
                await self.send(envelope)
            except DeliveryFailed as failure:
                if not failure.retry_reason:
                    return
                reason = failure.retry_reason
            else:
                return

    async def _send_once(self, envelope: Envelope) -> None:
        with contextlib.suppress(DeliveryFailed):
            await self.send(envelope)

    async def _disturb(self, fault: DeliveryFault, envelope: Envelope) -> None:
        """Delay the envelope, wait until another one overtakes it, or start sending a copy."""
        await asyncio.sleep(fault.delay)
        if fault.reorder:
            overtaken = asyncio.Event()
            self._reordered.append(overtaken)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(overtaken.wait(), MAX_REORDER_DELAY)
        if fault.duplicate:
            copy = dataclasses.replace(envelope, id=str(uuid.uuid4()))
            self._start(self._send_copy(copy))

    async def _send_copy(self, envelope: Envelope) -> None:
        with contextlib.suppress(DeliveryFailed):
            await self._transport.send(envelope)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
