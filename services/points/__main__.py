"""`python -m services.points api|worker|migrate`: this service alone."""

from __future__ import annotations

from services.points.app import points
from shared.runtime import alone

if __name__ == "__main__":
    alone.run(points)
