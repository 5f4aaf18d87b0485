"""The case that a person means."""

from __future__ import annotations

from uuid import UUID

from deploy.local.fault import Fault
from services.grievance.service import Grievance


async def find(service: Grievance, name: str) -> UUID:
    """The one case of this id, reference or number. Raises Fault."""
    found = await service.queries.find(name)
    if not found:
        raise Fault(f"there is no case {name}")
    if len(found) > 1:
        raise Fault(f"{name} names several cases: {', '.join(str(one) for one in found)}")
    return found[0]
