"""1+N+X: for each grid its worker, the departments and partner units, the volunteer teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from services.territory.queries.posts import PostList, Posts
from services.territory.queries.units import Units
from shared.store.pool import Pool

# S0: the one, the N and the X.
SIDES: Mapping[str, str] = {
    "department": "n",
    "partner": "n",
    "sponsor": "n",
    "team": "x",
    "party": "party",
}


async def read(pool: Pool, grids: Sequence[str], moment: datetime) -> list[dict[str, Any]]:
    """A line a grid, in the order given: its worker, whoever stands in, and its units."""
    wanted = PostList(moment=moment, codes=grids, roles=["grid_worker"], limit=len(grids))
    workers = {row["territory"]: row for row in await Posts(pool).listed(wanted)}
    lines: dict[str, dict[str, Any]] = {
        grid: {"grid": grid, "worker": None, "delegate": None, "n": [], "x": [], "party": []}
        for grid in grids
    }
    for grid, row in workers.items():
        lines[grid] |= {"worker": row["holder"], "delegate": row["delegate"]}
    for link in await Units(pool).links(moment, grids):
        unit = {name: link[name] for name in ("code", "kind", "name", "linkage", "since")}
        lines[link["territory"]][SIDES[link["linkage"]]].append(unit)
    return list(lines.values())
