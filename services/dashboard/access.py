"""Who may see which figures. Pure."""

from __future__ import annotations

from shared.core.access import Access, Grant, Roles

READERS: Roles = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})

ACCESS = Access(
    actions={
        "read_cases_by_day": [Grant(READERS)],
        "read_copies": [Grant(OPERATORS, "anywhere")],
    }
)
