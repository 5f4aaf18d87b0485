"""Two relays of one log: one leads, the other can only repeat what was sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from shared.runtime.following.consuming import Consumer
from shared.runtime.publishing import outbox, relay
from shared.runtime.publishing.outbox import Outgoing
from shared.runtime.publishing.producing import Producer
from shared.store import leader
from shared.store.pool import Connection, Pool
from tests.shared.toy.carried import assert_chained, outgoing
from tests.shared.toy.followed import assert_follows
from tests.shared.toy.pasts import record_at_random
from tests.shared.toy.relaying import Relaying
from tests.shared.toy.waiting import running, until

pytestmark = pytest.mark.postgres

# The broker has no part in it: one will do.
on_one_broker = pytest.mark.parametrize("broker", ["embedded"], indirect=True)


@on_one_broker
async def test_of_two_relays_one_leads_and_the_other_follows_when_it_goes(
    connection: Connection, relaying: Relaying
) -> None:
    await record_at_random(connection, seed=2, events=50)
    with capture_logs() as logs:
        async with running(relaying.relay().run):
            async with running(relaying.relay().run):
                await relaying.published()
                await record_at_random(connection, seed=3, events=50)
                await relaying.published()
                await asyncio.sleep(2.5 * relay.PAUSE)
                assert [one["event"] for one in logs].count("relay.leads") == 1
            await record_at_random(connection, seed=4, events=50)
            await relaying.published()
        async with running(relaying.relay().run):
            await record_at_random(connection, seed=5, events=50)
            await relaying.published()
    assert "relay.interrupted" not in {one["event"] for one in logs}
    assert_chained(await relaying.sent(), await outgoing(relaying.pool, relaying.publication))


async def test_a_leader_that_stands_still_can_only_repeat_itself_when_it_wakes(
    connection: Connection,
    relaying: Relaying,
    consumer: Consumer,
    reading: Pool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(outbox, "PAGE", 20)
    monkeypatch.setattr(leader, "LEASE", timedelta(seconds=1.5))
    asleep, woken, made = asyncio.Event(), asyncio.Event(), list[Producer]()

    class Sleeping(Producer):
        """The first one made stands still before its third page."""

        async def open(self) -> None:
            made.append(self)
            self.sent = 0
            await super().open()

        async def send(self, messages: Sequence[Outgoing]) -> None:
            self.sent += 1
            if self is made[0] and self.sent == 3:
                asleep.set()
                await woken.wait()
            await super().send(messages)

    monkeypatch.setattr(relay, "Producer", Sleeping)
    await record_at_random(connection, seed=6, events=200)
    with capture_logs() as logs:
        async with running(relaying.relay().run):
            await asyncio.wait_for(asleep.wait(), 20)
            async with running(relaying.relay().run):
                await relaying.published()
                before = await relaying.sent()
                woken.set()

                async def refused() -> bool:
                    return "NotLeader" in {one.get("fault") for one in logs}

                await until(refused)
                await record_at_random(connection, seed=7, events=50)
                await relaying.published()
    sent = await relaying.sent()
    stale = [message.position for _, message in sent if message.sent]
    assert len(stale) > len(set(stale)) == 250
    assert len(before) < len(sent)
    await relaying.into(consumer)
    await assert_follows(reading, relaying.pool)
