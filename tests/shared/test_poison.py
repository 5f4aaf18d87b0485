"""Poisoned records in a topic, through the real subscriber: they wait, their neighbours go on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from structlog.testing import capture_logs

from shared.runtime.following.subscribing import Subscriber
from shared.runtime.publishing import topics
from shared.runtime.web.tokens import Verifier
from shared.testkit.databases import TestServer
from tests.brokers import Broker
from tests.shared.conftest import Token, settings_of
from tests.shared.toy import contracts
from tests.shared.toy.contracts import PARTITIONS
from tests.shared.toy.house import House, in_partition, opened_house
from tests.shared.toy.poison import EVERYTHING, Poison
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres

BEHIND = "behind an earlier event of its stream"
MOVED, LATER = 3, 5  # versions: the poisoned event, the last one behind it


@pytest.fixture(scope="module")
async def house(
    server: TestServer, embedded_broker: Broker, verifier: Verifier, token: Token
) -> AsyncIterator[House]:
    kafka = settings_of(embedded_broker)
    async with opened_house(server, kafka, verifier, token("service")) as made:
        yield made


@pytest.mark.parametrize("alone", [False, True], ids=["in a batch", "alone"])
@pytest.mark.parametrize("name", EVERYTHING)
async def test_poison_waits_with_its_stream_and_holds_up_nobody(
    name: str, alone: bool, house: House
) -> None:
    poison, noted = EVERYTHING[name], await house.garbled()
    victim, beside, far = in_partition(1), in_partition(1), in_partition(2)
    sent = await house.lives(victim, beside, far)
    [place] = [m.position for _, m in sent if m.sent and m.sent[1:3] == (victim, MOVED)]
    if alone:
        at = next(number for number, one in enumerate(sent) if one[1].position == place)
        await house.send(sent[:at], {})
        await house.reached(sent[:at])
        await house.send(sent[at : at + 1], {place: poison})
        await (_noted(house, noted) if poison.garbled else house.reached(sent[at : at + 1]))
        await house.send(sent[at + 1 :], {})
    else:
        await house.send(sent, {place: poison})
    await house.reached(sent)
    await _assert_took(house, poison, (victim, beside, far))
    again = await house.lives(in_partition(1), in_partition(2))
    await house.send(sent, {place: poison})
    await house.send(again, {})
    await house.reached(again)
    await _assert_took(house, poison, (victim, beside, far))
    assert await house.garbled() == noted + poison.garbled, "it is noted once"
    if not poison.skipped:
        assert await house.consumer.replay(victim) == 0, "the feed has it as it was"
        assert await house.waiting(victim) == []
        assert await house.rows(victim) == await house.truth(victim)


async def _noted(house: House, before: int) -> None:
    async def met() -> bool:
        return await house.garbled() > before

    await until(met)


async def _assert_took(house: House, poison: Poison, ids: tuple[UUID, UUID, UUID]) -> None:
    victim, *neighbours = ids
    assert await house.rows(*neighbours) == await house.truth(*neighbours)
    waiting, row = await house.waiting(victim), (await house.rows(victim))[victim]
    if poison.reason:
        assert [reason for _, reason in waiting] == [poison.reason, BEHIND, BEHIND]
        assert (row.territory, row.fen, row.version) == ("d/s1", 1, MOVED - 1)
    elif poison.skipped:
        assert waiting == []
        assert (row.territory, row.fen, row.version) == ("d/s1", 7, LATER)
    else:
        assert waiting == []
        assert row == (await house.truth(victim))[victim]


async def test_a_batch_that_the_machine_failed_comes_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply, failures = house.consumer.apply, [OSError(), OSError()]

    async def failing(stretches: Any) -> Any:
        if failures:
            raise failures.pop()
        return await apply(stretches)

    monkeypatch.setattr(house.consumer, "apply", failing)
    key = in_partition(0)
    with capture_logs() as logs:
        sent = await house.lives(key)
        await house.send(sent, {})
        await house.reached(sent)
    assert [one["event"] for one in logs].count("batch.failed") == 2
    assert await house.rows(key) == await house.truth(key)


async def test_streams_that_wait_cost_nothing_and_a_session_lasts(house: House) -> None:
    before = await _share()
    ids = [in_partition(number % PARTITIONS) for number in range(30)]
    sent = await house.lives(*ids)
    spoilt = {m.position: EVERYTHING["bad JSON"] for _, m in sent if m.sent and m.sent[2] == MOVED}
    await house.send(sent, spoilt)
    await house.reached(sent)
    assert all([len(await house.waiting(key)) == 3 for key in ids])
    with capture_logs() as logs:
        assert await _share() < before + 0.05
    assert logs == []


async def _share() -> float:
    """Of one core, what this process uses when nothing is asked of it."""
    began, used = time.monotonic(), time.process_time()
    await asyncio.sleep(2.5)
    return (time.process_time() - used) / (time.monotonic() - began)


class Taking(Subscriber):
    """Keeps what it is given."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.taken: list[bytes] = []

    async def take(self, records: Any) -> None:
        self.taken += [record.value for record in records]


async def test_the_librarys_own_parser_loses_a_batch_for_one_unreadable_header(
    house: House, embedded_broker: Broker, topic: str
) -> None:
    """When `theirs` gets what ours does, our parser may go."""
    kafka, theirs = settings_of(embedded_broker), list[bytes]()
    await topics.prepare(kafka, topic)
    for value in (b"1", b"2", b"bad", b"4", b"5"):
        headers = [("x", b"\xff" if value == b"bad" else b"good")]
        await house.producer.send_and_wait(topic, value, partition=0, headers=headers)
    plain = KafkaBroker(kafka.servers, logger=None, apply_types=False)

    async def take(bodies: list[bytes]) -> None:
        theirs.extend(bodies)

    plain.subscriber(
        topic, group_id="plain", batch=True, auto_offset_reset="earliest",
        ack_policy=AckPolicy.NACK_ON_ERROR, fetch_max_wait_ms=20,
    )(take)  # fmt: skip
    ours = Taking("reader", contracts.source(topic), kafka, [])

    async def met() -> bool:
        await house.producer.send_and_wait(topic, b"later", partition=0)
        return bool(theirs) and len(ours.taken) > 5

    async with plain, running(ours.run):
        await plain.start()
        await until(met)
    assert ours.taken[:5] == [b"1", b"2", b"bad", b"4", b"5"]
    assert set(theirs) == {b"later"}
