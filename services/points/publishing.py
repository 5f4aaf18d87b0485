"""Own events to contracts: what other services may know of points, the shop and honours. Pure."""

from __future__ import annotations

from services.points.log import PointsLogEvent
from shared.contracts.points import POINTS
from shared.core.envelope import Recorded
from shared.core.messages import Event

# What somebody has, holds, owes or gives is nobody's business but theirs.
ACCOUNTS = frozenset(
    {"points-account-opened", "points-account-moved", "keeper-named", "points-capped",
     "points-deducted", "points-held", "points-released", "points-refunded",
     "points-carried-over", "points-transferred", "points-received", "expiry-noticed"}
)  # fmt: skip
# What somebody says they did is their own and the reviewer's matter; what it brought is told.
CLAIMS = frozenset({"points-claimed", "claim-approved", "claim-rejected", "claim-withdrawn"})
# By which rules points were given, the giving says to whom it is told.
RULES = frozenset({"points-rules-published", "points-rules-withdrawn"})
# What is on the shelves is read where it is kept.
SHOPS = frozenset(
    {"shop-opened", "shop-changed", "shop-closed", "shop-reopened", "item-listed", "item-changed",
     "item-priced", "item-delisted", "item-relisted", "stock-received", "stock-counted",
     "stock-written-off", "stock-held", "stock-released", "stock-handed-over", "stock-returned",
     "redemption-returned"}
)  # fmt: skip
# Who was nominated, by whom, and who objected is for those who judge it.
HONOURS = frozenset(
    {"honour-nominated", "honour-publicised", "honour-objected", "honour-objection-answered",
     "honour-declined", "honour-recorded"}
)  # fmt: skip
UNPUBLISHED: frozenset[str] = frozenset(
    {
        *ACCOUNTS,
        *CLAIMS,
        *RULES,
        *SHOPS,
        *HONOURS,
    }
)


def publish(recorded: Recorded[PointsLogEvent]) -> Event | None:
    """The contract of this event, or None when it concerns nobody else."""
    return POINTS.narrowed(recorded.event)
