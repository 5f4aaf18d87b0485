"""Who may do what with points, the shop and honours. Pure."""

from __future__ import annotations

from services.points.account.two_people import SEPARATIONS
from services.points.claim import two_people as over_claims
from services.points.grants.account import ACCOUNTS
from services.points.grants.claiming import CLAIMING
from services.points.grants.crediting import CREDITING
from services.points.grants.honouring import HONOURS, PUBLIC
from services.points.grants.owing import OWING
from services.points.grants.ruling import RULING
from services.points.grants.shopkeeping import SHOPKEEPING
from services.points.grants.shopping import SHOPPING
from services.points.honour import two_people as over_honours
from shared.core.access import Access, Grant, Roles

SERVICE: Roles = frozenset({"service"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})


ACCESS = Access(
    actions={
        **ACCOUNTS,
        **CREDITING,
        **RULING,
        **CLAIMING,
        **SHOPPING,
        **SHOPKEEPING,
        **HONOURS,
        **OWING,
        "erase_subject": [
            Grant(frozenset({"supervisor", "registrar"})),
            Grant(SERVICE, "anywhere"),  # passes on what was asked elsewhere
        ],
        "read_copies": [Grant(OPERATORS, "anywhere")],
        "read_contracts": [Grant(SERVICE, "anywhere")],
    },
    fields={},
    separations=(*SEPARATIONS, *over_honours.SEPARATIONS, *over_claims.SEPARATIONS),
    public=PUBLIC,
)
