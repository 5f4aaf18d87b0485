"""How pieces come, are put aside, go and come back. None is ever given out that is not there."""

from __future__ import annotations

from services.points.stock.commands import (
    CountStock,
    HandOverStock,
    HoldStock,
    ReceiveStock,
    ReleaseStock,
    TakeBackStock,
    WriteOffStock,
)
from services.points.stock.events import (
    StockCounted,
    StockEvent,
    StockHandedOver,
    StockHeld,
    StockReceived,
    StockReleased,
    StockReturned,
    StockWrittenOff,
)
from services.points.stock.state import Stock
from shared.core.messages import Rejected


def received(command: ReceiveStock) -> list[StockEvent]:
    """Pieces that came. Raises Rejected."""
    _positive(command.quantity)
    if command.cost < 0:
        raise Rejected("cost_negative", "nothing costs less than nothing", "cost")
    return [
        StockReceived(
            at=command.at, quantity=command.quantity, supply=command.supply,
            source=command.source, cost=command.cost,
        )
    ]  # fmt: skip


def counted(command: CountStock, stock: Stock) -> list[StockEvent]:
    """What a count found, also where it is what was expected. Raises Rejected."""
    held = sum(stock.held.values())
    if command.counted < held:
        detail = f"{held} pieces are put aside: cancel what cannot be given out first"
        raise Rejected("fewer_than_held", detail, "counted")
    difference = command.counted - held - stock.shelf
    return [
        StockCounted(
            at=command.at, counted=command.counted, difference=difference, reason=command.reason
        )
    ]


def written_off(command: WriteOffStock, stock: Stock) -> list[StockEvent]:
    """Pieces of no use any more. Raises Rejected."""
    _positive(command.quantity)
    _there(command.quantity, stock)
    return [StockWrittenOff(at=command.at, quantity=command.quantity, reason=command.reason)]


def held(command: HoldStock, stock: Stock) -> list[StockEvent]:
    """Pieces put aside. Raises Rejected."""
    _positive(command.quantity)
    _there(command.quantity, stock)
    return [StockHeld(at=command.at, redemption=command.redemption, quantity=command.quantity)]


def ended(command: ReleaseStock | HandOverStock, stock: Stock) -> list[StockEvent]:
    """What was put aside, back on the shelf or given out. Raises Rejected."""
    quantity = stock.held.get(command.redemption)
    if quantity is None:
        raise Rejected("nothing_put_aside", "no pieces are put aside for it", "redemption")
    ending = StockReleased if isinstance(command, ReleaseStock) else StockHandedOver
    return [ending(at=command.at, redemption=command.redemption, quantity=quantity)]


def taken_back(command: TakeBackStock, stock: Stock) -> list[StockEvent]:
    """Pieces that came back. Raises Rejected."""
    _positive(command.quantity)
    if command.quantity > stock.given:
        raise Rejected("more_than_given", f"{stock.given} pieces were given out", "quantity")
    return [
        StockReturned(
            at=command.at, redemption=command.redemption, quantity=command.quantity,
            usable=command.usable,
        )
    ]  # fmt: skip


def _positive(quantity: int) -> None:
    if quantity <= 0:
        raise Rejected("quantity_not_positive", "name at least one", "quantity")


def _there(quantity: int, stock: Stock) -> None:
    if quantity > stock.shelf:
        raise Rejected("out_of_stock", f"{stock.shelf} pieces are on the shelf", "quantity")
