"""A backup of keys that was made before an erasure and restored after it brings nobody back: in
every service that keeps keys, before anything is served."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from deploy.local.installed import INSTALLED
from deploy.local.placement import Account, binaries
from services.grievance import service as grievance
from services.grievance.settings import Settings as GrievanceSettings
from services.points import service as points
from services.points.settings import Settings as PointsSettings
from services.territory import service as territory
from services.territory.settings import Settings as TerritorySettings
from services.volunteer import service as volunteer
from services.volunteer.settings import Settings as VolunteerSettings
from shared.core.canonical import Facts
from shared.core.person.decider import person as person_decider
from shared.core.person.events import SubjectErased
from shared.core.person.stream import stream_of
from shared.core.sealed import Sealed
from shared.ops.settings import Databases
from shared.store.append import Check, Decided, append
from shared.store.key_store import KeyStore
from shared.store.pool import connect, open_pool
from shared.store.rewrapping import rewrap
from shared.testkit.databases import TestDatabase

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
Opened = Callable[[], AbstractAsyncContextManager[Any]]


@dataclass(frozen=True)
class Installed:
    """A service on databases of its own; `masters` is the file that its processes read."""

    log: str
    keys: TestDatabase
    masters: Path
    opened: Opened


@pytest.fixture(params=["territory", "grievance", "volunteer", "points"])
def installed(
    request: pytest.FixtureRequest,
    log_database: TestDatabase,
    key_database: TestDatabase,
    tmp_path: Path,
    jwks_file: Path,
) -> Installed:
    """One after the other of the services that keep keys."""
    masters = tmp_path / "master.key"
    _write(masters, OLD)
    databases = Databases(dsn=log_database.service, keys_dsn=key_database.service)
    told: dict[str, Any] = {
        request.param: databases,
        "master_key_file": masters,
        "jwks_file": jwks_file,
    }
    if request.param == "territory":
        of_places = TerritorySettings(**told)
        return Installed(request.param, key_database, masters, lambda: territory.opened(of_places))
    if request.param == "volunteer":
        of_hours = VolunteerSettings(**told)
        return Installed(request.param, key_database, masters, lambda: volunteer.opened(of_hours))
    if request.param == "points":
        of_points = PointsSettings(**told)
        return Installed(request.param, key_database, masters, lambda: points.opened(of_points))
    of_cases = GrievanceSettings(**told)
    return Installed(request.param, key_database, masters, lambda: grievance.opened(of_cases))


@pytest.fixture
def backup(installed: Installed, tmp_path: Path) -> Callable[[], Path]:
    """Makes a backup of the keys, with the tool that operators use."""

    def dump() -> Path:
        file = tmp_path / "keys.dump"
        _run("pg_dump", "--format=custom", f"--file={file}", installed.keys.owner)
        return file

    return dump


def test_no_service_that_keeps_keys_is_left_out() -> None:
    assert {one.name for one in INSTALLED if any(kept.keys for kept in one.kept)} == {
        "territory", "grievance", "volunteer", "points"
    }  # fmt: skip


async def test_a_backup_restored_later_brings_nobody_back(
    installed: Installed, backup: Callable[[], Path]
) -> None:
    gone, kept = uuid4(), uuid4()
    boxes = await _sealed(installed, gone, kept)
    file = backup()
    async with installed.opened() as service:
        await _erase(installed, service, gone)
        assert await service.sealer.open(boxes) == [None, "测试人"]
    await _restore(installed, file)
    assert None not in (await _keys(installed, OLD, gone, kept)).values(), "it did bring them back"
    async with installed.opened() as service:
        assert await service.sealer.open(boxes) == [None, "测试人"]
    assert (await _keys(installed, OLD, gone, kept))[gone] is None


async def test_nor_while_the_service_runs(installed: Installed, backup: Callable[[], Path]) -> None:
    gone, kept = uuid4(), uuid4()
    boxes = await _sealed(installed, gone, kept)
    file = backup()
    async with installed.opened() as service:
        await _erase(installed, service, gone)
        await _restore(installed, file)
        await service.eraser.catch_up()
        assert await service.sealer.open(boxes) == [None, "测试人"]


async def test_nor_does_one_from_before_another_master_key(
    installed: Installed, backup: Callable[[], Path]
) -> None:
    gone, kept = uuid4(), uuid4()
    boxes = await _sealed(installed, gone, kept)
    async with installed.opened() as service:
        root = service.fingerprints.of(b"{}")
    file = backup()
    _write(installed.masters, NEW, OLD)
    await _rewrapped(installed)
    async with installed.opened() as service:
        await _erase(installed, service, gone)
    await _restore(installed, file)
    async with installed.opened() as service:
        assert await service.sealer.open(boxes) == [None, "测试人"]
    await _rewrapped(installed)
    _write(installed.masters, NEW)
    async with installed.opened() as service:
        assert await service.sealer.open(boxes) == [None, "测试人"]
        assert service.fingerprints.of(b"{}") == root


async def _sealed(installed: Installed, *persons: UUID) -> list[Sealed]:
    async with installed.opened() as service:
        return [(await service.sealer.seal(one, {"name": "测试人"}))["name"] for one in persons]


async def _erase(installed: Installed, service: Any, person: UUID) -> None:
    """The log of this service says that the person is erased."""
    stream = stream_of(person)
    event = SubjectErased(at=datetime.now(UTC), subject=person, territory="d", reason="own_request")
    facts = Facts(
        installed.log, stream, 1, event.type, 1, "d", "clerk-1", person, person, None, "live",
        event.at, person_decider.events.encode(event),
    )  # fmt: skip
    async with service.pool.acquire() as connection:
        await append(
            connection, installed.log, [Decided(person, b"erased", (Check(stream, 0),), (facts,))]
        )
    await service.eraser.catch_up()


async def _keys(installed: Installed, master: bytes, *persons: UUID) -> dict[UUID, bytes | None]:
    pool = await open_pool(installed.keys.service)
    found = await KeyStore(pool, lambda: [master]).find(persons)
    await pool.close()
    return dict(found)


async def _rewrapped(installed: Installed) -> None:
    connection = await connect(installed.keys.service)
    await rewrap(connection, [NEW, OLD], lambda _: None)
    await connection.close()


async def _restore(installed: Installed, file: Path) -> None:
    _run("pg_restore", "--clean", "--if-exists", f"--dbname={installed.keys.owner}", str(file))


def _run(tool: str, *words: str) -> None:
    program = binaries(Account.current()) / tool
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _write(file: Path, *masters: bytes) -> None:
    lines: Sequence[str] = [base64.b64encode(one).decode() for one in masters]
    file.write_text("\n".join(lines) + "\n")
