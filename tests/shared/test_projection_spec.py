"""The projection spec on the purses: it holds for a good read model, and fails for bad ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from shared.core import chain
from shared.core.chain import Gap, Place, Stretch
from shared.core.envelope import Recorded
from shared.runtime.following.follower import Follower
from shared.runtime.projections.applying import Entry
from shared.runtime.projections.rebuilding import Different
from shared.store.pool import Connection, Pool
from shared.testkit import deliveries
from shared.testkit.contents import Model, folded
from shared.testkit.deliveries import KeptFeed, Topic, published
from shared.testkit.projections import Told, follows, history, holds
from tests.shared.toy.asking import LOG, NOON
from tests.shared.toy.contracts import publication, source
from tests.shared.toy.decider import purse
from tests.shared.toy.events import PurseClosed, PurseMoved
from tests.shared.toy.pasts import opened, put, record_at_random
from tests.shared.toy.purses import PurseRow, fold, purses

TOPIC = "linli.purses.v1"
ONE, TWO = UUID(int=1), UUID(int=2)
told = Told(purses)


async def told_by(connection: Connection) -> Topic:
    """What the purses have told others, as one who knows all their events reads it."""
    topic = await published(connection, publication(TOPIC))
    return replace(topic, source=source(TOPIC, purse.events))


def test_events_in_rows_out() -> None:
    told().rows()
    told(*history(LOG, (ONE, [opened(), put(5)]), (TWO, [opened("d/s2")]), (ONE, [put(2)]))).rows(
        PurseRow(TWO, "somebody", "d/s2", 0, 1, NOON, None),
        PurseRow(ONE, "somebody", "d/s1", 7, 3, NOON, False),
    )


def test_events_in_sums_out() -> None:
    past = history(LOG, (ONE, [opened(), put(5)]), (TWO, [opened(), put(1)]))
    told(*past).counts({("d/s1",): {"purses": 2, "fen": 6}})
    more = [PurseMoved(at=NOON, territory="d/s2"), PurseClosed(at=NOON)]
    told(*history(LOG, (ONE, [opened(), put(5), *more]))).counts({})


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(3))
async def test_purses_hold(connection: Connection, pool: Pool, seed: int) -> None:
    await record_at_random(connection, seed, events=120)
    await holds(pool, purses, LOG, purse.events, seed)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(3))
async def test_purses_follow(connection: Connection, pool: Pool, seed: int) -> None:
    await record_at_random(connection, seed, events=60)
    await follows(pool, purses, await told_by(connection), seed)


@pytest.fixture
def quiet() -> Iterator[None]:
    """Thousands of gaps are not told one by one."""
    with capture_logs():
        yield


class Remembered(Follower):
    """A reader whose rows and cursors are in memory."""

    def __init__(self, topic: Topic, feed: KeptFeed) -> None:
        super().__init__(Any, "remembered", topic.source, feed, topic.partitions)  # type: ignore[arg-type]
        self.places: dict[int, Place] = {}
        self.taken: list[Recorded[Any]] = []

    async def prepare(self) -> None:
        """Nothing is kept."""

    async def apply(self, stretches: Sequence[Stretch[Entry]]) -> list[Gap]:
        """Remember what is due."""
        due = chain.due(self.places, stretches)
        self.taken += due.events  # type: ignore[arg-type]
        self.places |= due.places
        return due.gaps

    async def go_back(self, *_: object) -> None:
        """The log stays in one epoch."""


@pytest.mark.postgres
@pytest.mark.usefixtures("quiet")
async def test_a_thousand_bad_days_lead_where_a_good_one_does(connection: Connection) -> None:
    await record_at_random(connection, seed=7, events=60)
    topic = await told_by(connection)
    expected = folded(purses, topic.history())
    for seed in range(1_000):
        random = Random(seed)
        reader = Remembered(topic, KeptFeed(topic, random, trouble=0.2))
        for batch in deliveries.bad_days(topic, random):
            await deliveries.insist(partial(reader.take, batch))
        assert len(reader.taken) == len(topic.sent), f"seed {seed}"
        assert folded(purses, reader.taken) == expected, f"seed {seed}"
        assert {place.position for place in reader.places.values()} == {topic.head}, f"seed {seed}"


def counting() -> Model:
    """Its rows say how often anything was folded."""
    calls = count()
    return replace(purses, fold=lambda row, one: (
        (made := fold(row, one)) and replace(made, version=next(calls))
    ))  # fmt: skip


def of_the_stream_before() -> Model:
    """What it makes of an event depends on the event before it, whatever stream that was of."""
    seen = [""]

    def swayed(row: PurseRow | None, one: Recorded[Any]) -> PurseRow | None:
        owner, seen[0] = seen[0], str(one.stream_id)
        made = fold(row, one)
        return made and replace(made, owner=owner)

    return replace(purses, fold=swayed)


def a_tally_that_drifts() -> Model:
    """Its row counts for something else each time it is asked."""
    assert purses.tally is not None
    calls = count(1)
    drifting = replace(purses.tally, count=lambda row: {(row.territory,): {"fen": next(calls)}})
    return replace(purses, tally=drifting)


@pytest.mark.postgres
@pytest.mark.parametrize("bad", [counting, of_the_stream_before, a_tally_that_drifts])
async def test_a_bad_read_model_does_not_hold(
    connection: Connection, pool: Pool, bad: Callable[[], Model]
) -> None:
    await record_at_random(connection, seed=1, events=40)
    with pytest.raises((AssertionError, Different)):
        await holds(pool, bad(), LOG, purse.events)
    topic = await told_by(connection)
    with pytest.raises(AssertionError):
        await follows(pool, bad(), topic)
