"""Who may claim points for a deed, and who says that it is so. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.points.grants.account import COUNTER, GIVERS, OVERSEERS, OWN
from shared.core.access import Grant, Roles

# For the people of their place, where the rules do not let them give the points themselves.
CLAIMERS: Roles = COUNTER | GIVERS
# A supervisor, too: a place may have one reviewer, and nobody approves what they claimed.
DECIDERS: Roles = frozenset({"points_reviewer", "supervisor"})

CLAIMING: Mapping[str, Sequence[Grant]] = {
    "claim_points": [Grant(CLAIMERS), OWN],
    "approve_claim": [Grant(DECIDERS)],
    "reject_claim": [Grant(DECIDERS)],
    "withdraw_claim": [Grant(CLAIMERS), OWN],
    "approve_claims": [Grant(DECIDERS)],
    "read_claims": [Grant(CLAIMERS | OVERSEERS), OWN],
    "read_claimable": [Grant(CLAIMERS), OWN],
}
