"""Bring a database to today's tables: plain-SQL revisions, one transaction each."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent / "migrations"


def migrate(dsn: str, *, tables: Literal["log", "keys"], role: str) -> None:
    """Create or upgrade the tables of a log or of a key store, and grant `role` its use of them.

    `dsn` is the owner's (`postgresql://…`); `role` is the service's. Blocks while another process
    migrates the same database. Not to be called from a running event loop.
    """
    # Half a second to import, and every process of a service knows this function.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ROOT))
    config.set_main_option("version_locations", str(ROOT / tables))
    config.set_main_option("path_separator", "newline")
    config.attributes["url"] = dsn.replace("postgresql://", "postgresql+asyncpg://", 1)
    config.attributes["role"] = role
    command.upgrade(config, "head")
