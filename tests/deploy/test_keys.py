"""`linli keys`: what the operator is told, and what becomes of the file with the master keys."""

from __future__ import annotations

import asyncio
import json
import stat
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from deploy.cli import key_stores, keys, main
from deploy.local.home import Home, new_master, write_private
from deploy.local.installed import INSTALLED
from services.grievance.app import grievance
from services.territory.app import territory
from shared.ops.settings import KernelSettings
from shared.runtime.hosting import Kept
from shared.store.key_store import KeyStore
from shared.store.pool import Pool, open_pool
from shared.testkit.databases import TestDatabase, TestServer

pytestmark = pytest.mark.postgres


@pytest.fixture
async def second(server: TestServer) -> AsyncIterator[TestDatabase]:
    async with server.database("template_keys") as database:
        yield database


@pytest.fixture
async def pools(key_database: TestDatabase, second: TestDatabase) -> AsyncIterator[list[Pool]]:
    """Two key stores."""
    made = [await open_pool(one.service) for one in (key_database, second)]
    yield made
    for pool in made:
        await pool.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with a master key."""
    made = Home(tmp_path)
    made.prepare()
    monkeypatch.setenv("LINLI_MASTER_KEY_FILE", str(made.master_key))
    return made


@pytest.fixture
def linli(
    home: Home, key_database: TestDatabase, second: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Runs `linli keys` over two services with key stores."""

    def kept(database: TestDatabase) -> list[Kept]:
        return [Kept("log", lambda: "", lambda: database.service)]

    services = [
        replace(grievance, kept=kept(key_database)),
        replace(territory, kept=kept(second)),
        replace(territory, kept=[]),
    ]
    monkeypatch.setattr(key_stores, "installed", lambda: services)
    monkeypatch.setattr(keys, "inside", lambda _, work: asyncio.run(work()))
    words = ["--home", str(home.path)]

    async def run(*told: str) -> Result:
        asked = ["keys", *told, *words]
        return await asyncio.to_thread(lambda: CliRunner().invoke(main.app, asked))

    return run


def test_every_service_that_keeps_keys_is_in_sight() -> None:
    with_keys = {one.name for one in INSTALLED if any(kept.keys for kept in one.kept)}
    assert with_keys == {"territory", "grievance", "volunteer", "points"}


async def test_another_master_key_takes_over_and_the_old_one_goes(
    linli: Callable[..., Any], home: Home, pools: list[Pool]
) -> None:
    stores = [KeyStore(pool, KernelSettings().masters) for pool in pools]
    persons = [uuid4() for _ in range(5)]
    before = [await store.create(persons) for store in stores]
    [old] = KernelSettings().masters()

    early = await linli("retire")
    assert early.exit_code == 0, "there is nothing to remove"
    done = await linli("rotate", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["rewrapped"], told["removable"]) == (10, True)
    new, *others = KernelSettings().masters()
    assert others == [old]
    assert stat.S_IMODE(home.master_key.stat().st_mode) == 0o600
    shown = await linli("status")
    assert "linli keys retire" in shown.output
    assert shown.output.count("5 keys  whole since") == 2

    assert json.loads((await linli("rotate", "--json")).stdout)["rewrapped"] == 0
    assert (await linli("retire")).exit_code == 0
    assert KernelSettings().masters() == (new,)
    for store, pool, found in zip(stores, pools, before, strict=True):
        assert await store.find(persons) == found
        assert await KeyStore(pool, lambda: [new]).find(persons) == found
    assert json.loads((await linli("status", "--json")).stdout)["removable"] is False


async def test_broken_off_after_the_file_was_written_it_goes_on_with_that_one(
    linli: Callable[..., Any], home: Home, pools: list[Pool]
) -> None:
    await KeyStore(pools[0], KernelSettings().masters).create([uuid4()])
    write_private(home.master_key, new_master() + b"\n" + home.master_key.read_bytes().strip())
    before = home.master_key.read_bytes()
    refused = await linli("retire")
    assert "still needed" in str(refused.exception)
    assert "go on with: linli keys rotate" in (await linli("status")).output
    assert (await linli("rotate")).exit_code == 0
    assert home.master_key.read_bytes() == before


async def test_a_key_that_is_kept_elsewhere_is_not_written_here(
    linli: Callable[..., Any], home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(home.master_key.read_bytes())
    monkeypatch.setenv("LINLI_MASTER_KEY_FILE", str(elsewhere))
    refused = await linli("rotate")
    assert "write the new one above the old one" in str(refused.exception)
    assert len(KernelSettings().masters()) == 1
    elsewhere.write_bytes(new_master() + b"\n" + elsewhere.read_bytes())
    assert (await linli("rotate")).exit_code == 0


async def test_a_wrong_master_key_is_named_before_anything_is_changed(
    linli: Callable[..., Any], home: Home, pools: list[Pool]
) -> None:
    await KeyStore(pools[1], KernelSettings().masters).create([uuid4()])
    write_private(home.master_key, new_master())
    before = home.master_key.read_bytes()
    for told in ("status", "rotate", "retire"):
        failed = await linli(told)
        assert "needs the master key with the mark" in str(failed.exception)
    assert home.master_key.read_bytes() == before


async def test_two_do_not_change_it_at_once(linli: Callable[..., Any], home: Home) -> None:
    with home.keys_held():
        assert "already running" in str((await linli("rotate")).exception)
