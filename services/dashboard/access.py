"""Who may see which figures. Pure."""

from __future__ import annotations

from shared.core.access import Access, Grant, Roles

READERS: Roles = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})

ACCESS = Access(
    actions={
        "read_board": [Grant(READERS)],
        "explain_figure": [Grant(READERS)],
        "read_measures": [Grant(READERS)],
        "read_comparison": [Grant(READERS)],
        "download_comparison_csv": [Grant(READERS)],
        "download_comparison_xlsx": [Grant(READERS)],
        "read_copies": [Grant(OPERATORS, "anywhere")],
    }
)
