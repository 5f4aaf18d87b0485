"""Which rules were published, and which of them withdrawn."""

from __future__ import annotations

from services.points.rules.book import PointsRules
from shared.core import versions

Published = versions.Published[PointsRules]
