"""What people may ask of the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.core.atlas.atlas import New
from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class RegisterTerritories(Command):
    """Put these onto the map, in this order: all of them, or none."""

    territories: tuple[New, ...]


@dataclass(frozen=True, kw_only=True)
class RenameTerritory(Command):
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class MoveTerritory(Command):
    code: str
    parent: str


@dataclass(frozen=True, kw_only=True)
class AssignToBlock(Command):
    code: str
    block: str


@dataclass(frozen=True, kw_only=True)
class LeaveBlock(Command):
    code: str
    block: str


@dataclass(frozen=True, kw_only=True)
class MergeTerritories(Command):
    """Make one of `codes`. `parent` where it shall lie, if they do not all lie in the same."""

    codes: tuple[str, ...]
    code: str
    name: str
    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class SplitTerritory(Command):
    """Make several of one: `names` by code, and `takes` what goes into which."""

    code: str
    names: Mapping[str, str]
    takes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class CloseTerritory(Command):
    code: str


MapCommand = (
    RegisterTerritories
    | RenameTerritory
    | MoveTerritory
    | AssignToBlock
    | LeaveBlock
    | MergeTerritories
    | SplitTerritory
    | CloseTerritory
)
