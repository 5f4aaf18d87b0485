"""Units as far as this service knows them: what they are called."""

from __future__ import annotations

from collections.abc import Collection

from shared.store.pool import Pool

NAMES = "select code, name from known_units where code = any($1)"


async def names(pool: Pool, codes: Collection[str | None]) -> dict[str | None, str]:
    """What these units are called: by their codes, where nothing else is known of them."""
    given = [code for code in codes if code is not None]
    if not given:
        return {}
    async with pool.acquire(timeout=10) as connection:
        known = {row["code"]: row["name"] for row in await connection.fetch(NAMES, given)}
    return {code: known.get(code, code) for code in given}
