"""What the key stores of this machine are wrapped by, for `linli keys`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from deploy.cli.opened import installed
from deploy.cli.progress import progress
from shared.ops.settings import KernelSettings
from shared.store.masters import mark, ring
from shared.store.pool import Connection, connect
from shared.store.rewrapping import Generation, generations, rewrap


@dataclass(frozen=True)
class Wrapped:
    """The master keys that the key store of a service has had, the present one last."""

    service: str
    generations: Sequence[Generation]

    def is_whole(self, master: bytes) -> bool:
        """Whether this master wraps everything here."""
        present = self.generations[-1:]
        return any(one.mark == mark(master) and one.whole_at is not None for one in present)


class Found(NamedTuple):
    """The master keys that are there, the present one first, and the stores that they open."""

    masters: Sequence[bytes]
    stores: Sequence[Wrapped]

    @property
    def late(self) -> list[str]:
        """The services whose keys the present one does not wrap, or not all of them."""
        return [one.service for one in self.stores if not one.is_whole(self.masters[0])]

    def told(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "masters": [mark(one).hex() for one in self.masters],
            "removable": len(self.masters) > 1 and not self.late,
            "stores": {
                store.service: [_told(one) for one in store.generations] for store in self.stores
            },
        }


async def read() -> Found:
    """Open every key store. Raises WrongMaster."""
    masters, stores = KernelSettings().masters(), []
    async for service, connection in _each():
        await ring(connection, masters)
        stores.append(Wrapped(service, await generations(connection)))
    return Found(masters, stores)


async def rewrap_all(*, quiet: bool) -> int:
    """Let the first master key wrap everything; how many keys it had not. Raises WrongMaster."""
    masters, moved = KernelSettings().masters(), 0
    async for service, connection in _each():
        with progress(f"wrapping keys of {service}", None, quiet=quiet) as tell:
            moved += await rewrap(connection, masters, tell)
    return moved


async def _each() -> AsyncIterator[tuple[str, Connection]]:
    stores = [(one.name, kept.keys) for one in installed() for kept in one.kept if kept.keys]
    for name, dsn in stores:
        connection = await connect(dsn())
        try:
            yield name, connection
        finally:
            await connection.close()


def _told(one: Generation) -> dict[str, object]:
    known = one.mark.hex() if one.mark else None
    whole = one.whole_at is not None
    return {"generation": one.number, "mark": known, "keys": one.keys, "whole": whole}
