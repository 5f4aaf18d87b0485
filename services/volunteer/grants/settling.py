"""Who may do what with the clearing of time. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

CLEARERS: Roles = frozenset({"supervisor", "administrator"})
OVERSEERS: Roles = frozenset({"district_observer", "auditor", "hours_approver", "registrar"})

SETTLING = {
    "close_clearing": [Grant(CLEARERS)],
    "read_clearing": [Grant(CLEARERS | OVERSEERS, "anywhere")],
}
