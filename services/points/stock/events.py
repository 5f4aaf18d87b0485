"""What can have happened to an item of a shop. The union is the catalogue of it. Pieces that came:
received, returned, found. Pieces that went: handed over, written off, missed. The others are on the
shelf or put aside."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.points.stock.pricing import Price
from services.points.stock.words import CountReason, Loss, Supply
from services.points.words import Span
from shared.core.messages import Event


class Most(BaseModel):
    """So many may an account have within a span of time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quantity: int
    per: Span


class ItemListed(Event):
    """The shop in this territory offers it: `name` by the `unit`, of a `category`."""

    type: Literal["item-listed"] = "item-listed"
    shop: UUID
    territory: str
    name: str
    unit: str
    category: str
    price: Price
    most: Most | None = None


class ItemChanged(Event):
    """It is called, or limited, so from now on."""

    type: Literal["item-changed"] = "item-changed"
    name: str
    unit: str
    category: str
    most: Most | None = None


class ItemPriced(Event):
    """It costs so much in a period."""

    type: Literal["item-priced"] = "item-priced"
    price: Price


class ItemDelisted(Event):
    """It is not offered any more."""

    type: Literal["item-delisted"] = "item-delisted"


class ItemRelisted(Event):
    """It is offered again."""

    type: Literal["item-relisted"] = "item-relisted"


class StockReceived(Event):
    """Pieces came from a supplier, or were given by a partner; `cost` is what all of them cost, in
    fen."""

    type: Literal["stock-received"] = "stock-received"
    quantity: int
    supply: Supply
    source: str
    cost: int


class StockCounted(Event):
    """So many pieces were `counted`, those put aside among them: by `difference` more, or fewer,
    than there should have been."""

    type: Literal["stock-counted"] = "stock-counted"
    counted: int
    difference: int
    reason: CountReason


class StockWrittenOff(Event):
    """Pieces are of no use any more."""

    type: Literal["stock-written-off"] = "stock-written-off"
    quantity: int
    reason: Loss


class StockHeld(Event):
    """Pieces were put aside for a redemption."""

    type: Literal["stock-held"] = "stock-held"
    redemption: UUID
    quantity: int


class StockReleased(Event):
    """What was put aside is on the shelf again."""

    type: Literal["stock-released"] = "stock-released"
    redemption: UUID
    quantity: int


class StockHandedOver(Event):
    """What was put aside was fetched."""

    type: Literal["stock-handed-over"] = "stock-handed-over"
    redemption: UUID
    quantity: int


class StockReturned(Event):
    """Pieces came back: on the shelf where they are `usable`, else written off with it."""

    type: Literal["stock-returned"] = "stock-returned"
    redemption: UUID
    quantity: int
    usable: bool


StockEvent = Annotated[
    ItemListed
    | ItemChanged
    | ItemPriced
    | ItemDelisted
    | ItemRelisted
    | StockReceived
    | StockCounted
    | StockWrittenOff
    | StockHeld
    | StockReleased
    | StockHandedOver
    | StockReturned,
    Field(discriminator="type"),
]
