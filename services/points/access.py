"""Who may do what with points, the shop and honours. Pure."""

from __future__ import annotations

from services.points.grants.account import ACCOUNTS
from services.points.grants.owing import OWING
from services.points.grants.ruling import RULING
from shared.core.access import Access, Grant, Roles

SERVICE: Roles = frozenset({"service"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})


ACCESS = Access(
    actions={
        **ACCOUNTS,
        **RULING,
        **OWING,
        "erase_subject": [
            Grant(frozenset({"supervisor", "registrar"})),
            Grant(SERVICE, "anywhere"),  # passes on what was asked elsewhere
        ],
        "read_copies": [Grant(OPERATORS, "anywhere")],
        "read_contracts": [Grant(SERVICE, "anywhere")],
    },
    fields={},
    separations=(),
    public={},
)
