"""A witness elsewhere signs what only grew, and keeps the proof of what did not."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from deploy.witness.app import app_of
from deploy.witness.memory import Memory
from shared.core.checkpoint import Checkpoint
from shared.core.notes import COSIGNED, BadNote, Note, SigningKey
from shared.core.witnessed import Ask, Refused
from shared.ops.settings import Seals
from shared.runtime.seals import witnessing
from shared.runtime.seals.witnessing import Witnessing, witnesses
from shared.store import seal_keys
from shared.store.pool import Connection, Pool
from shared.store.seal_folder import notes_of
from shared.store.seal_keys import KEYS
from tests.shared.seals import kept_in, life_of, sealed
from tests.shared.tampering import rewrite_at
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres
URL = "http://witness.test"


class Elsewhere:
    """A witness on another machine, which a log reaches as if over HTTP."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = SigningKey("witness.test", bytes(32), COSIGNED)

    def app(self, known: Seals) -> Starlette:
        """As it starts, knowing the keys of the log that are published now."""
        logs = seal_keys.read_public(known.place / KEYS)
        return app_of(self.key, logs, Memory(self.folder))

    async def round(self, pool: Pool, known: Seals) -> None:
        """The log shows its latest checkpoint."""
        asking = Witnessing(pool, LOG, known)
        await asking.aclose()
        transport = httpx.ASGITransport(self.app(known))
        asking._client = httpx.AsyncClient(transport=transport)
        await asking.round()
        await asking.aclose()

    def signed(self, part: str = "signed") -> list[int]:
        """The sizes of the checkpoints kept there."""
        notes = [note for path in (self.folder / part).iterdir() for note in notes_of(path)]
        return [Checkpoint.parse(note.text).size for note in notes]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    return Elsewhere(tmp_path / "witness")


@pytest.fixture
def known(tmp_path: Path, elsewhere: Elsewhere) -> Seals:
    made = kept_in(tmp_path)
    asked = tmp_path / "witnesses"
    asked.write_text(f"{elsewhere.key.public} {URL}/\n")
    return made.model_copy(update={"witnesses": asked})


async def test_each_checkpoint_is_signed_once_it_is_proved_to_add_to_the_last(
    connection: Connection, pool: Pool, known: Seals, elsewhere: Elsewhere
) -> None:
    for seed in range(3):
        await record_at_random(connection, seed, events=40)
        await sealed(pool, known)
        await elsewhere.round(pool, known)
        await elsewhere.round(pool, known)
    assert elsewhere.signed() == [40, 80, 120]
    [note] = (await life_of(pool, known)).cosigned()
    assert Checkpoint.parse(note.text).size == 120
    assert elsewhere.key.public.signed(note)


async def test_a_log_that_forgot_its_witness_is_told_where_they_stood(
    connection: Connection, pool: Pool, known: Seals, elsewhere: Elsewhere, tmp_path: Path
) -> None:
    await record_at_random(connection, 1, events=40)
    await sealed(pool, known)
    await elsewhere.round(pool, known)
    for path in (tmp_path / "seals" / LOG / "1" / "cosigned").iterdir():
        path.unlink()
    await record_at_random(connection, 2, events=40)
    await sealed(pool, known)
    await elsewhere.round(pool, known)
    assert elsewhere.signed() == [40, 80]


async def test_a_log_sealed_anew_from_changed_events_is_not_signed_and_kept_as_proof(
    connection: Connection,
    owner: Connection,
    pool: Pool,
    known: Seals,
    elsewhere: Elsewhere,
    tmp_path: Path,
) -> None:
    """Whoever holds the database, the files and the key can seal another past; not unseen."""
    await record_at_random(connection, 1, events=40)
    await sealed(pool, known)
    await elsewhere.round(pool, known)
    await rewrite_at(owner, 17)
    await owner.execute("delete from seal")
    life = tmp_path / "seals" / LOG / "1"
    for path in [*life.glob("checkpoint*"), *life.glob("checkpoints/*"), *life.glob("hashes.*")]:
        if path.is_file():
            path.unlink()
    await record_at_random(connection, 2, events=40)
    assert await sealed(pool, known) == 80
    await elsewhere.round(pool, known)
    assert elsewhere.signed() == [40]
    assert elsewhere.signed("conflicts") == [80]


async def test_a_witness_that_is_away_is_asked_again(
    connection: Connection, pool: Pool, known: Seals, elsewhere: Elsewhere
) -> None:
    await record_at_random(connection, 1, events=40)
    await sealed(pool, known)
    away = Witnessing(pool, LOG, known)
    with pytest.raises(witnessing.FAULTS):
        await away.round()
    await away.aclose()
    await elsewhere.round(pool, known)
    assert elsewhere.signed() == [40]


async def test_what_is_no_request_is_refused(
    connection: Connection, pool: Pool, known: Seals, elsewhere: Elsewhere
) -> None:
    await record_at_random(connection, 1, events=40)
    await sealed(pool, known)
    note = (await life_of(pool, known)).latest()
    assert note is not None
    good = str(Ask(0, [], note))
    stranger = SigningKey("linli.elsewhere", bytes(32))
    own = SigningKey("linli.test", bytes(32))
    point = Checkpoint.parse(note.text)
    asked = {
        "": 400, "old": 400, "old 0": 400, "old 0\n\n": 400, good[:-1]: 400, "x" * 100_000: 400,
        good.replace("old 0", "old -1"): 400, good.replace("old 0", "old 41"): 400,
        good.replace("old 0", "old 40"): 409, good.replace("\n40\n", "\n41\n"): 403,
        good.replace("old 0\n", "old 0\n" + "A" * 43 + "=\n"): 422,
        good.replace("old 0\n", "old 0\n" + ("A" * 43 + "=\n") * 64): 400,
        str(Ask(0, [], Note(note.text, (stranger.sign(note.text, point.sealed_at),)))): 404,
        str(Ask(0, [], Note(note.text, (own.sign(note.text, point.sealed_at),)))): 403,
    }  # fmt: skip
    transport = httpx.ASGITransport(elsewhere.app(known))
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        for text, status in asked.items():
            answer = await client.post("/add-checkpoint", content=text.encode())
            assert answer.status_code == status, text[:60]
        assert (await client.post("/add-checkpoint", content=b"\xff")).status_code == 400
    assert elsewhere.signed() == []


@pytest.mark.parametrize("text", ["x", "x y", "{key}", "{log} http://a"])
def test_a_file_of_witnesses_names_key_and_place(tmp_path: Path, text: str) -> None:
    path = tmp_path / "witnesses"
    log, key = SigningKey("a", bytes(32)), SigningKey("a", bytes(32), COSIGNED)
    path.write_text(text.format(key=key.public, log=log.public))
    with pytest.raises(BadNote):
        witnesses(path)
    assert witnesses(None) == []


@pytest.mark.parametrize("text", ["old x\n\n", "older 1\n\n"])
def test_a_request_says_what_was_there(text: str) -> None:
    with pytest.raises(Refused):
        Ask.parse(text)
