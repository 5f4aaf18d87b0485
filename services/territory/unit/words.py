"""Closed vocabularies of units, as the glossary of the district has them, and what fits what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

UnitKind = Literal[
    "department", "service_centre", "partner_unit", "sponsor_unit", "party_organisation",
    "owners_committee", "property_committee", "residents_council", "volunteer_team",
    "property_company",
]  # fmt: skip
Linkage = Literal["department", "partner", "sponsor", "team", "party"]
Pledged = Literal["funds", "materials", "labour", "venue", "project", "service"]
Aid = Literal["funds", "materials", "labour", "venue", "service"]

# S0: 1+N+X, where N are departments and paired units and X are teams. S3: the sponsor of an estate
# was the housing bureau, a department. S2, S4: Party committees of blocks, estates, buildings.
LINKS: Mapping[Linkage, frozenset[UnitKind]] = {
    "department": frozenset({"department", "service_centre"}),
    "partner": frozenset({"partner_unit", "property_company", "service_centre"}),
    "sponsor": frozenset({"sponsor_unit", "department"}),
    "team": frozenset({"volunteer_team"}),
    "party": frozenset({"party_organisation"}),
}
# S4: community organisation, branch of a neighbourhood, group of a building: of one kind all the
# way up. What is not named here may lie under a unit of any kind.
PARENTS: Mapping[UnitKind, frozenset[UnitKind]] = {
    "party_organisation": frozenset({"party_organisation"}),
    "department": frozenset({"department"}),
    "service_centre": frozenset({"department", "service_centre"}),
}
