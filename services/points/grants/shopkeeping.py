"""Who may keep a shop. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

KEEPERS: Roles = frozenset({"shop_keeper"})
HEADS: Roles = frozenset({"supervisor", "administrator", "points_reviewer"})
OVERSEERS: Roles = frozenset(
    {"supervisor", "auditor", "points_reviewer", "district_observer", "administrator"}
)

SHOPKEEPING: Mapping[str, Sequence[Grant]] = {
    "open_shop": [Grant(HEADS)],
    "change_shop": [Grant(HEADS | KEEPERS)],
    "close_shop": [Grant(HEADS)],
    "reopen_shop": [Grant(HEADS)],
    "list_item": [Grant(KEEPERS)],
    "change_item": [Grant(KEEPERS)],
    "price_item": [Grant(KEEPERS)],
    "delist_item": [Grant(KEEPERS)],
    "relist_item": [Grant(KEEPERS)],
    "receive_stock": [Grant(KEEPERS)],
    "count_stock": [Grant(KEEPERS)],
    "write_off_stock": [Grant(KEEPERS)],
    # the other halves of what becomes of a redemption
    "hold_stock": [Grant(KEEPERS)],
    "release_stock": [Grant(KEEPERS)],
    "hand_over_stock": [Grant(KEEPERS)],
    "take_back_stock": [Grant(KEEPERS)],
    "fulfil_redemption": [Grant(KEEPERS)],
    "return_redemption": [Grant(KEEPERS)],
    "read_stock": [Grant(KEEPERS | OVERSEERS)],
    "read_stock_moves": [Grant(KEEPERS | OVERSEERS)],
    "read_supplies": [Grant(KEEPERS | OVERSEERS)],
    "read_redemptions": [Grant(KEEPERS | OVERSEERS)],
    "look_up_code": [Grant(KEEPERS)],
}
