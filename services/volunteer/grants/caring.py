"""Who may see how many who need care are visited. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

CARERS: Roles = frozenset(
    {"registrar", "grid_worker", "party_secretary", "supervisor", "district_observer", "auditor"}
)

CARING = {"read_coverage": [Grant(CARERS)]}
