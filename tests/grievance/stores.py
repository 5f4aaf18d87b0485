"""The two stores of files, each with what its tests may do to what it keeps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from services.grievance.files.bucket import Bucket
from services.grievance.files.folder import Folder
from services.grievance.files.store import Store
from services.grievance.settings import Bucket as Told
from tests.grievance import buckets
from tests.grievance.buckets import Shelf


class Kept(Protocol):
    """What a store keeps, behind its back."""

    store: Store

    def files(self) -> dict[str, bytes]:
        """By name."""

    def age(self, name: str, moment: datetime) -> None:
        """Have a file as old as that."""

    def write(self, name: str, content: bytes) -> None:
        """Put other bytes there."""


class InFolder:
    """A folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store: Store = Folder(path)

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.path.rglob("*") if path.is_file())
        return {path.relative_to(self.path).as_posix(): path.read_bytes() for path in found}

    def age(self, name: str, moment: datetime) -> None:
        os.utime(self.path / name, (moment.timestamp(),) * 2)

    def write(self, name: str, content: bytes) -> None:
        (self.path / name).write_bytes(content)


class InBucket:
    """A bucket, below `some/where`."""

    PREFIX = "some/where/"

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.store: Store = Bucket(f"s3://{buckets.BUCKET}/{self.PREFIX}", told(shelf))

    def files(self) -> dict[str, bytes]:
        return {n.removeprefix(self.PREFIX): c for n, (c, _) in self.shelf.files.items()}

    def age(self, name: str, moment: datetime) -> None:
        self.shelf.age(f"{self.PREFIX}{name}", moment)

    def write(self, name: str, content: bytes) -> None:
        self.shelf.files[f"{self.PREFIX}{name}"] = (
            content,
            self.shelf.files[f"{self.PREFIX}{name}"][1],
        )


def told(shelf: Shelf) -> Told:
    """How the server of the tests is reached."""
    return Told(key_id=buckets.KEY_ID, secret=SecretStr(buckets.SECRET), endpoint=shelf.url)


@contextmanager
def opened(kind: str, path: Path) -> Iterator[Kept]:
    """A fresh store of this kind: `folder` or `bucket`."""
    if kind == "folder":
        yield InFolder(path)
        return
    with buckets.served() as shelf:
        yield InBucket(shelf)
