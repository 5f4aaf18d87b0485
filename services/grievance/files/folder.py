"""A folder that all processes of the service share as the store of files."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from services.grievance.files.store import LARGEST, Found, Listed, NoRoom, StoreAway

ROOM = 1 << 30  # bytes that are left free on the disk
DRAFT = ".new"
P = ParamSpec("P")
R = TypeVar("R")


class Folder:
    """Files below one folder. What is written has its name only once it is on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def put(self, name: str, content: bytes) -> None:
        """Keep a file; it is there as a whole or not at all. Raises NoRoom."""
        await _aside(_put, self._path / name, content)

    async def get(self, name: str) -> Found | None:
        """The file of this name; None where there is none, or one larger than LARGEST."""
        return await _aside(_get, self._path / name)

    async def move(self, old: str, new: str) -> None:
        """Give a file another name. Nothing happens where it is not there (any more)."""
        await _aside(_move, self._path / old, self._path / new)

    async def remove(self, names: Sequence[str]) -> None:
        """Remove these, those that are there."""
        await _aside(_remove, [self._path / name for name in names])

    async def under(self, folder: str) -> AsyncIterator[Listed]:
        """The files whose names begin with this folder's."""
        for path, since in await _aside(_listed, self._path / folder):
            yield Listed(path.relative_to(self._path).as_posix(), since)


async def _aside(call: Callable[P, R], *about: P.args, **more: P.kwargs) -> R:
    try:
        return await asyncio.to_thread(call, *about, **more)
    except OSError as fault:
        raise StoreAway from fault


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(path.parent).free < ROOM:
        raise NoRoom
    draft = path.with_name(f"{path.name}{DRAFT}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _rename(draft, path)


def _get(path: Path) -> Found | None:
    try:
        with path.open("rb") as file:
            told = os.fstat(file.fileno())
            if told.st_size > LARGEST:
                return None
            return Found(file.read(LARGEST), datetime.fromtimestamp(told.st_mtime, UTC))
    except FileNotFoundError:
        return None


def _move(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        _rename(old, new)
    except FileNotFoundError:
        return


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _listed(folder: Path) -> list[tuple[Path, datetime]]:
    found = []
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                found.append((path, datetime.fromtimestamp(path.stat().st_mtime, UTC)))
        except FileNotFoundError:  # moved or removed just now
            continue
    return found


def _rename(old: Path, new: Path) -> None:
    """Give a file its name so that it has it after a crash, too."""
    old.rename(new)
    folder = os.open(new.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
