"""The databases and login roles of the services on this machine's own server."""

import asyncpg

from deploy.local.postgres import EmbeddedPostgres

SERVICES = ("grievance",)
KEYS = "_keys"

ROLE_EXISTS = "select exists (select from pg_roles where rolname = $1)"
DATABASE_EXISTS = "select exists (select from pg_database where datname = $1)"


async def create_databases(postgres: EmbeddedPostgres) -> None:
    """One database for a service's log, one for its keys, and a role that owns neither.

    What exists is left as it is.
    """
    connection = await asyncpg.connect(postgres.dsn("postgres"))
    try:
        for service in SERVICES:
            if not await connection.fetchval(ROLE_EXISTS, service):
                await connection.execute(f"create role {service} login")
            for name in (service, f"{service}{KEYS}"):
                await _create_database(connection, name, service)
    finally:
        await connection.close()


async def _create_database(connection: asyncpg.Connection, name: str, role: str) -> None:
    if not await connection.fetchval(DATABASE_EXISTS, name):
        await connection.execute(f"create database {name}")
    await connection.execute(f"revoke all on database {name} from public")
    await connection.execute(f"grant connect, temporary on database {name} to {role}")
