"""What units are called, as the territory service tells it."""

from __future__ import annotations

from shared.contracts.known_units import known_units

__all__ = ["known_units"]
