"""How far copies are behind their source: told as it is, and not told where nobody can know."""

from __future__ import annotations

from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from math import isnan
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from fastapi import FastAPI
from prometheus_client import REGISTRY

from shared.contracts.sent import Life
from shared.core.access import Access, Grant
from shared.core.chain import Place
from shared.ops.settings import Kafka
from shared.runtime.following import copies
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.subscribing import Subscriber
from shared.runtime.following.tails import Tail
from shared.runtime.publishing import outbox, topics
from shared.runtime.publishing.producing import Producer
from shared.runtime.publishing.publication import Publication
from shared.runtime.web.tokens import Verifier
from shared.store import cursors
from shared.store.pool import Connection, Pool
from tests.brokers import OwnBroker
from tests.shared.conftest import Token, settings_of
from tests.shared.toy.asking import LIFE
from tests.shared.toy.carried import NOWHERE
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.purses import purses
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres

T = datetime(2026, 5, 1, 9, tzinfo=UTC)
NOTHING = dict.fromkeys(range(PARTITIONS), Place(0))
ENDS = {0: Tail(7, T), 1: Tail(9, T + timedelta(seconds=1)), 2: Tail(9, T)}
AUDITOR = Access({"read_copies": [Grant(frozenset({"auditor"}), "anywhere")]})


class Page:
    """`/copies` of a service that keeps the purses, and the metrics of the process."""

    def __init__(self, publication: Publication, reading: Pool, asking: tuple[Verifier, str]):
        self._source, self._reading = publication.source, reading
        self._verifier, self._token = asking

    async def read(self, kafka: Kafka | None) -> dict[str, Any]:
        """What it says of the purses."""
        app = FastAPI()
        app.state.verifier = self._verifier
        kept = [(self._source, [purses])]
        app.include_router(copies.router(AUDITOR, kept, lambda _: self._reading, kafka))
        transport, headers = httpx.ASGITransport(app), {"authorization": f"Bearer {self._token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://linli") as client:
            answer = await client.get("/copies", headers=headers)
        [item] = copies.Copies.model_validate(answer.json()).model_dump()["items"]
        assert (item["name"], item["of"]) == ("purses", "purses")
        return dict(item)

    async def behind(self, kafka: Kafka | None) -> tuple[int | None, float | None, str | None]:
        """Events, seconds, and why that is not known."""
        told = await self.read(kafka)
        return told["behind_events"], told["behind_seconds"], told["unknown"]

    def gauge(self) -> float | None:
        """Records of the topic that are not taken yet."""
        labels = {"service": "reader", "topic": self._source.topic}
        return REGISTRY.get_sample_value("linli_topic_lag_records", labels)


@pytest.fixture
def page(publication: Publication, reading: Pool, verifier: Verifier, token: Token) -> Page:
    return Page(publication, reading, (verifier, token("auditor")))


async def _beat(kafka: Kafka, topic: str, at: datetime, life: Life = LIFE) -> None:
    """A heartbeat of that time, in every partition."""
    await topics.prepare(kafka, topic)
    async with aclosing(Producer(kafka, topic)) as producer:
        await producer.open()
        await producer.send(outbox.beats(life, 9, at, NOTHING))


@pytest.mark.parametrize(
    ("places", "events", "seconds"),
    [
        ({0: Place(7, T), 1: Place(9, T), 2: Place(9, T)}, 0, 0),
        ({0: Place(8, T), 1: Place(12, T), 2: Place(9, T)}, 0, 0),
        ({0: Place(7, T), 1: Place(8, T), 2: Place(9, T)}, 1, 1),
        ({0: Place(4, T - timedelta(hours=1)), 1: Place(8, T), 2: Place(9, T)}, 5, 3_601),
        ({0: Place(7, T - timedelta(hours=1)), 1: Place(8, T), 2: Place(9, T)}, 1, 1),
        ({0: Place(7, T), 1: Place(9, T), 2: Place(0)}, 9, None),
        ({}, 9, None),
    ],
)
def test_what_is_missing_is_what_lies_between(
    places: dict[int, Place], events: int, seconds: float | None
) -> None:
    told = copies.behind(places, ENDS)
    assert (told["behind_events"], told["behind_seconds"]) == (events, seconds)
    assert (told["unknown"] is None) is (seconds is not None)


async def test_a_copy_is_behind_while_its_follower_stands_still_and_not_once_it_has_caught_up(
    connection: Connection,
    consumer: Consumer,
    publication: Publication,
    relaying: Relaying,
    kafka: Kafka,
    page: Page,
) -> None:
    subscriber = Subscriber("reader", publication.source, kafka, [consumer])

    async def nothing_taken() -> bool:
        _, *told = await page.behind(kafka)
        return told == [None, "nothing was taken yet of a part of it"]

    async def caught_up() -> bool:
        return await page.behind(kafka) == (0, 0.0, None)

    async def all_is_published() -> bool:
        return (await page.behind(kafka))[0] == 40

    await record_at_random(connection, seed=1, events=60)
    async with running(relaying.relay().run):
        await until(nothing_taken)
        async with running(subscriber.run):
            await until(caught_up)
        await record_at_random(connection, seed=2, events=40)
        await until(all_is_published)
        _, seconds, unknown = await page.behind(kafka)
        assert unknown is None
        assert 0 < (seconds or 0) < 60
        async with running(subscriber.run):
            await until(caught_up)


async def test_what_the_feed_has_brought_is_not_missing_though_nobody_read_the_topic(
    connection: Connection, consumer: Consumer, relaying: Relaying, kafka: Kafka, page: Page
) -> None:
    async def nothing_is_missing() -> bool:
        return await page.behind(kafka) == (0, 0.0, None)

    async with running(relaying.relay().run):
        await record_at_random(connection, seed=3, events=60)
        await relaying.published()
        await consumer.catch_up()
        await until(nothing_is_missing)


async def test_without_an_answer_nothing_is_said_but_why(
    consumer: Consumer, own_broker: OwnBroker, publication: Publication, page: Page
) -> None:
    kafka, topic = settings_of(own_broker), publication.source.topic
    assert await page.behind(None) == (None, None, "this process is told no broker")
    assert await page.behind(NOWHERE) == (
        None, None, "the broker does not answer: KafkaConnectionError",
    )  # fmt: skip
    for _ in range(2):  # and asking made none
        assert await page.behind(kafka) == (None, None, f"the broker has no topic {topic}")
    await topics.prepare(kafka, topic)
    nothing = f"nothing was published to {topic} yet, or nothing of it is left"
    assert await page.behind(kafka) == (None, None, nothing)
    hour_ago = datetime.now(UTC) - timedelta(hours=1)
    await _beat(kafka, topic, hour_ago)
    silent = f"purses has published nothing since {hour_ago.isoformat(timespec='microseconds')}"
    assert await page.behind(kafka) == (None, None, silent)
    await _beat(kafka, topic, datetime.now(UTC))
    assert (await page.behind(kafka))[0] == 9
    own_broker.kill()
    told = await page.read(kafka)
    assert told["unknown"].startswith("the broker does not answer")
    assert told["watermark"] == {"position": 0, "recorded_at": None, "parked": ()}


async def test_a_last_record_that_cannot_be_read_says_nothing(
    consumer: Consumer, kafka: Kafka, publication: Publication, page: Page
) -> None:
    topic = publication.source.topic
    await _beat(kafka, topic, datetime.now(UTC))
    async with AIOKafkaProducer(bootstrap_servers=kafka.servers) as producer:
        await producer.send_and_wait(topic, b"", partition=1)
    unread = f"the last record of {topic} cannot be read"
    assert await page.behind(kafka) == (None, None, unread)


async def test_what_was_published_in_another_epoch_says_nothing_of_how_far_a_copy_is_behind(
    consumer: Consumer, kafka: Kafka, publication: Publication, page: Page
) -> None:
    now = datetime.now(UTC)
    await _beat(kafka, publication.source.topic, now, LIFE._replace(epoch=2))
    other = "not all that purses last published is of epoch 1"
    assert await page.behind(kafka) == (None, None, other)


async def test_a_gauge_says_how_much_of_a_topic_is_not_taken(
    connection: Connection,
    consumer: Consumer,
    publication: Publication,
    relaying: Relaying,
    reading: Pool,
    page: Page,
) -> None:
    subscriber = Subscriber("reader", publication.source, relaying.kafka, [consumer])

    async def at_the_end() -> bool:
        return page.gauge() == 0

    async def all_waits() -> bool:
        return (page.gauge() or 0) > 40

    async with running(relaying.relay().run):
        async with running(subscriber.run):
            await until(at_the_end)
            async with reading.acquire() as there, there.transaction():
                await cursors.places(there, consumer.reading, hold=True)  # nobody can move on
                await record_at_random(connection, seed=4, events=80)
                await until(all_waits)
            await until(at_the_end)
        assert isnan(page.gauge() or 0), "who does not read does not know"
