"""The world: a log that grows, two relays, a broker, two readers, a feed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, cast
from unittest.mock import patch

from aiokafka.errors import KafkaError

from shared.ops.settings import Kafka
from shared.runtime.following import subscribing
from shared.runtime.projections import applying
from shared.runtime.publishing import leading, outbox, producing, relay, topics
from shared.runtime.publishing.outbox import CURSOR
from shared.runtime.publishing.relay import Relay
from shared.store.pool import Pool
from tests.shared.simulation.broker import Broker
from tests.shared.simulation.clients import Client
from tests.shared.simulation.database import Database
from tests.shared.simulation.diary import Diary
from tests.shared.simulation.feed import Feed
from tests.shared.simulation.log import LARGE, PUBLICATION, Log
from tests.shared.simulation.process import Process, Work
from tests.shared.simulation.reader import MODELS, Reader, Remembering
from tests.shared.simulation.weather import Weather
from tests.shared.simulation.witness import Broken, Witness

PAGE = 7
POLL = 0.2
KAFKA = Kafka(bootstrap="nowhere:9092", partitions=Log.partitions)


class World:
    """All of it, made from one seed."""

    def __init__(self, seed: int) -> None:
        weather = self.weather = Weather(seed)
        self.diary = Diary()
        self.surprises: list[Any] = []
        self.log = Log(weather)
        self.broker = Broker(weather, Log.partitions)
        self.witness = Witness(self.log, self.broker)
        self.home = Database(weather, self.log, self.witness.relays)
        self.away = Database(weather, self.log, self.witness.readers)
        self.log.written = self.home.flush
        self.feed = Feed(self.log, weather)
        self.processes = [
            *(Process(f"relay {number}", weather, self._relay) for number in (1, 2)),
            *(Process(f"reader {number}", weather, self._reader) for number in (1, 2)),
        ]

    def check(self) -> None:
        """Raises what is broken, and what a process should not have died of."""
        self.witness.ask()
        assert not self.surprises, self.surprises
        for process in self.processes:
            process.verdict()

    def keep_running(self) -> None:
        """As a supervisor does: whoever has ended begins anew. Raises as `check` does."""
        self.check()
        for process in self.processes:
            process.start_again()

    def behind(self) -> list[str]:
        """Which cursors are not at the head of the log yet, and which have not heard that they are
        for three seconds."""
        head, late = self.log.head, self.weather.now().timestamp() - 3
        sent, _ = self.home.kept.get(("cursor", CURSOR, self.log.source.log, 1, "", 0), (0, None))
        lines = [f"relay at {sent} of {head}"] if sent != head else []
        for model in MODELS:
            for number in range(self.log.partitions):
                position, at = self._mark(model.name, number)
                if position != head or at is None or at.timestamp() < late:
                    lines.append(f"{model.name} at {position} of {head} in {number}, as of {at}")
        return lines

    def wrong(self) -> list[str]:
        """Which rows are not what the log says."""
        streams = {one.stream_id for one in self.log.sent}
        return [
            f"{model.name} of {stream_id}"
            for model in MODELS
            for stream_id in sorted(streams)
            if self.away.kept.get(("row", model.name, stream_id)) != (*self.log.stream(stream_id),)
        ]

    def surprised(self, _: object, context: dict[str, Any]) -> None:
        """The loop's handler of what nobody catches. A producer that is given up leaves
        acknowledgements behind that nobody waits for."""
        if not isinstance(context.get("exception"), KafkaError | Broken):
            self.surprises.append(context)

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Within, the kernel meets this world instead of the real one."""
        weather = self.weather
        kernel = [
            (producing, "AIOKafkaProducer", lambda **_: Client(self.broker)),
            (leading, "uuid4", weather.uuid),
            (subscribing, "uniform", weather.random.uniform),
            (topics, "prepare", self._cluster),
            (topics, "cluster", self._cluster),
            (applying, "Folding", Remembering),
            (relay, "POLL", POLL),
            (outbox, "PAGE", PAGE),
            (outbox, "VALUE_LIMIT", LARGE),
        ]
        with ExitStack() as stack:
            for module, name, ours in kernel:
                stack.enter_context(patch.object(module, name, ours))
            yield

    def _mark(self, model: str, number: int) -> tuple[int, Any]:
        source = self.log.source
        key = ("cursor", model, source.log, 1, source.topic, number)
        mark: tuple[int, Any] = self.away.kept.get(key, (0, None))
        return mark

    async def _cluster(self, *_: object) -> str:
        await self.broker.answer()
        return str(self.broker.cluster)

    def _relay(self) -> Work:
        return Relay(cast(Pool, self.home), PUBLICATION, KAFKA).run

    def _reader(self) -> Work:
        return Reader(self.broker, self.away, self.feed, KAFKA).run
