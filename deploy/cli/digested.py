"""The read models of a service as hashes: as they stand, or built anew, by one process or more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import NamedTuple

from deploy.cli.opened import named
from shared.ops import logging
from shared.runtime.hosting import Hosted
from shared.runtime.projections import digesting
from shared.runtime.projections.digesting import Line, Part
from shared.runtime.projections.origins import Mark
from shared.runtime.projections.replaying import How, replayed

# By the name of the read model.
Marks = dict[str, Mark]
Share = dict[str, Part]


class Asked(NamedTuple):
    """How to replay and in how many processes; live is what stands, not replayed."""

    page: int
    processes: int
    seed: int | None
    live: bool


class Found(NamedTuple):
    """A table of a service: what it holds, with the events up to `at` by partition in it, but for
    what came last on so many streams, which are parked."""

    service: str
    line: Line
    at: Mapping[int, int]
    parked: int


@contextmanager
def helping(processes: int) -> Iterator[Executor | None]:
    """That many processes to share the work; None where this one does it alone."""
    if processes == 1:
        yield None
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as helpers:
        yield helpers


async def held(hosted: Hosted, asked: Asked, helpers: Executor | None) -> list[Found]:
    """What the tables of this service hold, or come to when they are built anew."""
    async with hosted.subscriptions() as opened:
        models = {name: await opened.models[name].origin() for name in sorted(opened.models)}
        if asked.live:
            lived = {name: await digesting.lived(models[name]) for name in models}
            marks = {name: mark for name, (mark, _) in lived.items()}
            shares = [{name: part for name, (_, part) in lived.items()}]
        else:
            marks = {name: await digesting.standing(models[name]) for name in models}
            shares = await _replayed(hosted.name, marks, asked, helpers)
    found: list[Found] = []
    for name, origin in models.items():
        parts = [share[name] for share in shares]
        parked = len({stream_id for part in parts for stream_id in part.parked})
        for line in digesting.lines(origin.model, parts):
            found.append(Found(hosted.name, line, marks[name], parked))
    return found


async def _replayed(
    service: str, until: Marks, asked: Asked, helpers: Executor | None
) -> list[Share]:
    hows = [
        How(asked.page, asked.seed, (number, asked.processes)) for number in range(asked.processes)
    ]
    if helpers is None:
        return [await _share(service, until, how) for how in hows]
    loop = asyncio.get_running_loop()
    return await asyncio.gather(
        *(loop.run_in_executor(helpers, _helped, service, until, how) for how in hows)
    )


def _helped(service: str, until: Marks, how: How) -> Share:
    """The work of one of several processes; they have the settings of the first."""
    logging.configure("warning")
    return asyncio.run(_share(service, until, how))


async def _share(service: str, until: Marks, how: How) -> Share:
    async with named(service).subscriptions() as found:
        return {
            name: await replayed(await found.models[name].origin(), until[name], how)
            for name in until
        }
