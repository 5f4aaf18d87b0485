"""Who puts the sample on record."""

from __future__ import annotations

from typing import Any

from services.territory.sample.estates import DISTRICT
from shared.core.messages import Actor

CLERK = Actor(id="sample", roles=frozenset({"administrator"}), territory=DISTRICT)
MEANT: dict[str, Any] = {"actor": CLERK, "late_reason": "migration"}
