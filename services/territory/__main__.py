"""`python -m services.territory api|worker|migrate`: this service alone."""

from __future__ import annotations

from services.territory.app import territory
from shared.runtime import alone

if __name__ == "__main__":
    alone.run(territory)
