"""`python -m services.dashboard api|worker|migrate`: this service alone."""

from __future__ import annotations

from services.dashboard.app import dashboard
from shared.runtime import alone

if __name__ == "__main__":
    alone.run(dashboard)
