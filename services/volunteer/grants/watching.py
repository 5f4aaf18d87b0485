"""Who may see hours that are to be looked into. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

WATCHERS: Roles = frozenset({"supervisor", "district_observer", "auditor", "hours_approver"})

WATCHING = {"read_findings": [Grant(WATCHERS)]}
