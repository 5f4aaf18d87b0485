"""Vocabulary of shops."""

from __future__ import annotations

from typing import Literal

ShopStatus = Literal["new", "open", "closed"]
