"""The published dispatch catalogues, as the territory service tells them."""

from __future__ import annotations

from shared.contracts.dispatch_catalogue import dispatch_catalogue

__all__ = ["dispatch_catalogue"]
