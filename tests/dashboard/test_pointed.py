"""Points as the dashboard has them: by month and place, and who took part."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.dashboard.projections.given_points import given_points
from services.dashboard.projections.used_points import used_points
from services.dashboard.service import Dashboard
from shared.contracts.points import (
    POINTS,
    HonourGranted,
    HonourWithdrawn,
    PointsEarned,
    PointsExpired,
    PointsRedeemed,
    PointsReversed,
    RedemptionFulfilled,
)
from shared.contracts.sent import Sent
from shared.core.messages import Event
from shared.runtime.following import arriving
from shared.runtime.following.consuming import Consumer
from shared.runtime.following.feed_client import FeedClient, Piece
from shared.testkit.projections import Told, history
from tests.dashboard.conftest import NOWHERE
from tests.dashboard.told import PARTITIONS

# 00:30 on 1 May in Beijing, still April in UTC.
AT = datetime(2026, 4, 30, 16, 30, tzinfo=UTC)
ANN, BEN, CAI = UUID(int=1), UUID(int=2), UUID(int=3)


def earned(points: int = 10, place: str = "d/s1/c1", day: str = "2026-05-01") -> PointsEarned:
    return PointsEarned(at=AT, reason="activity", day=day, points=points, territory=place)


def handed_over(place: str) -> RedemptionFulfilled:
    return RedemptionFulfilled(
        at=AT, territory=place, shop=UUID(int=8), item=UUID(int=9), quantity=2, points=8
    )


def honour(place: str) -> HonourGranted:
    return HonourGranted(at=AT, code="best", kind="community", holder=place, territory=place)


def test_points_that_are_taken_back_leave_the_month_of_their_deed_and_stay_in_sight() -> None:
    events = [earned(), earned(7), PointsReversed(at=AT, lot=1, points=10)]
    then = Told(given_points)(*history("points", (ANN, events)))
    then.counts(
        {("2026-05", "d/s1/c1"): {"deeds": 1, "points": 7, "reversed": 1, "taken_back": 10}}
    )


def test_what_ended_belongs_to_the_month_of_its_last_day() -> None:
    events = [PointsExpired(at=AT, day="2026-04-30", points=4), PointsRedeemed(at=AT, points=3)]
    then = Told(used_points)(*history("points", (ANN, events)))
    sums = then.held.sums
    assert {key[0]: {one: n for one, n in sums[key].items() if n} for key in sums} == {
        "2026-04": {"expired": 4}, "2026-05": {"redeemed": 3},
    }  # fmt: skip


async def _reach(service: Dashboard, *told: tuple[UUID, Event]) -> None:
    """The topic tells this, all of it at homes in `d/s1/c1`."""
    versions: dict[UUID, int] = {}
    sent = []
    for number, (stream, event) in enumerate(told, start=1):
        versions[stream] = versions.get(stream, 0) + 1
        sent.append(
            Sent(
                position=number, stream_id=stream, version=versions[stream], type=event.type,
                schema_version=1, territory="d/s1/c1", actor="clerk-1",
                command_id=UUID(int=number), correlation_id=UUID(int=number), causation_id=None,
                origin="live", occurred_at=event.at, recorded_at=event.at,
                payload=POINTS.events.encode(event),
            )
        )  # fmt: skip
    feed = FeedClient(NOWHERE, lambda: "")
    for model in (given_points, used_points):
        consumer = Consumer(service.pool, model, POINTS, feed, PARTITIONS)
        await consumer.prepare()
        await consumer.take(arriving.of_whole(POINTS, PARTITIONS, 0, Piece(sent, len(sent))))
    await feed.aclose()
    await service.map.read()


@pytest.mark.postgres
@pytest.mark.anyio
async def test_the_tiles_of_a_month_are_those_of_its_parts_together(service: Dashboard) -> None:
    await _reach(
        service,
        (ANN, earned(10)),
        (BEN, earned(20, "d/s2")),
        (ANN, PointsRedeemed(at=AT, points=8)),
        (UUID(int=50), handed_over("d/s2")),
        (UUID(int=60), honour("d/s2")),
        (UUID(int=61), honour("d/s1")),
        (UUID(int=61), HonourWithdrawn(**honour("d/s1").model_dump(exclude={"type"}))),
    )
    shown = await service.points.month("d", "2026-05")
    whole = shown.months.whole
    assert (whole.deeds, whole.points, whole.redeemed, whole.handed_over) == (2, 30, 8, 1)
    assert (whole.granted, whole.honours) == (2, 1)
    parts = shown.months.parts
    assert {code: (one.points, one.redeemed, one.honours) for code, one in parts.items()} == {
        "d/s1": (10, 8, 0), "d/s2": (20, 0, 1), "d/s3": (0, 0, 0),
    }  # fmt: skip
    assert (await service.points.month("d", "2026-06")).months.whole.honours == 1, "still held"
    assert shown.watermark.position == 7


@pytest.mark.postgres
@pytest.mark.anyio
async def test_who_takes_part_counts_once_and_for_the_first_time_once(service: Dashboard) -> None:
    await _reach(
        service,
        (ANN, earned(day="2026-04-02")),
        (ANN, earned()),
        (ANN, earned(place="d/s2")),
        (BEN, earned()),
        (CAI, earned(day="2026-04-02")),
        (CAI, PointsReversed(at=AT, lot=1, points=10)),
        (CAI, earned(place="d/s2")),
    )
    months = (await service.points.month("d", "2026-05")).months
    assert (months.whole.active, months.whole.first_time, months.whole.known) == (3, 2, 3)
    assert months.whole.per_mille == 1000
    assert {code: (one.active, one.first_time) for code, one in months.parts.items()} == {
        "d/s1": (2, 1), "d/s2": (2, 1), "d/s3": (0, 0),
    }  # fmt: skip
    april = (await service.points.month("d", "2026-04")).months.whole
    assert (april.active, april.first_time, april.known) == (1, 1, 1), "Cai's was taken back"
