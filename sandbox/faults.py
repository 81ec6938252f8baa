"""Faults on demand: the next calls of a method go wrong, before or after the work is done."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse

from sandbox.refusal import Refused

LONGEST_HANG = 60  # seconds


@dataclass
class Fault:
    """`method` may be "*" for any; with a `probability` it is drawn for each call, by the seed."""

    method: str
    status: int = 200
    error: str = ""
    retry_after: int | None = None  # seconds
    hang: float = 0  # seconds until it answers
    after: bool = False
    times: int = 1
    probability: float = 1
    seed: int = 0
    drawn: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.drawn = random.Random(self.seed)  # noqa: S311 — repeatable, not secret
        if self.times < 1 or not 0 < self.probability <= 1 or not 0 <= self.hang <= LONGEST_HANG:
            raise Refused("invalid_arguments", "times, probability or hang is out of range")

    @property
    def answers(self) -> bool:
        """Whether Slack's own answer is lost, and not only late."""
        return bool(self.error) or self.status != 200

    async def wait(self) -> None:
        await asyncio.sleep(self.hang)

    def answer(self) -> JSONResponse:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return JSONResponse({"ok": False, "error": self.error}, self.status, headers)


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, given: dict[str, Any]) -> None:
        try:
            self._faults.append(Fault(**given))
        except TypeError as error:
            raise Refused("invalid_arguments", str(error)) from None

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets."""
        for fault in self._faults:
            if fault.method in ("*", method) and fault.drawn.random() < fault.probability:
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
                return fault
        return None
