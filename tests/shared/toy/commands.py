"""What may be asked of a purse."""

from __future__ import annotations

from dataclasses import dataclass

from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class OpenPurse(Command):
    owner: str
    territory: str


@dataclass(frozen=True, kw_only=True)
class PutMoney(Command):
    fen: int
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class TakeMoney(Command):
    fen: int


@dataclass(frozen=True, kw_only=True)
class LookInside(Command):
    """Allowed for an open purse, and leads to no event."""


@dataclass(frozen=True, kw_only=True)
class TransferMoney(Command):
    """Touches two purses: the first gives, the second gets."""

    fen: int


PurseCommand = OpenPurse | PutMoney | TakeMoney | LookInside
