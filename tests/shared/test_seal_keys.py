"""Who signs a log, through changes of the key and through the lives of the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.core import merkle
from shared.core.checkpoint import Checkpoint
from shared.core.notes import BadNote
from shared.ops.settings import Seals
from shared.runtime.seals.places import trusted
from shared.runtime.seals.sealing import DoesNotFit
from shared.store import epochs, seal_keys
from shared.store.pool import Connection, Pool
from shared.store.seal_folder import SealFolder
from shared.testkit.databases import TestDatabase
from tests.shared.seals import kept_in, life_of, proved, sealed
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres
HASHES = "select hash from event where log = $1 order by position"


@pytest.fixture
def known(tmp_path: Path) -> Seals:
    return kept_in(tmp_path)


def signed(folder: SealFolder) -> list[Checkpoint]:
    return [Checkpoint.parse(note.text) for note in folder.past()]


def found(folder: Path, name: str) -> list[Path]:
    return list(folder.glob(f"seals/*/1/{name}"))


async def test_a_new_key_is_tied_to_the_one_before_it(
    connection: Connection, pool: Pool, known: Seals, log_database: TestDatabase
) -> None:
    assert known.key_file is not None
    keys = seal_keys.read_private(known.key_file)
    for seed in range(3):
        keys = [seal_keys.made("linli.test"), *keys[:1]]
        await record_at_random(connection, seed, events=20)
        await sealed(pool, known)
        seal_keys.write_private(known.key_file, keys)
        await sealed(pool, known)
        seal_keys.write_private(known.key_file, keys[:1])
    folder = await life_of(pool, known)
    assert [point.size for point in signed(folder)] == [20, 20, 40, 40, 60, 60]
    assert len(trusted(known)) == 4
    last = await proved(log_database.service, known)
    assert (last.broken, last.sealed) == (None, 60)
    stranger = seal_keys.made("linli.test")
    seal_keys.write_private(known.key_file, [stranger])
    assert list(trusted(known)) == [stranger.public]


async def test_no_key_of_ours_no_seal(connection: Connection, pool: Pool, known: Seals) -> None:
    await record_at_random(connection, 1, events=20)
    await sealed(pool, known)
    assert known.key_file is not None
    seal_keys.write_private(known.key_file, [seal_keys.made("linli.test")])
    with pytest.raises(BadNote, match="not signed by our keys"):
        await sealed(pool, known)
    for text in ("", "linli.test", "linli.test !!", "linli.test AAAA"):
        known.key_file.write_text(text)
        with pytest.raises(seal_keys.NoSealKey):
            await sealed(pool, known)


async def test_the_next_life_of_a_log_begins_with_the_tree_of_the_one_before(
    connection: Connection,
    owner: Connection,
    pool: Pool,
    known: Seals,
    log_database: TestDatabase,
) -> None:
    await record_at_random(connection, 1, events=60)
    await sealed(pool, known)
    first = await life_of(pool, known)
    await owner.execute("delete from event where position > 40")
    await owner.execute("delete from command where first_position > 40")
    await epochs.raise_epoch(owner, LOG, None, "the disk was lost")
    await record_at_random(connection, 2, events=30)
    assert await sealed(pool, known) == 70
    second = await life_of(pool, known)
    assert [point.fork for point in signed(second)] == [40]
    assert [point.size for point in signed(first)] == [60]
    with first.tree() as before, second.tree() as after:
        assert merkle.root(before, 40) == merkle.root(after, 40)
        assert merkle.root(before, 41) != merkle.root(after, 41)
    last = await proved(log_database.service, known)
    assert (last.position, last.sealed, last.broken) == (70, 70, None)


async def test_a_life_that_does_not_begin_as_the_one_before_is_not_sealed(
    connection: Connection, owner: Connection, pool: Pool, known: Seals
) -> None:
    await record_at_random(connection, 1, events=60)
    await sealed(pool, known)
    await owner.execute("update event set hash = digest where position = 33")
    await epochs.raise_epoch(owner, LOG, 50, "the disk was lost")
    with pytest.raises(DoesNotFit, match="differ before their fork"):
        await sealed(pool, known)
