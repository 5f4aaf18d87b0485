"""What the volunteer service does because of others' contracts, and of its own events. Pure."""

from __future__ import annotations

from shared.contracts.erasure import SubjectErased, erase_here
from shared.contracts.territory import TerritoryContract
from shared.core.policy import Policy

when_a_person_is_erased_in_territory_then_erase_here: Policy[TerritoryContract] = Policy(
    name="when_a_person_is_erased_in_territory_then_erase_here",
    starts="beginning",
    react=erase_here,
    of=SubjectErased,
)
