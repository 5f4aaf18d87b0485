"""`python -m services.volunteer api|worker|migrate`: this service alone."""

from __future__ import annotations

from services.volunteer.app import volunteer
from shared.runtime import alone

if __name__ == "__main__":
    alone.run(volunteer)
