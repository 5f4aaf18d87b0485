"""Who may have the figures of a territory. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

READERS: Roles = frozenset(
    {"supervisor", "district_observer", "auditor", "administrator", "hours_approver", "registrar"}
)
GRANTS = {"download_hours_report": [Grant(READERS)]}
