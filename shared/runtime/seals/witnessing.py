"""Checkpoints shown to witnesses elsewhere, who sign that the log has only grown."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from pathlib import Path
from typing import NamedTuple

import httpx
import structlog

from shared.core import merkle
from shared.core.checkpoint import Checkpoint
from shared.core.notes import COSIGNED, BadNote, Note, PublicKey
from shared.core.witnessed import CONFLICT, OK, UNPROVED, Ask
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of
from shared.store import epochs
from shared.store.pool import TRANSIENT, Pool
from shared.store.seal_folder import SealFolder
from shared.store.tree_files import Torn

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
FAULTS = (*TRANSIENT, httpx.HTTPError, BadNote, Torn)

log = structlog.get_logger()


class Witness(NamedTuple):
    """Whose cosignature is asked for, and where."""

    key: PublicKey
    url: str


def witnesses(path: Path | None) -> list[Witness]:
    """Those of a file with a line `KEY URL` for each; none without one. Raises BadNote."""
    if path is None:
        return []
    found = []
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        key, _, url = line.strip().partition(" ")
        found.append(Witness(PublicKey.parse(key), url.strip().rstrip("/")))
        if not url or found[-1].key.kind != COSIGNED:
            raise BadNote(f"a witness is the key of a witness and a URL, not {line!r}")
    return found


class Witnessing:
    """Shows the checkpoints of one log to its witnesses."""

    def __init__(self, pool: Pool, log_name: str, known: Seals) -> None:
        self._pool = pool
        self._log = log_name
        self._known = known
        self._client = httpx.AsyncClient(timeout=TIMEOUT, trust_env=False)

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until told to stop; a witness that does not answer is asked again."""
        async with aclosing(self):
            while not stop.is_set():
                try:
                    await self.round()
                except FAULTS as fault:
                    log.warning("seals.unwitnessed", log=self._log, fault=type(fault).__name__)
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), self._known.every)

    async def aclose(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    async def round(self) -> None:
        """Show the latest checkpoint to each witness that has not signed it."""
        if not (asked := witnesses(self._known.witnesses)):
            return
        async with self._pool.acquire(timeout=10) as connection:
            epoch = await epochs.begin(connection, self._log)
        folder = folder_of(self._known.place, epoch)
        note = folder.latest()
        if note is None:
            return
        signed = folder.cosigned()
        for witness in asked:
            sizes = [Checkpoint.parse(one.text).size for one in signed if witness.key.signed(one)]
            if not sizes or Checkpoint.parse(note.text).size > sizes[0]:
                await self._ask(witness, folder, note, sizes[0] if sizes else 0)

    async def _ask(self, witness: Witness, folder: SealFolder, note: Note, old: int) -> None:
        answer = await self._sent(witness, folder, note, old)
        told = answer.text.strip()
        if answer.status_code == CONFLICT and told.isdigit() and int(told) != old:
            answer = await self._sent(witness, folder, note, int(told))
        if answer.status_code == OK:
            self._keep(witness, folder, note, answer.text)
        elif answer.status_code in (CONFLICT, UNPROVED):
            log.error("seals.witness_objects", log=self._log, witness=witness.key.name)
        else:
            status = answer.status_code
            log.warning("seals.unwitnessed", witness=witness.key.name, status=status)

    async def _sent(
        self, witness: Witness, folder: SealFolder, note: Note, old: int
    ) -> httpx.Response:
        size = Checkpoint.parse(note.text).size
        proof: list[bytes] = []
        if 0 < old < size:
            with folder.tree() as tree:
                proof = merkle.consistency(tree, old, size)
        ask = str(Ask(old, proof, note)).encode()
        return await self._client.post(f"{witness.url}/add-checkpoint", content=ask)

    def _keep(self, witness: Witness, folder: SealFolder, note: Note, told: str) -> None:
        both = Note.parse(f"{note}{told}")
        if not witness.key.signed(both):
            raise BadNote(f"{witness.key.name} answered without its signature")
        own = [line for line in both.lines if line.name == witness.key.name]
        folder.witnessed(witness.key.name, note.with_lines(own))
