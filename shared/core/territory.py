"""Territories as opaque paths: `district/street/community/…`, each known to a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from shared.core.messages import Rejected


def within(territory: str, root: str) -> bool:
    """Whether `territory` is `root` or lies below it."""
    return territory == root or territory.startswith(root + "/")


@dataclass(frozen=True)
class Territories:
    """The territories that exist, whatever their source."""

    paths: Collection[str]

    def known(self, territory: str, *, field: str = "territory") -> str:
        """The same path. Raises Rejected when nobody knows it."""
        if territory not in self.paths:
            raise Rejected("unknown_territory", f"no territory {territory!r} on the list", field)
        return territory
