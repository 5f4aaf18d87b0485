"""`linli seals` and `linli witness`: how far logs are sealed, and by which keys."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli import main, seals
from services.territory.app import territory
from shared.core.notes import COSIGNED, PublicKey
from shared.ops.settings import Seals
from shared.runtime.hosting import Kept
from shared.store import checks, seal_keys
from shared.store.pool import Connection, Pool, connect, open_pool
from shared.store.verify import Broken
from shared.testkit.databases import TestDatabase
from tests.shared.seals import kept_in, sealed
from tests.shared.toy.asking import LOG
from tests.shared.toy.pasts import record_at_random

pytestmark = pytest.mark.postgres
Linli = Callable[..., Any]


@pytest.fixture
async def pool(log_database: TestDatabase) -> AsyncIterator[Pool]:
    """Connections of the service's role."""
    made = await open_pool(log_database.service)
    yield made
    await made.close()


@pytest.fixture
async def connection(log_database: TestDatabase) -> AsyncIterator[Connection]:
    """A connection of the service's role."""
    made = await connect(log_database.service)
    yield made
    await made.close()


@pytest.fixture
def linli(log_database: TestDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Linli:
    """Runs `linli …` over a service whose log is sealed in this folder."""
    known = kept_in(tmp_path)
    monkeypatch.setenv("LINLI_SEALS__PLACE", str(known.place))
    monkeypatch.setenv("LINLI_SEALS__KEY_FILE", str(known.key_file))
    one = replace(territory, kept=[Kept(LOG, lambda: log_database.service)])
    monkeypatch.setattr(seals, "installed", lambda: [one])
    monkeypatch.setattr("deploy.cli.witness.logging.configure", lambda: None)  # it outlives a run
    monkeypatch.setattr(seals, "inside", lambda _, work: asyncio.run(work()))
    return lambda *words: asyncio.to_thread(CliRunner().invoke, main.app, [*words])


async def test_a_log_says_how_far_it_is_sealed_and_what_does_not_hold(
    linli: Linli, connection: Connection, pool: Pool, tmp_path: Path
) -> None:
    assert "0 events sealed" in (await linli("seals", "status")).output
    assert "nothing is sealed yet" in str((await linli("seals", "keys")).exception)
    await record_at_random(connection, 1, events=40)
    known = Seals(place=tmp_path / "seals", key_file=tmp_path / "seal.key")
    await sealed(pool, known)
    await checks.broken(connection, LOG, Broken(7, "it was sealed otherwise"))
    [told] = json.loads((await linli("seals", "status", "--json")).output)
    assert (told["log"], told["epoch"], told["sealed"], told["broken_at"]) == (LOG, 1, 40, 7)
    assert "ALARM: position 7" in (await linli("seals", "status")).output
    [key] = (await linli("seals", "keys")).output.split()
    assert PublicKey.parse(key).name == "linli.test"


async def test_a_key_ends_only_once_the_next_one_is_tied_to_it(
    linli: Linli, connection: Connection, pool: Pool, tmp_path: Path
) -> None:
    known = Seals(place=tmp_path / "seals", key_file=tmp_path / "seal.key")
    await record_at_random(connection, 1, events=40)
    await sealed(pool, known)
    assert "only one key signs" in str((await linli("seals", "retire")).exception)
    fresh = PublicKey.parse((await linli("seals", "rotate")).output)
    assert "end the old one first" in str((await linli("seals", "rotate")).exception)
    assert "carries both keys yet" in str((await linli("seals", "retire")).exception)
    await sealed(pool, known)
    assert PublicKey.parse((await linli("seals", "retire")).output) == fresh
    assert [key.public for key in seal_keys.read_private(tmp_path / "seal.key")] == [fresh]
    await record_at_random(connection, 2, events=40)
    assert await sealed(pool, known) == 80


async def test_a_witness_makes_its_key_and_waits_for_those_of_a_log(
    linli: Linli, tmp_path: Path
) -> None:
    folder = tmp_path / "witness"
    done = await linli("witness", str(folder), "--name", "witness.test")
    assert "no log is known yet" in str(done.exception)
    assert PublicKey.parse(done.output).kind == COSIGNED
    again = await linli("witness", str(folder), "--name", "witness.test")
    assert again.output == done.output
    other = await linli("witness", str(folder), "--name", "other.test")
    assert "is of witness.test" in str(other.exception)
