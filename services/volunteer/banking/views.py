"""From an account to what its owner is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.volunteer.rules.book import VolunteerRules
from services.volunteer.service import Volunteers
from shared.runtime.web.problems import Problem

AS_THEY_ARE = ("person", "territory", "status", "held", "served", "served_on", "barred_until")


async def account_view(
    service: Volunteers, row: Mapping[str, Any], rules: VolunteerRules
) -> dict[str, Any]:
    """The account under these rules."""
    elder = await _elder(service, row["person"], rules)
    missing = max(0, rules.opens - row["served"])
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        "free": row["balance"],
        "owed": row["debt"],
        "cap": rules.cap,
        "room": max(0, rules.cap - row["balance"] - row["held"]),
        "opens": rules.opens,
        "missing": missing,
        "opening": not missing or bool(elder),
        "elder": elder,
    }


async def _elder(service: Volunteers, person: UUID, rules: VolunteerRules) -> bool | None:
    if rules.opens_age is None:
        return None
    try:
        return await service.register.of_age(person, rules.opens_age)
    except Problem:
        return None  # what is known is told; whoever spends is asked for again
