"""Cases that are sealed as a worker does it, and the evidence of them as a client gets it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx

from services.grievance.log import LOG
from services.grievance.service import Grievance
from shared.core.notes import COSIGNED, Note
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.sealing import Sealing
from shared.store import epochs, seal_keys
from tests.grievance.bundles import verifier
from tests.grievance.front_desk import CLERK, FrontDesk

LIFE = ("accept", "dispatch", "sign", "reply", "callback", "close")
WITNESS = seal_keys.made("court", COSIGNED)


def sealing(place: Path) -> Seals:
    """Seals in a new place; one key signs."""
    place.mkdir()
    seal_keys.write_private(place / "private", [seal_keys.made("shili")])
    (place / "witnesses").write_text(f"{WITNESS.public} http://127.0.0.1:9\n")
    return Seals(place=place, key_file=place / "private", witnesses=place / "witnesses")


async def dealt_with(desk: FrontDesk, service: Grievance) -> str:
    """A case that was dealt with, and sealed."""
    await desk.file()
    filed = await desk.file()
    await desk.walk(filed["id"], *LIFE)
    await service.projector.drain()
    await sealed(service)
    return str(filed["id"])


async def sealed(service: Grievance) -> Note:
    """Seal all that the log has, as a worker would."""
    assert service.seals is not None
    async with service.pool.acquire() as connection:
        epoch = await epochs.begin(connection, LOG)
    folder = folder_of(service.seals.place, epoch)
    with folder.held(), folder.tree(writing=True) as tree:
        sealing = Sealing(service.pool, epoch, folder, tree, service.seals)
        await sealing.begin()
        note = await sealing.next()
    assert note is not None
    return note


async def witness(service: Grievance, note: Note) -> None:
    """An outside witness signs the checkpoint."""
    assert service.seals is not None
    async with service.pool.acquire() as connection:
        epoch = await epochs.current(connection, LOG)
    at = verifier.EPOCH + verifier.timedelta(days=30_000)
    signed = note.with_lines([WITNESS.sign(note.text, at)])
    folder_of(service.seals.place, epoch).witnessed("court", signed)


def checked(content: bytes, seals: Seals, **known: Any) -> Any:
    """What the program finds, with the key from the seals themselves."""
    [public] = seal_keys.read_public(seals.place / "keys")
    with ZipFile(BytesIO(content)) as parts:
        return verifier.check(parts.read("evidence.json"), [str(public)], **known)


async def take(desk: FrontDesk, case_id: str, actor: Any = CLERK, **asked: Any) -> httpx.Response:
    """The evidence as this actor gets it."""
    return await desk.read(f"/cases/{case_id}/evidence", actor=actor, **asked)
