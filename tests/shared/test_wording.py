"""Events worded for searching: terms and no texts, nothing of the erased, nothing lost by one that
cannot be opened."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

import orjson
import pytest

from shared.core.envelope import Recorded
from shared.core.messages import Event
from shared.core.sealed import Sealed
from shared.core.worded import Worded
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.sealing import Sealer
from shared.runtime.projections.applying import Entry, Unreadable
from shared.runtime.projections.wording import Wording
from shared.store.append import append
from shared.store.key_store import KeyStore
from shared.store.pool import Connection, Pool
from tests.shared.toy.appending import puts
from tests.shared.toy.asking import LOG

pytestmark = pytest.mark.postgres

MASTER = bytes(range(32))
AT = datetime(2026, 5, 1, tzinfo=UTC)


class NoteLeft(Event):
    type: Literal["note-left"] = "note-left"
    person: UUID
    title: Sealed
    text: Sealed | None = None


@pytest.fixture
def keys(key_pool: Pool) -> KeyStore:
    """An empty key store."""
    return KeyStore(key_pool, lambda: [MASTER])


@pytest.fixture
async def sealer(keys: KeyStore) -> AsyncIterator[Sealer]:
    """Seals with keys of the empty store."""
    made = Sealer(keys)
    yield made
    await made.aclose()


@pytest.fixture
def wording(sealer: Sealer, pool: Pool, keys: KeyStore) -> Wording:
    """Words the titles and texts of notes."""
    fields = {"note-left": ("title", "text")}
    return Wording(sealer, Eraser(pool, LOG, keys), MASTER, fields)


async def _note(sealer: Sealer, person: UUID, position: int = 1, **texts: str) -> Recorded[Any]:
    event = NoteLeft(at=AT, person=person, **await sealer.seal(person, texts))
    return _recorded(event, position)


def _recorded(event: Event, position: int) -> Recorded[Any]:
    return Recorded(
        LOG, position, UUID(int=position), 1, event.type, 1, "d", "clerk", UUID(int=1),
        UUID(int=1), None, "live", AT, AT, event,
    )  # fmt: skip


def _told(entries: Sequence[Entry]) -> list[Any]:
    return [one.event if isinstance(one, Recorded) else one.reason for one in entries]


async def test_an_event_comes_with_terms_and_never_with_a_text(
    wording: Wording, sealer: Sealer
) -> None:
    note = await _note(sealer, uuid4(), title="路灯坏了", text="三单元门口")
    [told] = _told(await wording([note]))
    assert told == Worded(
        note.event, {"title": wording.terms("路灯坏了"), "text": wording.terms("三单元门口")}
    )
    assert wording.terms("灯坏") < told.terms["title"]
    assert not wording.terms("门口") & told.terms["title"]
    for term in told.terms["title"]:
        assert term.isascii()
        assert len(term) == 8


async def test_terms_are_those_of_this_master_key_only(
    wording: Wording, sealer: Sealer, pool: Pool, keys: KeyStore
) -> None:
    other = Wording(sealer, Eraser(pool, LOG, keys), MASTER[::-1], {})
    same = Wording(sealer, Eraser(pool, LOG, keys), MASTER, {})
    assert same.terms("路灯坏了") == wording.terms("路灯坏了")
    assert not other.terms("路灯坏了") & wording.terms("路灯坏了")


async def test_what_seals_nothing_to_be_searched_stays_as_it_is(wording: Wording) -> None:
    class Bell(Event):
        type: Literal["bell-rung"] = "bell-rung"

    rung = _recorded(Bell(at=AT), 1)
    waits = Unreadable(2, UUID(int=2), "note-left", "cannot be read")
    assert await wording([rung, waits]) == [rung, waits]


async def test_of_the_erased_nothing_is_told_though_the_key_was_still_there(
    wording: Wording, sealer: Sealer, connection: Connection, keys: KeyStore
) -> None:
    gone, here = uuid4(), uuid4()
    notes = [
        await _note(sealer, person, number, title="路灯坏了")
        for number, person in enumerate((gone, here), start=1)
    ]
    payload = orjson.dumps({"subject": str(gone)})
    await append(connection, LOG, [puts(uuid4(), 0, type="subject-erased", payload=payload)])
    first, second = _told(await wording(notes))
    assert (first.terms, [*second.terms]) == ({}, ["title"])
    assert await keys.find([gone]) == {gone: None}


async def test_one_that_cannot_be_opened_is_unreadable_and_its_neighbours_are_not(
    wording: Wording, sealer: Sealer
) -> None:
    person = uuid4()
    notes = [await _note(sealer, person, n, title="路灯坏了") for n in range(1, 8)]
    other = await _note(sealer, person, 9, text="三单元", title="门口")
    swapped = other.event.model_copy(update={"title": other.event.text})
    notes[3] = notes[3]._replace(event=swapped.model_copy(update={"title": _moved(swapped.title)}))
    told = _told(await wording(notes))
    assert told[3] == "what it seals cannot be opened"
    assert [isinstance(one, Worded) for one in told].count(True) == 6


def _moved(box: Sealed) -> Sealed:
    """The ciphertext of one field where another's should be."""
    return box.model_copy(update={"field": "title"})
