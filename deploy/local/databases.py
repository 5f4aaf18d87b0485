"""The databases and login roles of the services on this machine's own server."""

from dataclasses import dataclass

import asyncpg

from deploy.local.postgres import EmbeddedPostgres

KEYS = "_keys"


@dataclass(frozen=True)
class Owned:
    """What a service owns: a database and a role by its name, and with `keys` a key store."""

    name: str
    keys: bool = True

    @property
    def databases(self) -> tuple[str, ...]:
        """The names of its databases."""
        return (self.name, f"{self.name}{KEYS}") if self.keys else (self.name,)


SERVICES = (
    Owned("territory"),
    Owned("grievance"),
    Owned("volunteer"),
    Owned("points"),
    Owned("dashboard", keys=False),
)

ROLE_EXISTS = "select exists (select from pg_roles where rolname = $1)"
DATABASE_EXISTS = "select exists (select from pg_database where datname = $1)"


async def create_databases(postgres: EmbeddedPostgres) -> None:
    """The databases of every service, and a role for each that owns none of them.

    What exists is left as it is.
    """
    connection = await asyncpg.connect(postgres.dsn("postgres"))
    try:
        for service in SERVICES:
            if not await connection.fetchval(ROLE_EXISTS, service.name):
                await connection.execute(f"create role {service.name} login")
            for name in service.databases:
                await _create_database(connection, name, service.name)
    finally:
        await connection.close()


async def _create_database(connection: asyncpg.Connection, name: str, role: str) -> None:
    if not await connection.fetchval(DATABASE_EXISTS, name):
        await connection.execute(f"create database {name}")
    await connection.execute(f"revoke all on database {name} from public")
    await connection.execute(f"grant connect, temporary on database {name} to {role}")
