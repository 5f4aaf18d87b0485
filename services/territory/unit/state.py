"""A unit as it is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.territory.unit.words import Linkage, UnitKind


@dataclass(frozen=True)
class Link:
    """A part in a territory, begun by event `number`; without an end while it lasts."""

    number: int
    territory: str
    linkage: Linkage
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Pledge:
    """A promise, made by event `number`."""

    number: int
    at: datetime
    fulfilled: datetime | None = None


@dataclass(frozen=True)
class Unit:
    """No code: there is none yet. `placed` is when it was last formed or nested, `told` the time
    of the latest thing that is known of it. `version` counts the events."""

    version: int = 0
    code: str = ""
    kind: UnitKind | None = None
    territory: str = ""
    parent: str | None = None
    formed: datetime | None = None
    placed: datetime | None = None
    told: datetime | None = None
    dissolved: datetime | None = None
    links: tuple[Link, ...] = ()
    pledges: tuple[Pledge, ...] = ()
