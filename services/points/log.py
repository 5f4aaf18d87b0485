"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.points.account import upcasters as account
from services.points.account.events import AccountEvent
from services.points.claim import upcasters as claim
from services.points.claim.events import ClaimEvent
from services.points.honour import upcasters as honour
from services.points.honour.events import HonourEvent
from services.points.points_rules import upcasters as points_rules
from services.points.points_rules.events import PointsRulesEvent
from services.points.redemption import upcasters as redemption
from services.points.redemption.events import RedemptionEvent
from services.points.shop import upcasters as shop
from services.points.shop.events import ShopEvent
from services.points.stock import upcasters as stock
from services.points.stock.events import StockEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "points"
PointsLogEvent = (
    AccountEvent
    | ClaimEvent
    | PersonEvent
    | PointsRulesEvent
    | ShopEvent
    | StockEvent
    | RedemptionEvent
    | HonourEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    PointsLogEvent,
    {
        **account.UPCASTERS,
        **claim.UPCASTERS,
        **points_rules.UPCASTERS,
        **shop.UPCASTERS,
        **stock.UPCASTERS,
        **redemption.UPCASTERS,
        **honour.UPCASTERS,
    },
)
