"""`python -m services.grievance api|worker|migrate`: this service alone."""

from __future__ import annotations

from services.grievance.app import grievance
from shared.runtime import alone

if __name__ == "__main__":
    alone.run(grievance)
