"""Sealed files in both stores: each with a key that is not there, kept once an event names them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from services.grievance.files.store import NoRoom
from services.grievance.photos.album import GRACE, PAPER, WAITS, Album, Named, NoSuchFile, Ticket
from tests.grievance import stores
from tests.grievance.pictures import PROGRESSIVE
from tests.grievance.stores import Kept

pytestmark = pytest.mark.anyio
LONG_AGO = timedelta(days=3)


@pytest.fixture(params=["folder", "bucket"])
def kept(request: Any, tmp_path: Path) -> Iterator[Kept]:
    with stores.opened(request.param, tmp_path) as store:
        yield store


@pytest.fixture
def album(kept: Kept) -> Album:
    return Album(kept.store)


def now() -> datetime:
    return datetime.now(UTC)


def only(*named: Ticket) -> Named:
    """These alone are named."""

    async def among(files: Sequence[str]) -> Collection[str]:
        return {one.file for one in named} & set(files)

    return among


async def test_a_file_is_opened_by_its_ticket_and_by_nothing_in_the_store(
    album: Album, kept: Kept
) -> None:
    ticket = await album.put(PROGRESSIVE)
    assert await album.open(Ticket.read(ticket.text)) == PROGRESSIVE
    assert await album.claim(ticket, now()) == PROGRESSIVE
    [(name, sealed)] = kept.files().items()
    assert name == f"waiting/{ticket.file}"
    assert ticket.file == sha256(sealed).hexdigest()
    assert PROGRESSIVE[20:40] not in sealed
    assert ticket.key not in sealed
    for wrong in (os.urandom(32), b"", bytes(32)):
        with pytest.raises(NoSuchFile):
            await album.open(ticket._replace(key=wrong))
        with pytest.raises(NoSuchFile):
            await album.claim(ticket._replace(key=wrong), now())


async def test_what_somebody_has_changed_is_not_opened(album: Album, kept: Kept) -> None:
    one, two = await album.put(PROGRESSIVE), await album.put(PROGRESSIVE)
    sealed = kept.files()[f"waiting/{one.file}"]
    for other in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:-1], b"", sealed + b"x"):
        kept.write(f"waiting/{one.file}", other)
        with pytest.raises(NoSuchFile):
            await album.open(one)
    kept.write(f"waiting/{one.file}", kept.files()[f"waiting/{two.file}"])
    with pytest.raises(NoSuchFile):
        await album.open(Ticket(one.file, two.key)), "another file under its name"


async def test_a_photo_is_no_paper(album: Album, kept: Kept) -> None:
    ticket = await album.put(PROGRESSIVE)
    with pytest.raises(NoSuchFile):
        await Album(kept.store, PAPER).open(ticket)


async def test_the_same_picture_twice_is_two_files_with_two_keys(album: Album) -> None:
    one, two = await album.put(PROGRESSIVE), await album.put(PROGRESSIVE)
    assert one.file != two.file
    assert one.key != two.key


async def test_what_no_event_named_is_removed_after_a_day_and_the_rest_is_put_aside(
    album: Album, kept: Kept
) -> None:
    tickets = [await album.put(PROGRESSIVE) for _ in range(5)]
    named, fresh, *lost = tickets
    for one in (named, *lost):
        kept.age(f"waiting/{one.file}", now() - LONG_AGO)
    assert await album.sweep(now(), only(named)) == 3
    assert kept.files().keys() == {f"kept/{named.file[:2]}/{named.file}", f"waiting/{fresh.file}"}
    assert await album.open(named) == await album.open(fresh) == PROGRESSIVE
    for one in lost:
        with pytest.raises(NoSuchFile):
            await album.open(one)
    assert await album.sweep(now(), only(named)) == 0


async def test_what_is_too_old_to_be_named_is_still_there_for_a_while(
    album: Album, kept: Kept
) -> None:
    """So whoever named it in time has it on record before it would be swept away."""
    ticket = await album.put(PROGRESSIVE)
    kept.age(f"waiting/{ticket.file}", now() - WAITS - GRACE / 2)
    with pytest.raises(NoSuchFile):
        await album.claim(ticket, now())
    assert await album.sweep(now(), only()) == 0
    assert await album.open(ticket) == PROGRESSIVE


async def test_what_was_claimed_by_a_process_that_died_is_removed(album: Album, kept: Kept) -> None:
    ticket = await album.put(PROGRESSIVE)
    assert await album.claim(ticket, now()) == PROGRESSIVE
    assert [*kept.files()] == [f"waiting/{ticket.file}"], "no event names it yet"
    kept.age(f"waiting/{ticket.file}", now() - LONG_AGO)
    assert await album.sweep(now(), only()) == 1
    assert kept.files() == {}


async def test_what_is_forgotten_is_gone_wherever_it_was(album: Album, kept: Kept) -> None:
    kept_one, waiting = await album.put(PROGRESSIVE), await album.put(PROGRESSIVE)
    kept.age(f"waiting/{kept_one.file}", now() - LONG_AGO)
    assert await album.sweep(now(), only(kept_one)) == 0
    for _ in range(2):
        await album.remove([kept_one.file, waiting.file])
        assert kept.files() == {}


async def test_what_a_crash_left_behind_is_removed_too(tmp_path: Path) -> None:
    with stores.opened("folder", tmp_path) as kept:
        album = Album(kept.store)
        assert await album.sweep(now(), only()) == 0, "there is no folder yet"
        ticket = await album.put(PROGRESSIVE)
        half = f"waiting/{ticket.file}.new"
        kept.write(half, b"half")
        kept.age(half, now() - LONG_AGO)
        assert await album.sweep(now(), only(ticket)) == 1
        assert await album.open(ticket) == PROGRESSIVE


async def test_a_full_disk_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1 << 20))
    with stores.opened("folder", tmp_path) as kept:
        with pytest.raises(NoRoom):
            await Album(kept.store).put(PROGRESSIVE)
        assert kept.files() == {}
