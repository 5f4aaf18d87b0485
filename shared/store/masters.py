"""Master keys of a key store: a generation each, the newest wraps. What is derived from a master
key is derived from the root instead, which stays the same through all generations.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.ops.settings import Misconfigured
from shared.store.pool import Connection

KNOWN = "select generation, mark, root, made_at, whole_at from master_key order by generation"
BEGIN = """
insert into master_key (generation, mark, root, whole_at) values (1, $1, $2, now())
on conflict do nothing
"""
ANY_KEY = "select subject, wrapped from subject_key where wrapped is not null limit 1"
ADOPT = "update master_key set mark = $1, root = $2 where generation = 1 and mark is null"
# Whoever makes a key has made it by then, or makes it afterwards and sees the new generation.
ALONE = "lock table subject_key in share row exclusive mode"
ADD = """
insert into master_key (generation, mark, root)
select max(generation) + 1, $1, $2 from master_key on conflict (mark) do nothing
"""
NONCE, ROOT = 12, b"linli.root.v1"

# Reads the master keys that are there now, the present one first.
Masters = Callable[[], Sequence[bytes]]


class WrongMaster(Misconfigured):
    """A master key is missing that wrapped some of what this store holds."""


@dataclass(frozen=True)
class Ring:
    """What opens a key store: a box for each generation whose master is there. `present` is the
    generation that wraps what is new."""

    present: int
    root: bytes
    boxes: Mapping[int, AESGCM]

    def wrap(self, subject: UUID, key: bytes) -> bytes:
        """A person's key, wrapped by the present master."""
        return _close(self.boxes[self.present], key, subject.bytes)

    def unwrap(self, subject: UUID, generation: int, wrapped: bytes) -> bytes:
        """The inverse, for a generation that is there."""
        return _open(self.boxes[generation], wrapped, subject.bytes)


def mark(master: bytes) -> bytes:
    """Eight bytes that tell one master from another, and no more."""
    return hmac.digest(master, b"linli.master.v1", "sha256")[:8]


async def ring(connection: Connection, masters: Sequence[bytes]) -> Ring:
    """What opens this store; a new store begins with the first of these. Raises WrongMaster."""
    rows = await connection.fetch(KNOWN)
    if not rows or rows[0]["mark"] is None:
        await (_begin if not rows else _adopt)(connection, masters)
        rows = await connection.fetch(KNOWN)
    there = {mark(master): AESGCM(master) for master in masters}
    _check(rows, there)
    boxes = {row["generation"]: there[row["mark"]] for row in rows if row["mark"] in there}
    present = rows[-1]
    root = _open(boxes[present["generation"]], present["root"], ROOT)
    return Ring(present["generation"], root, boxes)


async def add(connection: Connection, master: bytes, root: bytes) -> None:
    """Let this master wrap from now on; nothing happens where it is known already."""
    async with connection.transaction():
        await connection.execute(ALONE)
        await connection.execute(ADD, mark(master), _close(AESGCM(master), root, ROOT))


async def _begin(connection: Connection, masters: Sequence[bytes]) -> None:
    sealed = _close(AESGCM(masters[0]), os.urandom(32), ROOT)
    await connection.execute(BEGIN, mark(masters[0]), sealed)


async def _adopt(connection: Connection, masters: Sequence[bytes]) -> None:
    """Find the master of a store that had no generations; it is the root, too."""
    found = await connection.fetchrow(ANY_KEY)
    fitting = [one for one in masters if found is None or _opens(one, found)]
    if not fitting:
        raise WrongMaster("the master key is not the one by which the keys of this store are kept")
    master = fitting[-1]
    await connection.execute(ADOPT, mark(master), _close(AESGCM(master), master, ROOT))


def _check(rows: Sequence[Any], there: Mapping[bytes, AESGCM]) -> None:
    needed = [row["mark"] for row in rows if row["root"] is not None]
    if missing := [one.hex() for one in needed if one not in there]:
        given = ", ".join(one.hex() for one in there)
        raise WrongMaster(
            f"this key store needs the master key with the mark {', '.join(missing)}; "
            f"given: {given}. Put it back, one a line, the present one first"
        )


def _opens(master: bytes, row: Any) -> bool:
    try:
        _open(AESGCM(master), row["wrapped"], row["subject"].bytes)
    except InvalidTag:
        return False
    return True


def _close(box: AESGCM, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + box.encrypt(nonce, plain, bound)


def _open(box: AESGCM, wrapped: bytes, bound: bytes) -> bytes:
    return box.decrypt(wrapped[:NONCE], wrapped[NONCE:], bound)
