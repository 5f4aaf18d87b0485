"""Clients of the broker, in the place of aiokafka's producer and of FastStream's session."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka.errors import KafkaConnectionError

from tests.shared.simulation.broker import Broker, Record

BATCH = 4


class Batch:
    """Holds BATCH records."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []

    def append(self, **record: Any) -> object:
        """None when it is full."""
        if len(self.records) == BATCH:
            return None
        self.records.append(record)
        return record


class Client:
    """What `producing` uses of aiokafka's producer."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._cluster = 0

    async def start(self) -> None:
        await self._broker.answer()
        self._cluster = self._broker.cluster

    async def stop(self) -> None:
        """What is on its way arrives or does not."""

    def create_batch(self) -> Batch:
        return Batch()

    async def send_batch(self, batch: Batch, topic: str, *, partition: int) -> asyncio.Future[None]:
        await self._broker.answer()
        if self._cluster != self._broker.cluster:  # it may notice, or connect anew and go on
            if self._broker.weather.random.random() < 0.5:
                raise KafkaConnectionError("another cluster")
            self._cluster = self._broker.cluster
        return self._broker.send(partition, batch.records)


class Member:
    """A member of a group that reads: at times it learns late what was given to others."""

    def __init__(self, broker: Broker, group: str) -> None:
        self._broker = broker
        self._cluster = broker.cluster
        self._group = group
        self._given: list[int] = []
        self._positions: dict[int, int] = {}
        self._members = broker.groups[group]
        self._members.append(self)

    def leave(self) -> None:
        """Its partitions are given to others."""
        self._members.remove(self)

    def assignment(self) -> list[int]:
        """Its partitions."""
        return self._given

    async def position(self, number: int) -> int:
        """The offset of the next record. Raises KafkaConnectionError."""
        await self._broker.answer()
        return self._positions.get(number, 0)

    async def end_offsets(self, numbers: Sequence[int]) -> dict[int, int]:
        """Where these partitions end. Raises KafkaConnectionError."""
        await self._broker.answer()
        return {number: self._broker.lines[number].end for number in numbers}

    async def fetch(self) -> list[Record]:
        """The next records of its partitions; past an end it stands until it notices.

        Raises KafkaConnectionError.
        """
        await self._broker.answer()
        self._join()
        weather = self._broker.weather
        found: list[Record] = []
        for number in self._given:
            line, offset = self._broker.lines[number], self._positions[number]
            if offset < line.start or (offset > line.end and weather.random.random() < 0.1):
                offset = line.start
            size = weather.random.randrange(1, 12)
            records = line.records[offset - line.start :][:size]
            found += [
                Record(number, place, one["key"], one["value"], one["headers"])
                for place, one in enumerate(records, start=offset)
            ]
            self._positions[number] = offset + len(records)
        return found

    def again(self, records: Sequence[Record]) -> None:
        """They were not taken: they come again."""
        for record in reversed(records):
            self._positions[record.partition] = record.offset

    async def commit(self, records: Sequence[Record]) -> None:
        """They were taken. Raises KafkaConnectionError."""
        await self._broker.answer()
        if self._cluster == self._broker.cluster:
            for record in records:
                self._broker.offsets[self._group, record.partition] = record.offset + 1

    def _join(self) -> None:
        """Learn what is ours, unless we have not heard of a change yet."""
        weather, members = self._broker.weather, self._members
        if self._given and not weather.is_fair and weather.random.random() < 0.7:
            return
        place, lines = members.index(self), range(len(self._broker.lines))
        given = [number for number in lines if number % len(members) == place]
        for number in set(given) - set(self._given):
            self._positions[number] = self._first(number)
        self._positions = {number: self._positions[number] for number in given}
        self._given = given

    def _first(self, number: int) -> int:
        line = self._broker.lines[number]
        offset = self._broker.offsets.get((self._group, number), line.start)
        return offset if offset <= line.end else line.start
