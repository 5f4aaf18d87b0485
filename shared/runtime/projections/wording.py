"""From sealed texts to terms that can be searched and not be read.

A term is a keyed hash of a gram: two texts that share a gram share a term, and without the root
of the key store nobody can tell which. So neither a dump of the tables nor what a deleted row
leaves behind on disk, in an index or in its statistics says what anyone wrote.
"""

from __future__ import annotations

import asyncio
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from shared.core.envelope import Recorded
from shared.core.grams import grams
from shared.core.sealed import Sealed
from shared.core.worded import Worded
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.sealing import Sealer
from shared.runtime.projections import applying
from shared.runtime.projections.applying import Entry, Unreadable

TERM = 6  # bytes: among ten million terms, one in thirty million queries finds a stranger
# So many events are worded before others have their turn: some milliseconds.
TURN = 50
Fields = Mapping[str, Sequence[str]]


class Wording:
    """Words events of a log; `fields` names, by type of event, the sealed ones to be searched."""

    def __init__(self, sealer: Sealer, eraser: Eraser, root: bytes, fields: Fields) -> None:
        self._sealer = sealer
        self._eraser = eraser
        self._key = hmac.digest(root, b"linli.words.v1", "sha256")
        self._fields = fields

    def terms(self, text: str) -> frozenset[str]:
        """The terms of a text: what is searched for, and what was written."""
        return frozenset(map(self._term, grams(text)))

    async def __call__(self, entries: Sequence[Entry]) -> list[Entry]:
        """The same events, those with such fields worded; what cannot be opened is unreadable.

        The keys of all whom the log calls erased by then are destroyed first, so nothing that was
        recorded after an erasure is opened.
        """
        await self._eraser.catch_up()
        worded: list[Entry] = []
        for start in range(0, len(entries), TURN):
            worded += await self._turn(entries[start : start + TURN])
            await asyncio.sleep(0)
        return worded

    async def _turn(self, entries: Sequence[Entry]) -> list[Entry]:
        try:
            return await self._worded(entries)
        except Exception as fault:
            if not applying.poisonous(fault):
                raise
            if len(entries) == 1:
                return [_unreadable(entries[0])]
            middle = len(entries) // 2
            return [*await self._turn(entries[:middle]), *await self._turn(entries[middle:])]

    async def _worded(self, entries: Sequence[Entry]) -> list[Entry]:
        sealed = [self._sealed(entry) for entry in entries]
        texts = iter(await self._sealer.open(box for one in sealed for box in one.values()))
        opened = [{name: next(texts) for name in one} for one in sealed]
        return [
            entry._replace(event=self._told(entry.event, found))
            if isinstance(entry, Recorded) and found
            else entry
            for entry, found in zip(entries, opened, strict=True)
        ]

    def _sealed(self, entry: Entry) -> dict[str, Sealed]:
        names = () if isinstance(entry, Unreadable) else self._fields.get(entry.type, ())
        boxes = {name: getattr(entry.event, name) for name in names}  # type: ignore[union-attr]
        return {name: box for name, box in boxes.items() if box is not None}

    def _told(self, event: Any, texts: Mapping[str, str | None]) -> Any:
        terms = {name: self.terms(text) for name, text in texts.items() if text is not None}
        return Worded(event, terms)

    def _term(self, gram: str) -> str:
        digest = blake2b(gram.encode(), digest_size=TERM, key=self._key).digest()
        return urlsafe_b64encode(digest).decode()


def _unreadable(entry: Entry) -> Unreadable:
    if isinstance(entry, Unreadable):
        return entry
    reason = "what it seals cannot be opened"
    return Unreadable(entry.position, entry.stream_id, entry.type, reason)
