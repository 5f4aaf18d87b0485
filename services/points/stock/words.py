"""Vocabulary of what is on the shelves."""

from __future__ import annotations

from typing import Literal

StockStatus = Literal["new", "listed", "delisted"]
Supply = Literal["supplier", "donation"]
Loss = Literal["spoilt", "broken", "lost", "recalled", "expired"]
CountReason = Literal["stock_take", "miscounted", "found", "missing"]
