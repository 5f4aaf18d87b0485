"""Sealing: personal values become ciphertext before anything is decided on them.

Keys that are asked for together are made together. Nothing is cached: a person erased anywhere is
unreadable here at the next request.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.core.sealed import Sealed
from shared.runtime.commands.grouped import Grouped
from shared.store.key_store import NONCE, Erased, KeyStore


class Sealer:
    """Seals and opens personal values with the keys of their subjects."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._create = Grouped[UUID, bytes](self._create_all)
        self._find = Grouped[frozenset[UUID], Mapping[UUID, bytes | None]](self._find_all)

    async def aclose(self) -> None:
        """Finish what waits."""
        await self._create.aclose()
        await self._find.aclose()

    async def seal(self, subject: UUID, values: Mapping[str, str]) -> dict[str, Sealed]:
        """The values by field, sealed for this person. Raises Erased."""
        return _sealed(subject, await self._create(subject), values) if values else {}

    async def seal_all(
        self, people: Mapping[UUID, Mapping[str, str]]
    ) -> dict[UUID, dict[str, Sealed]]:
        """The same for many people, in one trip to the keys. Raises Erased where one of them is."""
        keys = await self._create_all([*people])
        if gone := [key for key in keys if isinstance(key, BaseException)]:
            raise gone[0]
        return {
            subject: _sealed(subject, key, people[subject])
            for subject, key in zip(people, keys, strict=True)
            if isinstance(key, bytes)
        }

    async def open(self, sealed: Iterable[Sealed | None]) -> list[str | None]:
        """The texts in the same order; None where nothing was given or the person was erased."""
        values = list(sealed)
        subjects = frozenset(value.subject for value in values if value is not None)
        keys = await self._find(subjects) if subjects else {}
        boxes = {subject: AESGCM(key) for subject, key in keys.items() if key is not None}
        return [
            None if value is None or value.subject not in boxes else _open(boxes, value)
            for value in values
        ]

    async def _create_all(self, subjects: Sequence[UUID]) -> Sequence[bytes | BaseException]:
        keys = await self._keys.create(subjects)
        return [keys[subject] or Erased(str(subject)) for subject in subjects]

    async def _find_all(
        self, wanted: Sequence[frozenset[UUID]]
    ) -> Sequence[Mapping[UUID, bytes | None]]:
        keys = await self._keys.find(frozenset[UUID]().union(*wanted))
        return [keys] * len(wanted)


def _sealed(subject: UUID, key: bytes, values: Mapping[str, str]) -> dict[str, Sealed]:
    box = AESGCM(key)
    return {
        field: Sealed(subject=subject, field=field, box=_close(box, subject, field, text))
        for field, text in values.items()
    }


def _bound_to(subject: UUID, field: str) -> bytes:
    return b"linli.sealed.v1|" + subject.bytes + b"|" + field.encode()


def _close(box: AESGCM, subject: UUID, field: str, text: str) -> str:
    nonce = os.urandom(NONCE)
    return urlsafe_b64encode(
        nonce + box.encrypt(nonce, text.encode(), _bound_to(subject, field))
    ).decode()


def _open(boxes: Mapping[UUID, AESGCM], value: Sealed) -> str:
    raw = urlsafe_b64decode(value.box)
    bound = _bound_to(value.subject, value.field)
    return boxes[value.subject].decrypt(raw[:NONCE], raw[NONCE:], bound).decode()
