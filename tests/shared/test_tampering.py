"""Whatever is done to a sealed log is found, and the first place named; by whoever holds the whole
database, by whoever edits a file of the seals, and by whoever does both."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from shared.core.checkpoint import Checkpoint
from shared.core.merkle import leaf
from shared.store import verify as verifying
from shared.store.pool import Connection, Pool
from shared.testkit.databases import TestDatabase
from tests.shared import tampering
from tests.shared.seals import kept_in, life_of, proved, sealing
from tests.shared.tampering import DEEDS, Scene, rewrite, undone
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres
# `make faults` has a thousand deeds on a million events.
EVENTS = int(os.environ.get("LINLI_TAMPER_EVENTS", "1500"))
TIMES = int(os.environ.get("LINLI_TAMPER_CASES", "200"))
SEALED_EVERY, STEP, PAGE = (70, 100, 100) if EVENTS < 100_000 else (5_000, 10_000, 5_000)


@pytest.fixture
async def scene(
    connection: Connection,
    owner: Connection,
    pool: Pool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Scene:
    """A log with a checkpoint every 70 events, read in small pages."""
    monkeypatch.setattr(verifying, "PAGE", PAGE)
    monkeypatch.setattr(tampering, "STEP", STEP)
    known = kept_in(tmp_path)
    async with sealing(pool, known) as made:
        for seed in range(EVENTS // SEALED_EVERY + 1):
            await record_at_random(connection, seed, events=SEALED_EVERY)
            await made.next()
        head = made.size
    return Scene(owner, await life_of(pool, known), known, head, Random(7))


async def test_an_untouched_log_holds(scene: Scene, log_database: TestDatabase) -> None:
    whole = await proved(log_database.service, scene.known)
    assert (whole.position, whole.sealed, whole.broken) == (scene.head, scene.head, None)
    assert whole.checkpoints == EVENTS // SEALED_EVERY + 1
    for first in (1, 700, scene.head):
        assert await scene.found(first) is None


@pytest.mark.timeout(3_600)
async def test_every_deed_is_found_where_it_begins(scene: Scene) -> None:
    for name, deed in DEEDS.items():
        for _ in range(max(1, TIMES // len(DEEDS))):
            async with undone(scene.owner):
                first = await deed(scene)
                found = await scene.found(first)
            assert found is not None, f"{name} at {first}"
            assert found.position == first, f"{name} at {first}: {found}"
    assert await scene.found(1) is None


async def test_a_check_from_the_first_event_says_the_same(scene: Scene) -> None:
    for name, deed in DEEDS.items():
        async with undone(scene.owner):
            first = await deed(scene)
            found = await scene.found(1)
            assert found is not None, name
            assert found == await scene.found(first), name


async def test_a_day_restored_and_lived_again_differs_from_the_first_new_event(
    scene: Scene,
) -> None:
    async with undone(scene.owner):
        first = await DEEDS["last night's copy"](scene)
        await record_at_random(scene.owner, 77, events=9_000)
        found = await scene.found(first)
        assert found is not None
        assert found.position == first


async def test_an_edited_checkpoint_is_found_behind_the_last_good_one(scene: Scene) -> None:
    files = [
        *scene.known.place.glob("*/1/checkpoints/*"),
        *scene.known.place.glob("*/1/checkpoint"),
    ]
    sizes = [Checkpoint.parse(note.text).size for note in scene.folder.past()]
    for _ in range(TIMES // 8):
        path = scene.random.choice(files)
        before = path.read_bytes()
        at = scene.random.randrange(len(before))
        bent = bytearray(before)
        bent[at] ^= scene.random.randint(1, 255)
        path.write_bytes(bent)
        found = await scene.found(1)
        path.write_bytes(before)
        assert found is not None, f"byte {at} of {path.name}"
        assert found.position - 1 in (0, *sizes), found
    assert await scene.found(1) is None


async def test_without_its_latest_checkpoint_a_log_is_not_whole(scene: Scene) -> None:
    [latest] = scene.known.place.glob("*/1/checkpoint")
    latest.unlink()
    found = await scene.found(1)
    assert found is not None
    assert found.position == scene.head + 1


async def test_a_tree_changed_with_the_log_leaves_the_signed_root(scene: Scene) -> None:
    """Then only the span between two checkpoints is known."""
    sizes = [0, *(Checkpoint.parse(note.text).size for note in scene.folder.past())]
    [leaves] = scene.known.place.glob("*/1/hashes.0")
    before = leaves.read_bytes()
    for _ in range(10):
        async with undone(scene.owner):
            first = await rewrite(scene)
            hashes = await scene.owner.fetch("select position, hash from event order by position")
            leaves.write_bytes(b"".join(leaf(at, own) for at, own in hashes))
            found = await scene.found(1)
        leaves.write_bytes(before)
        assert found is not None
        assert found.position == max(size for size in sizes if size < first) + 1
        assert "the tree's files were changed too" in found.reason


async def test_a_tree_changed_alone_is_told_from_a_log_that_was(scene: Scene) -> None:
    [leaves] = scene.known.place.glob("*/1/hashes.0")
    told = bytearray(leaves.read_bytes())
    told[32 * 500 + 3] ^= 1
    leaves.write_bytes(told)
    found = await scene.found(1)
    assert found is not None
    assert (found.position, found.reason.split(";")[0]) == (501, "the log holds")
