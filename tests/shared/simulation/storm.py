"""What goes wrong beside single calls: everything here is over when the storm is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.shared.simulation.process import Process
from tests.shared.simulation.world import World

SECONDS = 25.0
Fault = Callable[[World], None]


def kill(world: World) -> None:
    """A process dies where it stands, and is started again."""
    victim = _any(world)
    victim.kill()
    _later(world, 4.0, victim.start_again)


def retire(world: World) -> None:
    """A process is asked to end, and is started again."""
    victim = _any(world)
    victim.retire()
    _later(world, 6.0, victim.start_again)


def halt(world: World) -> None:
    """A process stands still, perhaps for longer than a lease, and goes on."""
    victim = _any(world)
    victim.halt()
    _later(world, 12.0, victim.wake)


def lose_tails(world: World) -> None:
    """The broker loses the last records of its partitions."""
    for number in range(world.log.partitions):
        world.broker.lose_tail(number, world.weather.random.randrange(12))


def expire(world: World) -> None:
    """The broker forgets its oldest records."""
    for number in range(world.log.partitions):
        world.broker.expire(number, world.weather.random.randrange(60))


def wipe(world: World) -> None:
    """The broker loses everything."""
    world.broker.wipe()


def rewind(world: World) -> None:
    """Readers begin again at older offsets."""
    world.broker.rewind(world.weather.random.randrange(40))


def silence(world: World) -> None:
    """A machine cannot be reached for a while."""
    silent: Any = world.weather.random.choice([world.broker, world.feed, world.home, world.away])
    silent.is_down = True
    _later(world, 6.0, lambda: setattr(silent, "is_down", False))


def crash(world: World) -> None:
    """A database dies and comes back."""
    world.weather.random.choice([world.home, world.away]).crash()


FAULTS: tuple[Fault, ...] = (
    kill, retire, halt, lose_tails, expire, wipe, rewind, silence, crash,
)  # fmt: skip


async def rage(world: World) -> None:
    """The storm: some kinds of faults, more or less often, several at once."""
    random, clock = world.weather.random, asyncio.get_running_loop().time
    kinds = random.sample(FAULTS, k=random.randrange(2, len(FAULTS) + 1))
    pause = random.choice((1.0, 3.0, 8.0))
    world.weather.bad = random.choice((0.002, 0.01, 0.05))
    end = clock() + SECONDS
    while clock() < end:
        await asyncio.sleep(random.expovariate(1 / pause))
        for fault in random.sample(kinds, k=random.randrange(1, 3)):
            world.diary.note(event=fault.__name__)
            fault(world)
        world.check()


def end(world: World) -> None:
    """Everybody is there, and nothing fails any more."""
    world.weather.bad = 0.0
    for machine in (world.broker, world.feed, world.home, world.away):
        machine.is_down = False
    for process in world.processes:
        process.wake()
    world.keep_running()


def _any(world: World) -> Process:
    return world.weather.random.choice(world.processes)


def _later(world: World, most: float, what: Callable[[], None]) -> None:
    delay = world.weather.random.uniform(0.0, most)
    asyncio.get_running_loop().call_later(delay, what)
