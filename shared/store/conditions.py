"""Selects that are put together: only what is asked stands in them, so that each is planned for
what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.store.pool import Pool

# A plan for any values would walk the whole register for some of them.
PLANNED = "set local plan_cache_mode = force_custom_plan"


class Conditions:
    """What rows have to meet: `str` of it goes behind `where`, `values` to the statement."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._told: list[str] = []

    def add(self, text: str, *values: Any) -> None:
        """One more; each {} in `text` stands for the next value."""
        self._told.append(text.format(*map(self.mark, values)))

    def given(self, text: str, value: Any) -> None:
        """One more, unless the value is None."""
        if value is not None:
            self.add(text, value)

    def mark(self, value: Any) -> str:
        """What stands for this value in the statement."""
        self.values.append(value)
        return f"${len(self.values)}"

    def __str__(self) -> str:
        return " and ".join(self._told) or "true"


async def ask(pool: Pool, statement: str, values: Sequence[Any]) -> list[Any]:
    """The rows, by a plan for these very values."""
    async with pool.acquire(timeout=10) as connection, connection.transaction(readonly=True):
        await connection.execute(PLANNED)
        return await connection.fetch(statement, *values)
