"""Hours at a steady load: memory, connections and tasks stay as they are, and nothing lags behind.

LINLI_SOAK_MINUTES says how long; the slope of the memory is judged from ten minutes on. On Apache
Kafka: the embedded broker keeps everything in memory, and is the slower the more that is.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from itertools import count
from random import Random

import httpx
import pytest

from tests.faults.clerks import UNIT, Request
from tests.faults.flow import reached
from tests.faults.gauges import Gauges, Reading
from tests.faults.house import DISTRICT, House
from tests.faults.lines import Lines

MINUTES = float(os.environ.get("LINLI_SOAK_MINUTES", "0.5"))
WARM_SHARE = 0.25
EVENTS_A_SECOND = 200
SAMPLES = 60
SLOPE_FROM_MINUTES = 10.0
SLOPE_MIB_A_MINUTE = 0.5
SPARE_CONNECTIONS = 2
SPARE_TASKS = 4
REST_SECONDS = 12.0
COUNTED_EVERY = 5.0  # seconds between two counts of tasks
LAG_EVENTS = EVENTS_A_SECOND * 5

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.faults,
    pytest.mark.kafka,
    pytest.mark.timeout(MINUTES * 60 + 300),
]


async def test_a_steady_load_leaves_everything_as_it_is(house_on_kafka: House) -> None:
    house = house_on_kafka
    readings: list[Reading] = []
    stop, positions = asyncio.Event(), [0]
    lines = Lines(house, house.token("clerk-1", ["dispatcher"]))
    async with (
        aclosing(lines),
        httpx.AsyncClient(timeout=30) as client,
        asyncio.TaskGroup() as group,
    ):
        gauges = Gauges(house)
        before = await _tasks_at_rest(gauges, client)
        loading = group.create_task(_load(lines, DISTRICT, positions, stop))
        await asyncio.sleep(MINUTES * 60 * WARM_SHARE)
        for _ in range(SAMPLES):
            await asyncio.sleep(MINUTES * 60 * (1 - WARM_SHARE) / SAMPLES)
            readings.append(await gauges.read(client))
            assert positions[0] - await reached(house) < LAG_EVENTS, "the dashboard lags behind"
        asked = positions[0]
        stop.set()
        await loading
        after = await _tasks_at_rest(gauges, client)
    assert asked > EVENTS_A_SECOND * MINUTES * 60 * 0.9, "the load was not what was meant"
    _judge(readings)
    print(f"tasks at rest: {before}, then {after}")
    assert min(after) <= max(before) + SPARE_TASKS


async def _tasks_at_rest(gauges: Gauges, client: httpx.AsyncClient) -> list[int]:
    """Counted three times: a loop that waits has one more task than the same loop at work."""
    await asyncio.sleep(REST_SECONDS - COUNTED_EVERY)
    counted = []
    for _ in range(3):
        await asyncio.sleep(COUNTED_EVERY)
        counted.append((await gauges.read(client)).tasks)
    return counted


async def _load(lines: Lines, territory: str, positions: list[int], stop: asyncio.Event) -> None:
    """Cases of three commands each, begun at an even pace."""
    clock = asyncio.get_running_loop().time
    began, chance = clock(), Random(1)
    async with asyncio.TaskGroup() as group:
        for number in count(1):
            if stop.is_set():
                return
            group.create_task(_case(lines, territory, positions, chance.randrange(10_000)))
            await asyncio.sleep(max(0.0, began + number * 3 / EVENTS_A_SECOND - clock()))


async def _case(lines: Lines, territory: str, positions: list[int], lamp: int) -> None:
    words = {"subject": "路灯不亮", "details": f"第{lamp}盏路灯不亮。", "name": "某某"}
    told = await lines.told(Request("/cases", {"territory": territory, **words}))
    path = f"/cases/{told['id']}"
    told = await lines.told(Request(f"{path}/accept", {}, told["version"]))
    told = await lines.told(Request(f"{path}/dispatch", {"unit": UNIT}, told["version"]))
    positions[0] = max(positions[0], told["position"])


def _judge(readings: list[Reading]) -> None:
    half = len(readings) // 2
    early, late = readings[:half], readings[half:]
    for name in readings[0].mib:
        slope = _slope([(one.minute, one.mib[name]) for one in readings])
        print(f"{name}: {slope:+.3f} MiB a minute, {late[-1].mib[name]:.0f} MiB at last")
        if MINUTES >= SLOPE_FROM_MINUTES:
            assert slope <= SLOPE_MIB_A_MINUTE, f"{name} grows by {slope:.2f} MiB a minute"
    early_most, late_most = (max(one.connections for one in part) for part in (early, late))
    print(f"connections: {early_most}, then {late_most}")
    assert late_most <= early_most + SPARE_CONNECTIONS


def _slope(points: list[tuple[float, float]]) -> float:
    """Of the straight line that fits best."""
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum(
        (x - mean_x) ** 2 for x, _ in points
    )
