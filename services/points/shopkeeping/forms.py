"""What clients send who keep a shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.points.redemption.words import ReturnReason
from services.points.shop import commands as of_shop
from services.points.stock import commands as of_stock
from services.points.stock.words import CountReason, Loss, Supply
from services.points.words import Span
from shared.core.messages import Command
from shared.core.text import Word
from shared.runtime.web.forms import Sent
from shared.runtime.web.moments import Day, Moment, Position

Pieces = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Points = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Fen = Annotated[int, Field(ge=-1, le=10_000_000_000)]
Code = Annotated[str, Field(pattern=r"^[0-9]{8}$")]


class NewShop(Sent):
    """Open a shop in this community."""

    territory: Word
    name: Word
    place: Word
    hours: Word


class ShopChange(Sent):
    """Tell people something else of it."""

    name: Word | None = None
    place: Word | None = None
    hours: Word | None = None


class Nothing(Sent):
    """There is nothing to say with it."""


class PriceForm(BaseModel):
    """So many points a piece from day `since` to day `until`, both in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: Points
    since: Day
    until: Day | None = None


class MostForm(BaseModel):
    """So many may an account have within a span of time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quantity: Pieces
    per: Span


class NewItem(Sent):
    """Offer an item."""

    name: Word
    unit: Word
    category: Word
    price: PriceForm
    most: MostForm | None = None


class ItemChange(Sent):
    """Call, or limit, it so."""

    name: Word
    unit: Word
    category: Word
    most: MostForm | None = None


class Pricing(Sent):
    """Let it cost so much in a period."""

    price: PriceForm


class Delivery(Sent):
    """Pieces that a supplier brought, or a partner gave; `cost` of all of them in fen."""

    quantity: Pieces
    supply: Supply
    source: Word
    cost: Fen = 0


class Count(Sent):
    """How many pieces are there, those put aside among them."""

    counted: Annotated[int, Field(ge=0, le=1_000_000)]
    reason: CountReason = "stock_take"


class WriteOff(Sent):
    """Pieces of no use any more."""

    quantity: Pieces
    reason: Loss


class HandOver(Sent):
    """Hand over what waits: for its `code`; without one, to a person whom one knows."""

    code: Code | None = None


class Back(Sent):
    """Take back pieces that were handed over."""

    quantity: Pieces
    reason: ReturnReason
    usable: bool


class LookUp(Sent):
    """What waits at this shop under a code."""

    code: Code


class StockFilter(BaseModel):
    """How far the answer has to be true."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_position: Position = 0


class MovesFilter(BaseModel):
    """`after` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


class RedemptionsFilter(BaseModel):
    """Of which status; `before` is `next` of the page before."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: Literal["held", "fulfilled", "cancelled"] | None = None
    before: Moment | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    min_position: Position = 0


@dataclass(frozen=True)
class Step:
    """`POST …/<verb>` with this form becomes this command."""

    form: type[Sent]
    command: type[Command]


SHOP_STEPS: Mapping[str, Step] = {
    "change": Step(ShopChange, of_shop.ChangeShop),
    "close": Step(Nothing, of_shop.CloseShop),
    "reopen": Step(Nothing, of_shop.ReopenShop),
}
ITEM_STEPS: Mapping[str, Step] = {
    "change": Step(ItemChange, of_stock.ChangeItem),
    "price": Step(Pricing, of_stock.PriceItem),
    "delist": Step(Nothing, of_stock.DelistItem),
    "relist": Step(Nothing, of_stock.RelistItem),
    "receive": Step(Delivery, of_stock.ReceiveStock),
    "count": Step(Count, of_stock.CountStock),
    "write-off": Step(WriteOff, of_stock.WriteOffStock),
}
