"""Who is known by which id, as the territory service tells it."""

from __future__ import annotations

from shared.contracts.known_residents import known_residents

__all__ = ["known_residents"]
