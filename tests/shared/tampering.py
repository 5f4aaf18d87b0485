"""What whoever holds the database can do to a log that was sealed, and how it is looked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import uuid4

from shared.core.canonical import GENESIS, Facts, digest, link
from shared.ops.settings import Seals
from shared.runtime.seals.places import trusted
from shared.runtime.seals.proving import ended
from shared.store import epochs
from shared.store.against_seals import AgainstSeals
from shared.store.pool import Connection
from shared.store.seal_folder import SealFolder
from shared.store.verify import Broken, verify
from tests.shared.toy.asking import LOG

FACTS = """log, stream_id, version, type, schema_version, territory, actor, command_id,
    correlation_id, causation_id, origin, occurred_at, payload"""
AT = f"select {FACTS}, position, recorded_at, hash from event where log = $1 and position = $2"
LATER = f"""select {FACTS}, position, recorded_at, hash from event
    where stream_id = $1 and version >= $2 order by version"""
BEFORE = "select hash from event where stream_id = $1 and version = $2"
REWRITE = """
update event e set payload = n.payload, digest = n.digest, hash = n.hash
from unnest($1::bigint[], $2::bytea[], $3::bytea[], $4::bytea[]) n(position, payload, digest, hash)
where e.position = n.position
"""
INSERT = f"""
insert into event ({FACTS}, position, recorded_at, digest, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""
STEP = 10_000


@dataclass(frozen=True)
class Scene:
    """A sealed log, a connection that may do anything to it, and chance."""

    owner: Connection
    folder: SealFolder
    known: Seals
    head: int
    random: Random

    def anywhere(self) -> int:
        """A position."""
        return self.random.randint(1, self.head)

    async def found(self, first: int) -> Broken | None:
        """What a check says that begins at the last whole STEP before `first`: what lies before is
        as it was, and a check goes from the first event on."""
        start = (first - 1) // STEP * STEP
        with ExitStack() as held:
            tree = held.enter_context(self.folder.tree())
            begun = tree.frontier_at(start)
            against = AgainstSeals(self.folder, trusted(self.known), begun)
            held.enter_context(against)
            async for page in verify(self.owner, LOG, start):
                found = against.take(page.hashes)
                if found or page.broken:
                    return found or (page.broken and against.earliest(page.broken))
            return await ended(self.owner, against, await epochs.begin(self.owner, LOG))


Deed = Callable[[Scene], Awaitable[int]]


@asynccontextmanager
async def undone(owner: Connection) -> AsyncIterator[None]:
    """What is done within is rolled back."""
    transaction = owner.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


def touch(change: str) -> Deed:
    """One event is changed; `$2` is a number from 1 to 255."""

    async def deed(scene: Scene) -> int:
        at = scene.anywhere()
        number = scene.random.randint(1, 255)
        statement = f"update event set {change.replace('$2', str(number))} where position = $1"
        assert await scene.owner.execute(statement, at) == "UPDATE 1"
        return at

    return deed


async def delete(scene: Scene) -> int:
    """One event is gone."""
    at = scene.anywhere()
    await scene.owner.execute("delete from event where position = $1", at)
    return at


async def swap(scene: Scene) -> int:
    """Two events change places."""
    one, other = sorted(scene.random.sample(range(1, scene.head + 1), 2))
    for before, after in ((one, -1), (other, one), (-1, other)):
        await scene.owner.execute(
            "update event set position = $2 where position = $1", before, after
        )
    return one


async def insert(scene: Scene) -> int:
    """An event that never was, in itself without fault, pushes all that follow by one."""
    at = scene.random.randint(max(1, scene.head - 2_000), scene.head)
    [beside] = await scene.owner.fetch(AT, LOG, at)
    for sign in (-1, 1):
        span = "position >= $1" if sign < 0 else "position < 0"
        shift = f"update event set position = -position + {1 if sign > 0 else 0} where {span}"
        await scene.owner.execute(shift, *([at] if sign < 0 else []))
    facts = Facts(*beside[:13])._replace(stream_id=uuid4(), version=1)
    own = digest(facts)
    place = at, beside["recorded_at"]
    await scene.owner.execute(INSERT, *facts, *place, own, link(GENESIS, own, *place))
    return at


async def truncate(scene: Scene) -> int:
    """The last events are gone."""
    last = scene.random.randint(max(0, scene.head - 5_000), scene.head - 1)
    await scene.owner.execute("delete from event where position > $1", last)
    return last + 1


async def rewrite(scene: Scene) -> int:
    """An event is changed, and every hash after it in its stream made anew."""
    at = scene.anywhere()
    await rewrite_at(scene.owner, at)
    return at


async def rewrite_at(owner: Connection, at: int) -> None:
    """The event at this position is changed as nobody could tell by its stream alone."""
    [row] = await owner.fetch(AT, LOG, at)
    previous = await owner.fetchval(BEFORE, row["stream_id"], row["version"] - 1) or GENESIS
    changed: list[tuple[Any, ...]] = []
    for later in await owner.fetch(LATER, row["stream_id"], row["version"]):
        facts = Facts(*later[:13])
        if not changed:
            facts = facts._replace(payload=facts.payload + b" ")
        own = digest(facts)
        previous = link(previous, own, later["position"], later["recorded_at"])
        changed.append((later["position"], facts.payload, own, previous))
    await owner.execute(REWRITE, *(list(column) for column in zip(*changed, strict=True)))


async def restore(scene: Scene) -> int:
    """Last night's copy of the whole database, in which nobody remembers today."""
    first = await truncate(scene)
    for statement in (
        "delete from command where first_position >= $1",
        "update seal set size = 0 where $1 > 0",
        "delete from checked where $1 > 0",
    ):
        await scene.owner.execute(statement, first)
    return first


DEEDS: dict[str, Deed] = {
    "a byte of a payload": touch(
        "payload = set_byte(payload, $2 % octet_length(payload),"
        " get_byte(payload, $2 % octet_length(payload)) # $2)"
    ),
    "an actor": touch("actor = actor || chr(96 + $2 % 26)"),
    "a time": touch("occurred_at = occurred_at + $2 * interval '1 us'"),
    "when it was recorded": touch("recorded_at = recorded_at - $2 * interval '1 us'"),
    "a type": touch("type = type || '-too'"),
    "a deletion": delete,
    "a swap": swap,
    "an insertion": insert,
    "a tail cut off": truncate,
    "a stream written anew": rewrite,
    "last night's copy": restore,
}
