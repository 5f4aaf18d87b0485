"""What people may ask of a shop."""

from __future__ import annotations

from dataclasses import dataclass

from shared.core.messages import Command


@dataclass(frozen=True, kw_only=True)
class OpenShop(Command):
    """Open a shop in this territory. `place` and `hours` are what people are told."""

    territory: str
    name: str
    place: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class ChangeShop(Command):
    """Tell people something else of it; None leaves what they are told."""

    name: str | None = None
    place: str | None = None
    hours: str | None = None


@dataclass(frozen=True, kw_only=True)
class CloseShop(Command):
    """Let it give nothing out any more but what was put aside."""


@dataclass(frozen=True, kw_only=True)
class ReopenShop(Command):
    """Let it give out things again."""


ShopCommand = OpenShop | ChangeShop | CloseShop | ReopenShop
