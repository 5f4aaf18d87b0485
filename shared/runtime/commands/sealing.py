"""Sealing: personal values become ciphertext before anything is decided on them.

Keys that are asked for together are made together. Nothing is cached: a person erased anywhere is
unreadable here at the next request.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from shared.core import boxes
from shared.core.sealed import Sealed
from shared.runtime.commands.grouped import Grouped
from shared.store.key_store import Erased, KeyStore


class Opening(NamedTuple):
    """A text, and the secret that proves to anybody that it is what was sealed; None where it was
    sealed in the first form, which proves nothing without the person's key."""

    text: str
    secret: bytes | None


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
        """The texts in the same order; None where nothing was given or the person was erased.

        Raises boxes.DoesNotOpen for a box that was changed.
        """
        return [known and _text(*known) for known in await self._keyed(sealed)]

    async def reveal(self, sealed: Iterable[Sealed | None]) -> list[Opening | None]:
        """The same with the secret of each value, which opens that value and nothing else."""
        return [known and _opening(*known) for known in await self._keyed(sealed)]

    async def _keyed(self, sealed: Iterable[Sealed | None]) -> list[tuple[bytes, Sealed] | None]:
        values = list(sealed)
        subjects = frozenset(value.subject for value in values if value is not None)
        keys = await self._find(subjects) if subjects else {}
        found = [None if value is None else keys.get(value.subject) for value in values]
        return [
            None if key is None or value is None else (key, value)
            for key, value in zip(found, values, strict=True)
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
    return {
        field: Sealed(subject=subject, field=field, box=_box(key, subject, field, text))
        for field, text in values.items()
    }


def _box(key: bytes, subject: UUID, field: str, text: str) -> str:
    return boxes.close(key, subject, field, text, os.urandom(boxes.NONCE))


def _text(key: bytes, value: Sealed) -> str:
    return boxes.open(key, value.subject, value.field, value.box)


def _opening(key: bytes, value: Sealed) -> Opening:
    secret = boxes.secret_of(key, value.subject, value.field, value.box)
    return Opening(_text(key, value), secret)
