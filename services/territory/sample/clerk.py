"""Who puts the sample on record, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.territory.sample.estates import DISTRICT
from shared.core.local_time import BEIJING
from shared.core.messages import Actor

CLERK = Actor(id="sample", roles=frozenset({"administrator", "registrar"}), territory=DISTRICT)
MEANT: dict[str, Any] = {"actor": CLERK, "late_reason": "migration"}


def day(written: str, hour: int = 0) -> datetime:
    """That hour of a day such as `2019-09-01` in Beijing."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC) - BEIJING + timedelta(hours=hour)
