"""How photos and papers are kept: sealed files, each with a key of its own that is not there.

A file is named by the SHA-256 of its sealed bytes. What was uploaded waits for a day for an event
to name it; what one names is put aside and kept. The key goes to whoever uploaded it, and from
there, sealed with the petitioner's own key, into the event: until then nobody else can open the
file, and once the person is erased, nobody.
"""

from __future__ import annotations

import asyncio
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.grievance.files.store import Found, Store

NONCE, KEY, NAME = 12, 32, 32
PHOTO, PAPER = b"linli.photo.v1", b"linli.paper.v1"
WAITS = timedelta(days=1)
# What was named in time is on record by then, and the clocks of two machines may differ.
GRACE = timedelta(hours=1)
AT_ONCE = 500

# Which of these files an event names.
Named = Callable[[Sequence[str]], Awaitable[Collection[str]]]


class NoSuchFile(Exception):
    """There is no such file any more, this is not its key, or somebody has changed it."""


class Ticket(NamedTuple):
    """Which file, and the key that opens it."""

    file: str
    key: bytes

    @property
    def text(self) -> str:
        """One word, for a form to name."""
        return urlsafe_b64encode(bytes.fromhex(self.file) + self.key).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Ticket:
        """The inverse of `text`, for a word of the right length and signs."""
        raw = urlsafe_b64decode(f"{text}==")
        return cls(raw[:NAME].hex(), raw[NAME:])


class Album:
    """The files of one kind in a store; each is sealed as what it is `bound` to be. Everything
    raises StoreAway."""

    def __init__(self, store: Store, bound: bytes = PHOTO) -> None:
        self._store = store
        self._bound = bound

    async def put(self, content: bytes) -> Ticket:
        """Seal a file and let it wait for its event. Raises NoRoom."""
        key = AESGCM.generate_key(8 * KEY)
        sealed = await asyncio.to_thread(_sealed, key, content, self._bound)
        ticket = Ticket(sha256(sealed).hexdigest(), key)
        await self._store.put(_waiting(ticket.file), sealed)
        return ticket

    async def claim(self, ticket: Ticket, now: datetime) -> bytes:
        """What an event is about to name. Raises NoSuchFile for what has waited too long, and for
        the wrong key."""
        found = await self._found(ticket.file)
        if found is None or found.since < now - WAITS:
            raise NoSuchFile
        return await asyncio.to_thread(_opened, found.content, ticket, self._bound)

    async def open(self, ticket: Ticket) -> bytes:
        """The content. Raises NoSuchFile."""
        found = await self._found(ticket.file)
        if found is None:
            raise NoSuchFile
        return await asyncio.to_thread(_opened, found.content, ticket, self._bound)

    async def sweep(self, now: datetime, named: Named) -> int:
        """Put aside what has waited for longer than WAITS and is named, remove what is not; how
        many these were."""
        gone = 0
        async for files in self._late(now - WAITS - GRACE):
            known = await named(files)
            for file in files:
                if file in known:
                    await self._store.move(_waiting(file), _kept(file))
            lost = [file for file in files if file not in known]
            await self._store.remove([_waiting(file) for file in lost])
            gone += len(lost)
        return gone

    async def remove(self, files: Sequence[str]) -> None:
        """Remove what nobody can open any more."""
        await self._store.remove([place(file) for file in files for place in (_kept, _waiting)])

    async def _late(self, before: datetime) -> AsyncIterator[list[str]]:
        late: list[str] = []
        async for one in self._store.under("waiting"):
            if one.since < before:
                late.append(one.name.rpartition("/")[2])
            if len(late) == AT_ONCE:
                yield late
                late = []
        if late:
            yield late

    async def _found(self, file: str) -> Found | None:
        """It may be put aside while it is looked for."""
        for place in (_kept, _waiting, _kept):
            if found := await self._store.get(place(file)):
                return found
        return None


def _waiting(file: str) -> str:
    return f"waiting/{file}"


def _kept(file: str) -> str:
    return f"kept/{file[:2]}/{file}"


def _sealed(key: bytes, content: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def _opened(sealed: bytes, ticket: Ticket, bound: bytes) -> bytes:
    if sha256(sealed).hexdigest() != ticket.file:
        raise NoSuchFile
    try:
        return AESGCM(ticket.key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except (InvalidTag, ValueError):
        raise NoSuchFile from None
