"""A load generator that costs little: keep-alive connections, one request under way on each.

`python -m bench.wire`, told what to do as JSON on standard input, answers as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from functools import partial
from typing import cast
from uuid import uuid4

import uvloop

from bench.figures import Sample

END = b"\r\n\r\n"
LENGTH = b"content-length:"
STATUS = slice(9, 12)
PATIENCE = 30.0


@dataclass(frozen=True)
class Order:
    """What to send, where, how long (seconds) and over how many connections."""

    host: str
    port: int
    path: str
    authorization: str
    body: str
    connections: int
    warm: float
    seconds: float


class Tally:
    """What all connections saw within the window."""

    def __init__(self, order: Order) -> None:
        self.begins = time.perf_counter() + order.warm
        self.ends = self.begins + order.seconds
        self.latencies: list[float] = []
        self.statuses: Counter[str] = Counter()


class Wire(asyncio.Protocol):
    """One connection: the next request follows the answer to the last."""

    def __init__(self, tally: Tally, order: Order, done: asyncio.Future[None]) -> None:
        self._tally = tally
        self._done = done
        self._body = order.body.encode()
        self._head = (
            f"POST {order.path} HTTP/1.1\r\nhost: {order.host}\r\n"
            f"authorization: Bearer {order.authorization}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(self._body)}\r\nidempotency-key: "
        ).encode()
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head = self._received.find(END)
        if head < 0:
            return
        lines = self._received[:head].lower().split(b"\r\n")
        length = next(int(line[len(LENGTH) :]) for line in lines if line.startswith(LENGTH))
        if len(self._received) >= head + len(END) + length:
            self._answered(self._received[STATUS].decode())

    def connection_lost(self, fault: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(fault or ConnectionError("the server hung up"))

    def _answered(self, status: str) -> None:
        self._received = b""
        now = time.perf_counter()
        if self._tally.begins <= now < self._tally.ends:
            self._tally.latencies.append(now - self._asked)
            self._tally.statuses[status] += 1
        if now < self._tally.ends:
            self._send()
        else:
            self._done.set_result(None)
            self._transport.close()

    def _send(self) -> None:
        self._asked = time.perf_counter()
        self._transport.write(self._head + uuid4().hex.encode() + END + self._body)


async def drive(order: Order) -> tuple[Sample, Counter[str]]:
    """What `order.connections` clients see within the window."""
    loop, tally = asyncio.get_running_loop(), Tally(order)
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(order.connections)]
    for done in ends:
        await loop.create_connection(partial(Wire, tally, order, done), order.host, order.port)
    await asyncio.wait_for(asyncio.gather(*ends), order.warm + order.seconds + PATIENCE)
    return Sample.of(order.seconds, tally.latencies), tally.statuses


if __name__ == "__main__":
    sample, statuses = uvloop.run(drive(Order(**json.load(sys.stdin))))
    print(json.dumps({"sample": asdict(sample), "statuses": statuses}))
