"""The log of the purses, as it grows, and what is true of it."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.contracts.partitions import partition_of
from shared.contracts.sent import Sent
from shared.contracts.source import Source
from shared.core.messages import Event
from shared.store.read import COLUMNS
from tests.shared.simulation.weather import Weather
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.contracts import PARTITIONS, publication, source
from tests.shared.toy.decider import purse
from tests.shared.toy.events import MoneyPut, PurseCorrected, PurseOpened

TOPIC = "linli.purses.v1"
PUBLICATION = publication(TOPIC)
PURSES: Source = source(TOPIC, purse.events)
NAMES = {name.strip(): index for index, name in enumerate(COLUMNS.split(","))}
STREAMS = 7
LARGE = 400  # bytes of a payload that the topic does not take


class Row(tuple[Any, ...]):
    """A line of the log as `read.quick_page` has it, by place or by name."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(NAMES[key] if isinstance(key, str) else key)


class Log:
    """Appended to by one writer; `told` says where the contracts of each partition are."""

    source = PURSES
    partitions = PARTITIONS

    def __init__(self, weather: Weather) -> None:
        self.rows: list[Row] = []
        self.sent: list[Sent] = []
        self.told: list[list[tuple[int, datetime]]] = [[] for _ in range(PARTITIONS)]
        self.being_appended = False
        self.written: Callable[[], None] = lambda: None  # told of each append: it is on the disk
        self.unshared = asyncio.Event()  # nobody holds the log's lock together with others
        self.unshared.set()
        self._shared = 0
        self._weather = weather
        self._streams = [UUID(int=number) for number in range(1, STREAMS + 1)]
        self._versions = dict.fromkeys(self._streams, 0)

    @property
    def head(self) -> int:
        """The last position."""
        return len(self.rows)

    async def append(self) -> None:
        """One to six events, of any streams, at one time; some of them are not published, some
        are too large for the topic."""
        await self.unshared.wait()
        self.being_appended = True
        moment, random = self._weather.now(), self._weather.random
        rows = [self._row(self.head + n, moment) for n in range(1, random.choice((1, 1, 2, 6)) + 1)]
        await self._weather.pass_by()
        self.being_appended = False
        self.rows += rows
        for one in PUBLICATION.of(rows).sent:
            self.sent.append(one)
            number = partition_of(one.stream_id, PARTITIONS)
            self.told[number].append((one.position, one.recorded_at))
        self.written()

    def recorded_at(self, position: int) -> datetime:
        """When the log came so far."""
        return datetime.fromisoformat(self.rows[position - 1]["recorded_at"])

    def share(self, holders: int) -> None:
        """So many more, or fewer, keep writers out together."""
        self._shared += holders
        if self._shared:
            self.unshared.clear()
        else:
            self.unshared.set()

    def between(self, number: int, after: int, until: int) -> list[int]:
        """The positions of a partition's contracts with after < position <= until."""
        told = self.told[number]
        first = bisect_right(told, after, key=lambda one: one[0])
        return [position for position, _ in told[first:] if position <= until]

    def first_after(self, number: int, position: int) -> datetime | None:
        """When the next contract of a partition was recorded."""
        told = self.told[number]
        place = bisect_right(told, position, key=lambda one: one[0])
        return told[place][1] if place < len(told) else None

    def stream(self, stream_id: UUID) -> Iterator[int]:
        """The positions of a stream's contracts."""
        return (one.position for one in self.sent if one.stream_id == stream_id)

    def _row(self, position: int, moment: datetime) -> Row:
        stream_id = self._weather.random.choice(self._streams)
        self._versions[stream_id] += 1
        event, cause = self._event(position), UUID(int=position)
        return Row((
            LOG, position, stream_id, self._versions[stream_id], event.type, event.schema_version,
            "d", "clerk", cause, cause, None, "live", event.at.isoformat(), moment.isoformat(),
            purse.events.encode(event),
        ))  # fmt: skip

    def _event(self, position: int) -> Event:
        draw = self._weather.random.random()
        if draw < 0.2:
            return PurseCorrected(at=NOON, corrects=1, changes={}, reason="typo")
        if draw < 0.23 and not self._weather.is_fair:
            return PurseOpened(at=NOON, owner="o" * LARGE, territory="d")
        return MoneyPut(at=NOON, fen=position)
