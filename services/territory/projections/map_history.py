"""The map's history: the same rows that every other service keeps of it."""

from __future__ import annotations

from shared.contracts.map_history import map_history

__all__ = ["map_history"]
