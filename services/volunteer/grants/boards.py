"""Who may see the figures of a territory. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

# No person is in them.
READERS: Roles = frozenset(
    {"volunteer", "resident", "team_leader", "activity_lead", "recorder", "hours_approver",
     "registrar", "grid_worker", "supervisor", "district_observer", "auditor"}
)  # fmt: skip
BOARDS = {"read_hours_board": [Grant(READERS)]}
