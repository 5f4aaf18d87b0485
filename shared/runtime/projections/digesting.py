"""What a read model holds as hashes, whatever the order of its rows and in however many parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import orjson

from shared.core.projection import TallyKey
from shared.runtime.projections.folding import Model
from shared.runtime.projections.origins import Mark, Origin
from shared.store import digests, parked, tables
from shared.store.digests import Sums
from shared.store.pool import Connection

HASH = 32


class Part(NamedTuple):
    """The hashes of some rows of a model, or of all, and what these rows are counted as; `parked`
    are the streams of which something could not be taken."""

    rows: bytes
    sums: Sums
    parked: frozenset[UUID] = frozenset()


class Line(NamedTuple):
    """What one table holds."""

    table: str
    rows: int
    sha256: str


async def standing(origin: Origin) -> Mark:
    """Where the live model stands."""
    async with origin.pool.acquire(timeout=10) as connection:
        return await origin.live(connection)


async def lived(origin: Origin) -> tuple[Mark, Part]:
    """The same, and what it holds there."""
    async with (
        origin.pool.acquire(timeout=10) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        mark = await origin.live(connection)
        waits = await parked.blocked(connection, origin.model.name, origin.source)
        return mark, await part(connection, origin.model, tables.LIVE, waits)


async def part(connection: Connection, model: Model, schema: str, waits: Iterable[UUID]) -> Part:
    """What the tables of this schema hold, in the caller's transaction."""
    tally = model.tally
    sums = {} if tally is None else await digests.sums(connection, tally, schema)
    return Part(await digests.rows(connection, model, schema), sums, frozenset(waits))


def lines(model: Model, parts: Sequence[Part]) -> list[Line]:
    """A line for the rows of all parts together, and one for the tally."""
    rows = (one.rows[at : at + HASH] for one in parts for at in range(0, len(one.rows), HASH))
    made = [_line(model.name, rows)]
    if model.tally is not None:
        summed = _together(one.sums for one in parts)
        texts = (orjson.dumps([*key, *line]) for key, line in summed.items())
        made.append(_line(model.tally.name, (sha256(text).digest() for text in texts)))
    return made


def whole(found: Iterable[tuple[str, Line]]) -> str:
    """One hash over the lines of all services, whatever their order."""
    told = sorted(orjson.dumps((service, *line)) for service, line in found)
    return sha256(b"\n".join(told)).hexdigest()


def _line(table: str, hashes: Iterable[bytes]) -> Line:
    ordered = sorted(hashes)
    return Line(table, len(ordered), sha256(b"".join(ordered)).hexdigest())


def _together(parts: Iterable[Sums]) -> Sums:
    """The sums of all parts; a key whose sums are all 0 is left out, as it has no row."""
    summed: defaultdict[TallyKey, Sequence[int]] = defaultdict(tuple)
    for sums in parts:
        for key, line in sums.items():
            before = summed[key] or [0] * len(line)
            summed[key] = [one + other for one, other in zip(before, line, strict=True)]
    return {key: line for key, line in summed.items() if any(line)}
