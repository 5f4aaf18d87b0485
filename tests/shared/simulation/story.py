"""One seed's story: a storm, the calm after it, and then fair weather."""

from __future__ import annotations

import asyncio

from tests.shared.simulation import storm
from tests.shared.simulation.clock import Restless, VirtualLoop
from tests.shared.simulation.witness import Broken
from tests.shared.simulation.world import World

PATIENCE = 60.0
# Seconds by which all have ended that were asked to, run again, and know the broker as it is now.
NEWS = 6


async def tell(world: World) -> None:
    """Raises AssertionError, or whatever broke."""
    over = asyncio.Event()
    writing = asyncio.create_task(_write(world, over))
    for process in world.processes:
        process.start()
    await storm.rage(world)
    over.set()
    await writing
    storm.end(world)
    world.diary.note(event="calm", head=world.log.head)
    await _settle(world)
    world.diary.note(event="settled")
    for _ in range(NEWS):
        world.keep_running()
        await asyncio.sleep(1.0)
    asked = world.feed.asked
    for _ in range(8):
        await world.log.append()
        await asyncio.sleep(world.weather.random.uniform(0.0, 2.0))
    await _settle(world)
    assert world.feed.asked == asked, "in fair weather everything comes by the topic alone"


async def _write(world: World, over: asyncio.Event) -> None:
    while not over.is_set():
        await asyncio.sleep(world.weather.random.expovariate(2.0))
        await world.log.append()


async def _settle(world: World) -> None:
    """Everything is in step within PATIENCE seconds, and as it should be."""
    clock = asyncio.get_running_loop().time
    end = clock() + PATIENCE
    while behind := world.behind():
        world.keep_running()
        assert clock() < end, behind
        await asyncio.sleep(0.2)
    world.check()
    assert world.wrong() == []


def run(seed: int) -> World:
    """The whole story of this seed; the same seed is the same story.

    Raises AssertionError with what broke, what happened before it, and how to see it again.
    """
    loop, world = VirtualLoop(), World(seed)
    loop.set_exception_handler(world.surprised)
    try:
        with world.in_place(), world.diary.kept():
            try:
                loop.run_until_complete(tell(world))
            finally:
                loop.run_until_complete(_end(loop))
    except (Exception, Broken, Restless) as fault:
        what = f"seed {seed}: {type(fault).__name__}: {fault}"
        again = f"LINLI_SIMULATION_SEED={seed} pytest tests/shared/test_simulation.py"
        raise AssertionError(f"{what}\n{world.diary.last(30)}\n{again}") from fault
    finally:
        loop.close()
    return world


async def _end(loop: asyncio.AbstractEventLoop) -> None:
    others = asyncio.all_tasks(loop) - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
