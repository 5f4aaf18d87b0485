"""The rules there are, and which of them are in force where and when. Pure."""

from __future__ import annotations

from services.points.rules.book import PointsRules
from shared.core import versions

Shelf = versions.Shelf[PointsRules]
