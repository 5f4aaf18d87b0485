"""What people may ask of a unit. Money is in fen; a pledge is named by the version of its event."""

from __future__ import annotations

from dataclasses import dataclass

from services.territory.unit.words import Aid, Linkage, Pledged, UnitKind
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class FormUnit(Command):
    code: str
    kind: UnitKind
    name: str
    territory: str
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class NestUnit(Command):
    """Put it under another unit, or, without `parent`, under none."""

    code: str
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class DissolveUnit(Command):
    """End it, and all its links. `below` are the units that lie under it."""

    code: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LinkUnit(Command):
    code: str
    territory: str
    linkage: Linkage


@dataclass(frozen=True, kw_only=True)
class UnlinkUnit(Command):
    code: str
    territory: str
    linkage: Linkage


@dataclass(frozen=True, kw_only=True)
class MakePledge(Command):
    code: str
    what: Pledged
    amount_fen: int | None = None
    due: str | None = None


@dataclass(frozen=True, kw_only=True)
class FulfilPledge(Command):
    code: str
    pledge: int


@dataclass(frozen=True, kw_only=True)
class RecordAid(Command):
    code: str
    kind: Aid
    amount_fen: int | None = None
    pledge: int | None = None


UnitCommand = (
    FormUnit
    | NestUnit
    | DissolveUnit
    | LinkUnit
    | UnlinkUnit
    | MakePledge
    | FulfilPledge
    | RecordAid
)
