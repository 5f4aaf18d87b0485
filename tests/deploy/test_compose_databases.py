"""The roles and databases of compose.yaml, on a real server that asks for passwords."""

import asyncio
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import pytest

from deploy.compose.secrets import make
from deploy.local.databases import SERVICES, Owned
from deploy.local.placement import Account, Placement, binaries
from deploy.local.postgres import SUPERUSER, EmbeddedPostgres
from services.dashboard import app as dashboard
from services.dashboard.settings import Database
from services.dashboard.settings import Settings as DashboardSettings
from services.grievance import app as grievance
from services.grievance.settings import Settings as GrievanceSettings
from shared.ops.settings import Databases
from tests.deploy.servers import ask, server

pytestmark = pytest.mark.postgres

COMPOSE = Path(__file__).parents[2] / "deploy" / "compose"
RULES = f"local all {SUPERUSER} trust\nlocal all all scram-sha-256\n"
ROLES = [role for one in SERVICES for role in (one.name, f"{one.name}_owner")]


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    list(make(folder, "shili"))
    return folder


@pytest.fixture(scope="module")
def running(secrets: Path) -> Iterator[EmbeddedPostgres]:
    """A server that asks all but its superuser for a password; the databases are made."""
    with TemporaryDirectory(prefix="linli-test-") as name, server(Path(name)) as postgres:
        place = Placement.of(Path(name))
        assert place is not None
        postgres.stop()
        (place.data / "pg_hba.conf").write_text(RULES)
        postgres.start()
        create(postgres, secrets)
        yield postgres


@pytest.fixture
def passwords(secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password file that the image's entrypoint makes of the mounted secrets."""
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    script = (COMPOSE / "entrypoint.sh").read_text().replace("/run/secrets", str(secrets))
    subprocess.run(["sh", "-c", script, "entrypoint", "true"], check=True, timeout=10)


def create(postgres: EmbeddedPostgres, secrets: Path) -> None:
    psql = binaries(Account.current()) / "psql"
    script = f"--file={COMPOSE / 'databases.sql'}"
    done = subprocess.run(
        [psql, "--no-psqlrc", "--quiet", f"--set=secrets={secrets}", script,
         postgres.dsn("postgres")],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def execute(dsn: str, sql: str, password: str | None = None) -> str:
    async def once() -> str:
        connection = await asyncpg.connect(dsn, timeout=10, password=password)
        try:
            return str(await connection.execute(sql))
        finally:
            await connection.close()

    return asyncio.run(once())


def test_every_service_has_its_databases_and_roles(running: EmbeddedPostgres) -> None:
    owned = {name: f"{one.name}_owner" for one in SERVICES for name in one.databases}
    assert owned == {
        name: ask(
            running, f"select pg_get_userbyid(datdba) from pg_database where datname='{name}'"
        )
        for name in str(
            ask(running, "select string_agg(datname, ' ') from pg_database where oid >= 16384")
        ).split()
    }


@pytest.mark.usefixtures("passwords")
@pytest.mark.parametrize("one", SERVICES, ids=lambda one: one.name)
def test_a_role_enters_its_own_databases_with_its_password(
    running: EmbeddedPostgres, one: Owned
) -> None:
    for database in one.databases:
        for role in (one.name, f"{one.name}_owner"):
            assert execute(running.dsn(database, role), "select 1") == "SELECT 1"


@pytest.mark.parametrize("role", ROLES)
def test_without_the_password_nobody_enters(running: EmbeddedPostgres, role: str) -> None:
    dsn = running.dsn(role.removesuffix("_owner"), role)
    with pytest.raises(asyncpg.InvalidPasswordError):
        execute(dsn, "select 1", password="wrong")


@pytest.mark.usefixtures("passwords")
def test_a_service_does_not_enter_the_databases_of_another(running: EmbeddedPostgres) -> None:
    for role in ("dashboard", "dashboard_owner"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            execute(running.dsn("grievance_keys", role), "select 1")


@pytest.mark.usefixtures("passwords")
@pytest.mark.parametrize("statement", ["create database more", "create role more"])
@pytest.mark.parametrize("role", ROLES)
def test_no_role_makes_databases_or_roles(
    running: EmbeddedPostgres, role: str, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        execute(running.dsn(role.removesuffix("_owner"), role), statement)


@pytest.mark.usefixtures("passwords")
def test_the_owner_migrates_and_the_service_cannot_rewrite_history(
    running: EmbeddedPostgres,
) -> None:
    grievance.migrate(
        GrievanceSettings(
            grievance=Databases(
                dsn=running.dsn("grievance", "grievance"),
                keys_dsn=running.dsn("grievance_keys", "grievance"),
                owner_dsn=running.dsn("grievance", "grievance_owner"),
                keys_owner_dsn=running.dsn("grievance_keys", "grievance_owner"),
            )
        )
    )
    own = running.dsn("grievance", "grievance")
    assert execute(own, "select from event") == "SELECT 0"
    assert execute(own, "create table read.probe ()") == "CREATE TABLE"
    for forbidden in ("delete from event", "truncate event", "create table public.probe ()"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            execute(own, forbidden)
    keys = running.dsn("grievance_keys", "grievance")
    assert execute(keys, "vacuum subject_key") == "VACUUM"


@pytest.mark.usefixtures("passwords")
def test_the_dashboard_migrates_as_its_owner(running: EmbeddedPostgres) -> None:
    own, owner = (running.dsn("dashboard", role) for role in ("dashboard", "dashboard_owner"))
    dashboard.migrate(DashboardSettings(dashboard=Database(dsn=own, owner_dsn=owner)))
    assert execute(own, "create table read.probe ()") == "CREATE TABLE"


def test_a_second_run_changes_only_what_a_new_password_says(
    running: EmbeddedPostgres, secrets: Path, tmp_path: Path
) -> None:
    for path in secrets.glob("*_password"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "dashboard_password").write_text("another\n")
    old = (secrets / "dashboard_password").read_text().strip()
    dsn = running.dsn("dashboard", "dashboard")
    create(running, tmp_path)
    assert execute(dsn, "select 1", password="another") == "SELECT 1"
    with pytest.raises(asyncpg.InvalidPasswordError):
        execute(dsn, "select 1", password=old)
    create(running, secrets)
    assert execute(dsn, "select 1", password=old) == "SELECT 1"
