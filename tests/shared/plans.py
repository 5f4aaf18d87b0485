"""Plans: how PostgreSQL answers a statement, the first time and once the plan is cached."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.store.pool import Connection

CACHED = 7  # after five executions a cached plan may be taken


@dataclass(frozen=True)
class Node:
    """One step of a plan."""

    kind: str
    relation: str | None
    index: str | None


async def plans(connection: Connection, statement: str, *about: Any) -> list[list[Node]]:
    """The plan for these very values, and the plan that a process takes after a while."""
    first = await connection.fetchval(f"explain (format json) {statement}", *about)
    prepared = await connection.prepare(statement)
    for _ in range(CACHED):
        await prepared.fetch(*about)
    values = [
        await connection.fetchval(f"select quote_nullable($1::{type_.name}::text)", value)
        for type_, value in zip(prepared.get_parameters(), about, strict=True)
    ]
    name = f'explain (format json) execute "{prepared.get_name()}"({", ".join(values)})'
    return [list(_nodes(plan)) for plan in (first, await connection.fetchval(name))]


def _nodes(explained: str) -> Iterator[Node]:
    waiting = [json.loads(explained)[0]["Plan"]]
    while waiting:
        step = waiting.pop()
        waiting += step.get("Plans", [])
        yield Node(step["Node Type"], step.get("Relation Name"), step.get("Index Name"))
