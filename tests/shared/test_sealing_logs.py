"""A log is sealed as it grows, and never sealed on when it is not what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.core import merkle
from shared.core.checkpoint import Checkpoint
from shared.core.notes import BadNote
from shared.ops.settings import Seals
from shared.runtime.seals import sealing as room
from shared.runtime.seals.sealing import DoesNotFit
from shared.store.pool import Connection, Pool
from shared.store.seal_folder import SealFolder
from shared.store.tree_files import Torn
from tests.shared.seals import kept_in, life_of, sealed, sealing
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


async def test_each_checkpoint_has_the_root_of_the_log_as_it_was(
    connection: Connection, pool: Pool, known: Seals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PAGE", 7)
    for seed in range(4):
        await record_at_random(connection, seed, events=100)
        assert await sealed(pool, known) == 100 * (seed + 1)
    folder = await life_of(pool, known)
    hashes = [row["hash"] for row in await connection.fetch(HASHES, LOG)]
    leaves = [merkle.leaf(n, own) for n, own in enumerate(hashes, start=1)]
    with folder.tree() as tree:
        for point in signed(folder):
            grown = merkle.Frontier()
            grown.extend(leaves[: point.size])
            assert point.root == grown.root() == merkle.root(tree, point.size)
        assert [point.size for point in signed(folder)] == [100, 200, 300, 400]
        last = signed(folder)[-1]
        path = merkle.inclusion(tree, 122, last.size)
        merkle.check_inclusion(leaves[122], 122, last.size, path, last.root)


async def test_nothing_is_signed_while_nothing_is_new(
    connection: Connection, pool: Pool, known: Seals
) -> None:
    async with sealing(pool, known) as made:
        assert await made.next() is None
        await record_at_random(connection, 1, events=10)
        assert await made.next() is not None
        assert await made.next() is None


async def test_one_process_at_a_time_seals(pool: Pool, known: Seals) -> None:
    folder = await life_of(pool, known)
    async with sealing(pool, known):
        with folder.held() as ours:
            assert not ours
    with folder.held() as ours:
        assert ours


async def test_what_was_written_and_not_signed_is_written_again(
    connection: Connection, pool: Pool, known: Seals
) -> None:
    await record_at_random(connection, 1, events=300)
    await sealed(pool, known)
    folder = await life_of(pool, known)
    with folder.tree(writing=True) as tree:
        tree.begin(300)
        tree.extend([bytes(32)] * 700)  # a process that died before it signed
    await record_at_random(connection, 2, events=300)
    await sealed(pool, known)
    with folder.tree() as tree:
        assert tree.size == 600
        assert merkle.root(tree, 600) == signed(folder)[-1].root


@pytest.mark.parametrize("cut", [1, 60, 130, 200])
async def test_a_checkpoint_that_a_crash_cut_short_is_mended(
    connection: Connection, pool: Pool, known: Seals, tmp_path: Path, cut: int
) -> None:
    await record_at_random(connection, 1, events=20)
    await sealed(pool, known)
    [day] = found(tmp_path, "checkpoints/*")
    whole = day.read_bytes()
    await record_at_random(connection, 2, events=20)
    await sealed(pool, known)
    first = whole + day.read_bytes()[len(whole) :][:cut]
    day.write_bytes(first)
    (day.parents[1] / "checkpoint").write_bytes(whole[:-1])
    assert await sealed(pool, known) == 40
    assert [point.size for point in signed(await life_of(pool, known))] == [20, 40]


async def test_a_checkpoint_on_record_that_is_not_yet_the_latest_becomes_it(
    connection: Connection, pool: Pool, known: Seals, tmp_path: Path
) -> None:
    await record_at_random(connection, 1, events=20)
    await sealed(pool, known)
    [latest] = found(tmp_path, "checkpoint")
    before = latest.read_bytes()
    await record_at_random(connection, 2, events=20)
    await sealed(pool, known)
    latest.write_bytes(before)
    assert await sealed(pool, known) == 40
    assert [point.size for point in signed(await life_of(pool, known))] == [20, 40]


BENT = {
    "a tail cut off": ("delete from event where position > 290", 291),
    "its last event changed": ("update event set hash = digest where position = 300", 300),
}


@pytest.mark.parametrize("bent", BENT)
async def test_a_log_that_is_not_what_was_sealed_is_not_sealed_on(
    connection: Connection, owner: Connection, pool: Pool, known: Seals, bent: str
) -> None:
    await record_at_random(connection, 1, events=300)
    await sealed(pool, known)
    statement, position = BENT[bent]
    await owner.execute(statement)
    with pytest.raises(DoesNotFit) as found:
        await sealed(pool, known)
    assert found.value.position == position


async def test_a_hole_is_not_sealed(
    connection: Connection, owner: Connection, pool: Pool, known: Seals
) -> None:
    await record_at_random(connection, 1, events=50)
    await owner.execute("delete from event where position = 20")
    with pytest.raises(DoesNotFit) as found:
        await sealed(pool, known)
    assert found.value.position == 1  # no event before it is sealed yet


async def test_seals_that_were_taken_back_are_missed(
    connection: Connection, pool: Pool, known: Seals, tmp_path: Path
) -> None:
    for seed in range(3):
        await record_at_random(connection, seed, events=20)
        await sealed(pool, known)
    for file in (*found(tmp_path, "checkpoint"), *found(tmp_path, "checkpoints/*")):
        file.unlink()
    with pytest.raises(BadNote, match="taken away"):
        await sealed(pool, known)


async def test_files_of_the_tree_that_were_changed_are_not_built_on(
    connection: Connection, pool: Pool, known: Seals, tmp_path: Path
) -> None:
    await record_at_random(connection, 1, events=300)
    await sealed(pool, known)
    [rows] = found(tmp_path, "hashes.1")
    rows.write_bytes(bytes(32))
    with pytest.raises(Torn, match="root that was signed"):
        await sealed(pool, known)
    rows.unlink()
    with pytest.raises(Torn):
        await sealed(pool, known)
