"""Proof: a sealed log hashed again and held against its seals; what sealing costs; proofs in a log
of ten million events."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import asyncpg

from bench import histories
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from services.grievance.log import LOG
from shared.core import merkle
from shared.core.checkpoint import Checkpoint, Origin
from shared.core.notes import Note, SigningKey
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.proving import prove
from shared.runtime.seals.sealing import Sealing
from shared.store import epochs, seal_keys
from shared.store.copied import COPIED
from shared.store.pool import open_pool
from shared.store.tree_files import TreeFiles

LARGE, PROOFS = 10_000_000, 2_000
STEP = 100_000
# 25,000 events a second in a tenth of a core
PER_CPU_SECOND = 250_000
KEY = SigningKey("linli.bench", bytes(32))


def measure(stage: Stage) -> list[Measure]:
    """Each beside its limit or its bar."""
    before = load()
    asyncio.run(histories.prepare_interleaved(stage))
    with _folder() as folder:
        known = _known(folder)
        contenders: dict[str, Round] = {
            "seal": partial(_sealed, folder=folder),
            "verify": partial(_verified, known=known),
            "copy": _copied,
        }
        asyncio.run(_seal(stage, known))
        samples = rounds(stage, contenders)
        proofs, size = _proofs(folder)
    copy = Figure("bare COPY", "events/s", "the same columns out, binary", samples["copy"])
    return [
        Measure(
            Figure("verify a sealed log", "events/s",
                   "every digest, link, place and command, and the root of every checkpoint, by "
                   "as many processes as cores; 2,000 cases side by side", samples["verify"]),
            Bar(rate=200_000), [copy], before,
        ),
        Measure(
            Figure("seal a log", "events per CPU second",
                   "read, hashed, written, synced, signed: what the sealing process itself spends",
                   samples["seal"]),
            Bar(rate=PER_CPU_SECOND), [], before,
        ),
        Measure(
            Figure("prove a case", "proofs/s",
                   f"{LARGE:,} events; path and checkpoint have {size} bytes at most", [proofs]),
            None, [], before,
        ),
    ]  # fmt: skip


async def _seal(stage: Stage, known: Seals) -> float:
    """Seal the log in one go; the CPU seconds of this process."""
    pool = await open_pool(stage.postgres.dsn(histories.INTERLEAVED))
    async with pool.acquire() as connection:
        epoch = await epochs.begin(connection, LOG)
    folder = folder_of(known.place, epoch)
    with folder.held(), folder.tree(writing=True) as tree:
        sealing = Sealing(pool, epoch, folder, tree, known)
        await sealing.begin()
        began = time.process_time()
        await sealing.next()
        spent = time.process_time() - began
    await pool.close()
    return sealing.size / spent


async def _sealed(stage: Stage, folder: Path) -> Sample:
    part = Path(tempfile.mkdtemp(dir=folder))
    connection = await asyncpg.connect(stage.postgres.dsn(histories.INTERLEAVED))
    await connection.execute("delete from seal")
    await connection.close()
    return Sample(await _seal(stage, _known(part)))


async def _verified(stage: Stage, known: Seals) -> Sample:
    began, position = time.perf_counter(), 0
    async for found in prove(stage.postgres.dsn(histories.INTERLEAVED), LOG, known):
        if found.broken:
            raise RuntimeError(str(found.broken))
        position = found.position
    return Sample(position / (time.perf_counter() - began))


async def _copied(stage: Stage) -> Sample:
    connection = await asyncpg.connect(stage.postgres.dsn(histories.INTERLEAVED))

    async def nowhere(_: bytes) -> None:
        pass

    began = time.perf_counter()
    done = await connection.copy_from_query(COPIED, LOG, 0, 2**62, output=nowhere, format="binary")
    seconds = time.perf_counter() - began
    await connection.close()
    return Sample(int(done.split()[-1]) / seconds)


def _proofs(folder: Path) -> tuple[Sample, int]:
    """Proofs a second in a large tree, and the most bytes that one takes with its checkpoint."""
    random, times, largest = Random(1), [], 0
    with TreeFiles(folder, writing=True) as tree:
        tree.begin(0)
        for first in range(0, LARGE, STEP):
            tree.extend([merkle.leaf(n, KEY.raw) for n in range(first + 1, first + STEP + 1)])
        top = tree.frontier.root()
        now = datetime(2026, 11, 22, tzinfo=UTC)
        text = str(Checkpoint(Origin(LOG, UUID(int=0), 1), LARGE, top, now))
        note = str(Note(text, (KEY.sign(text, now),))).encode()
        for _ in range(PROOFS):
            index = random.randrange(LARGE)
            began = time.perf_counter()
            path = merkle.inclusion(tree, index, LARGE)
            times.append(time.perf_counter() - began)
            merkle.check_inclusion(merkle.leaf(index + 1, KEY.raw), index, LARGE, path, top)
            largest = max(largest, len(b"".join(path)) + len(note))
    return Sample.of(sum(times), times), largest


def _known(folder: Path) -> Seals:
    path = folder / "seal.key"
    seal_keys.write_private(path, [KEY])
    (folder / "seals").mkdir()
    return Seals(place=folder / "seals", key_file=path)


@contextmanager
def _folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="linli-bench-seals-", dir=os.environ.get("TMPDIR")))
    try:
        yield path
    finally:
        shutil.rmtree(path)
