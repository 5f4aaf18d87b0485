"""The published dispatch catalogues: the same rows that every other service keeps of them."""

from __future__ import annotations

from shared.contracts.dispatch_catalogue import dispatch_catalogue

__all__ = ["dispatch_catalogue"]
