"""Rows that hold what a person said, gone with the person: from a table and from the one it took
the place of."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from shared.core.projection import ReadModel
from shared.store.beside import OLD
from shared.store.pool import Connection
from shared.store.tables import LIVE

PURGE = "delete from {schema}.{name} where {subject} = any($1)"
EXISTS = "select to_regclass($1) is not null"


async def purge(
    connection: Connection, model: ReadModel[Any, Any], subjects: Collection[UUID], schema: str
) -> None:
    """Remove the rows of these persons, in the caller's transaction; of a live model also from the
    tables that are kept of the one before it."""
    if model.subject is None or not subjects:
        return
    for place in (schema, OLD) if schema == LIVE else (schema,):
        if place != OLD or await connection.fetchval(EXISTS, f"{OLD}.{model.name}"):
            statement = PURGE.format(schema=place, name=model.name, subject=model.subject)
            await connection.execute(statement, sorted(subjects))
