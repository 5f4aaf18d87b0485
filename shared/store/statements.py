"""The statements of a read model's table, made from its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Column(NamedTuple):
    """A field of a row as PostgreSQL sees it."""

    name: str
    type: str
    nullable: bool


class Table(NamedTuple):
    """A table in one of the schemas; its first column is the key."""

    schema: str
    name: str
    columns: Sequence[Column]

    @property
    def key(self) -> str:
        """The name of the key."""
        return self.columns[0].name

    @property
    def names(self) -> str:
        """All columns in order, with commas between."""
        return ", ".join(column.name for column in self.columns)


def create(table: Table, *, keyed: bool = True) -> str:
    """Make the table where it does not exist; without `keyed` it has no primary key yet."""
    lines = [f"{c.name} {c.type}{'' if c.nullable else ' not null'}" for c in table.columns]
    key = [f"primary key ({table.key})"] if keyed else []
    return f"create table if not exists {table.schema}.{table.name} ({', '.join(lines + key)})"


def primary_key(table: Table) -> str:
    """Give a table that was made without it its primary key."""
    return f"alter table {table.schema}.{table.name} add primary key ({table.key})"


def index(table: Table, number: int, on: str) -> str:
    """Make the index of this number."""
    return f"create index {index_name(table, number)} on {table.schema}.{table.name} {on}"


def index_name(table: Table, number: int) -> str:
    """The name of the index of this number, in the table's schema."""
    return f"{table.name}_{number}"


def prior(table: Table) -> str:
    """The rows of these keys."""
    return f"select {table.names} from {table.schema}.{table.name} where {table.key} = any($1)"


def delete(table: Table) -> str:
    """Remove the rows of these keys."""
    return f"delete from {table.schema}.{table.name} where {table.key} = any($1)"


def upsert(table: Table) -> str:
    """Put rows given as one array a column, whether they exist or not."""
    assigned = ", ".join(f"{c.name} = excluded.{c.name}" for c in table.columns[1:])
    return (
        f"insert into {table.schema}.{table.name} ({table.names}) "
        f"select * from unnest({_arrays(table.columns)}) "
        f"on conflict ({table.key}) do update set {assigned}"
    )


def update(table: Table, moved: Sequence[Column]) -> str:
    """Change these columns of rows that exist; the first array has the keys."""
    given = [table.columns[0], *moved]
    assigned = ", ".join(f"{column.name} = u.{column.name}" for column in moved)
    names = ", ".join(column.name for column in given)
    return (
        f"update {table.schema}.{table.name} t set {assigned} "
        f"from unnest({_arrays(given)}) u({names}) where t.{table.key} = u.{table.key}"
    )


def _arrays(columns: Sequence[Column]) -> str:
    return ", ".join(f"${n}::{column.type}[]" for n, column in enumerate(columns, start=1))
