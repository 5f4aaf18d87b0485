"""A broker with one topic, as bad as brokers can be: what was acknowledged may be gone again, what
was refused may come after all, twice, and behind what was sent later."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from aiokafka.errors import KafkaConnectionError, KafkaTimeoutError

from tests.shared.simulation.process import call
from tests.shared.simulation.weather import Weather

Header = tuple[str, bytes]
Batch = Sequence[dict[str, Any]]
ROUGH = 4.0  # the way to a broker is so much worse than other calls


class Record(NamedTuple):
    """What a reader gets."""

    partition: int
    offset: int
    key: bytes | None
    value: bytes
    headers: Sequence[Header]


class Line:
    """The records of a partition from offset `start` on."""

    def __init__(self) -> None:
        self.start = 0
        self.records: list[dict[str, Any]] = []

    @property
    def end(self) -> int:
        """The offset of the next record."""
        return self.start + len(self.records)


class Broker:
    """One cluster after the other: `cluster` counts them."""

    def __init__(self, weather: Weather, partitions: int) -> None:
        self.weather = weather
        self.is_down = False
        self.cluster = 0
        self.lines: list[Line] = []
        self.groups: defaultdict[str, list[Any]] = defaultdict(list)
        self.offsets: dict[tuple[str, int], int] = {}
        self.acknowledged: set[int] = set()
        self._partitions = partitions
        self._last = [0.0] * partitions
        self.wipe()

    async def answer(self) -> None:
        """A call to the broker. Raises KafkaConnectionError."""
        await call(KafkaConnectionError)
        if self.is_down:
            raise KafkaConnectionError("nobody answers")

    def wipe(self) -> None:
        """It has lost everything, and is another one."""
        self.cluster += 1
        self.lines = [Line() for _ in range(self._partitions)]
        self.offsets.clear()

    def lose_tail(self, number: int, records: int) -> None:
        """A replica that had not got the last ones leads now."""
        line = self.lines[number]
        del line.records[max(0, len(line.records) - records) :]

    def expire(self, number: int, records: int) -> None:
        """The first ones are older than it keeps."""
        line = self.lines[number]
        line.start += min(records, len(line.records))
        del line.records[:records]

    def rewind(self, back: int) -> None:
        """Every group begins again at older offsets."""
        for key, offset in self.offsets.items():
            self.offsets[key] = max(0, offset - back)

    def send(self, number: int, batch: Batch) -> asyncio.Future[None]:
        """The batch is on its way; the future is its acknowledgement.

        In fair weather it arrives behind what was sent before it. In bad weather it may be late,
        overtaken, doubled, or refused; and what was refused may arrive nevertheless.
        """
        loop, weather = asyncio.get_running_loop(), self.weather
        done: asyncio.Future[None] = loop.create_future()
        arrival = max(self._last[number], loop.time()) + weather.random.uniform(0.0, 0.02)
        if weather.strikes(ROUGH):
            arrival += weather.random.uniform(0.0, 10.0)
        elif not weather.strikes(ROUGH):
            self._last[number] = arrival
        refused = weather.strikes()
        if refused:
            loop.call_later(weather.random.uniform(0.01, 5.0), _refuse, done)
        lost = refused and weather.random.random() < 0.5
        for _ in range(0 if lost else 1 + weather.strikes(ROUGH)):
            loop.call_at(arrival, self._arrive, self.cluster, number, batch, done)
            arrival += weather.random.uniform(0.0, 3.0)
        return done

    def _arrive(self, cluster: int, number: int, batch: Batch, done: asyncio.Future[None]) -> None:
        if cluster != self.cluster or self.is_down:
            _refuse(done)
            return
        self.lines[number].records += batch
        if not done.done():
            done.set_result(None)
            self.acknowledged |= {_position(one) for one in batch if one["key"] is not None}


def _position(record: dict[str, Any]) -> int:
    return int(dict(record["headers"])["ce_id"])


def _refuse(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_exception(KafkaTimeoutError())
