"""Kinds of territory, and which may lie in which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal[
    "district", "subdistrict", "block", "community", "neighbourhood", "grid", "lane", "building",
]  # fmt: skip

# A territory lies in one of a lower number; levels may be left out.
RANK: Mapping[Kind, int] = {
    "district": 0,
    "subdistrict": 1,
    "block": 1,
    "community": 2,
    "neighbourhood": 3,
    "grid": 4,
    "lane": 5,
    "building": 6,
}
# A block has members, which lie elsewhere, and nothing that lies in it alone.
GROUPS: frozenset[Kind] = frozenset({"block"})


def may_lie_in(kind: Kind, parent: Kind) -> bool:
    """Whether one kind may lie in another."""
    return parent not in GROUPS and RANK[parent] < RANK[kind]
