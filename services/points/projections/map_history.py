"""The map's history, as the territory service tells it."""

from __future__ import annotations

from shared.contracts.map_history import map_history

__all__ = ["map_history"]
