"""The draft of the catalogue, and how far it has been published."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import immutables


@dataclass(frozen=True)
class Draft:
    """`known` are the categories with all they lie in; `routes` units by category and territory.
    `fresh` says that something changed since version `number` was published."""

    district: str = ""
    paths: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    routes: immutables.Map[tuple[str, str], str] = field(default_factory=immutables.Map)
    number: int = 0
    published: datetime | None = None
    changed: datetime | None = None
    fresh: bool = False
