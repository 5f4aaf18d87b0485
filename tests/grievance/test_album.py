"""Photos in their folder: sealed, each with a key that is not there, kept once a petition came."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from services.grievance.photos.album import WAITS, Album, NoRoom, NoSuchPhoto, Ticket
from tests.grievance.pictures import PROGRESSIVE

NOW = datetime(2026, 5, 2, tzinfo=UTC)
LONG_AGO = (NOW - WAITS - timedelta(minutes=1)).timestamp()


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(tmp_path)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def test_a_photo_is_opened_by_its_ticket_and_by_nothing_in_the_folder(
    album: Album, tmp_path: Path
) -> None:
    ticket = album.put(PROGRESSIVE)
    assert album.open(Ticket.read(ticket.text)) == PROGRESSIVE
    [file] = _files(tmp_path)
    sealed = file.read_bytes()
    assert file.name == ticket.file == sha256(sealed).hexdigest()
    assert PROGRESSIVE[20:40] not in sealed
    assert ticket.key not in sealed
    for wrong in (os.urandom(32), b"", bytes(32)):
        with pytest.raises(NoSuchPhoto):
            album.open(ticket._replace(key=wrong))
    file.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(NoSuchPhoto):
        album.open(ticket)


def test_the_same_picture_twice_is_two_files_with_two_keys(album: Album) -> None:
    one, two = album.put(PROGRESSIVE), album.put(PROGRESSIVE)
    assert one.file != two.file
    assert one.key != two.key


def test_what_no_petition_came_for_is_removed_after_a_day(album: Album, tmp_path: Path) -> None:
    kept, waiting, late = (album.put(PROGRESSIVE) for _ in range(3))
    album.keep(kept)
    for file in _files(tmp_path):
        if file.name != waiting.file:
            os.utime(file, (LONG_AGO, LONG_AGO))
        else:
            os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    assert album.sweep(NOW) == 1
    assert album.open(kept) == album.open(waiting) == PROGRESSIVE
    for take in (album.open, album.keep):
        with pytest.raises(NoSuchPhoto):
            take(late)
    assert album.sweep(NOW) == 0


def test_a_photo_is_kept_once_however_often_it_is_named(album: Album, tmp_path: Path) -> None:
    ticket = album.put(PROGRESSIVE)
    for _ in range(3):
        album.keep(ticket)
    assert len([*_files(tmp_path)]) == 1
    assert Album(tmp_path).open(ticket) == PROGRESSIVE


def test_who_does_not_have_the_key_keeps_nothing(album: Album) -> None:
    ticket = album.put(PROGRESSIVE)
    with pytest.raises(NoSuchPhoto):
        album.keep(ticket._replace(key=os.urandom(32)))
    os.utime(album._waiting / ticket.file, (LONG_AGO, LONG_AGO))
    assert album.sweep(NOW) == 1


def test_what_a_crash_left_behind_is_removed_too(album: Album, tmp_path: Path) -> None:
    assert album.sweep(NOW) == 0, "there is no folder yet"
    album.put(PROGRESSIVE)
    [file] = _files(tmp_path)
    half = file.with_suffix(".new")
    half.write_bytes(b"half")
    os.utime(half, (LONG_AGO, LONG_AGO))
    assert album.sweep(NOW) == 1


def test_a_full_disk_takes_no_more(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1 << 20))
    with pytest.raises(NoRoom):
        album.put(PROGRESSIVE)
