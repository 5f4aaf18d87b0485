"""From what is asked of the looks to a page of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.grievance.log import LOOK_LOG
from services.grievance.look.commands import ReadLooks
from services.grievance.queries.looks import Wanted
from services.grievance.service import Grievance
from shared.core.sealed import Sealed

LISTS = ("roles", "fields", "cases")
KEPT = ("position", "at", "actor", "unit", "territory", "type", "shown", "part", "of_actor",
        "redacted")  # fmt: skip


async def page(service: Grievance, wanted: Wanted, asked: ReadLooks, limit: int) -> dict[str, Any]:
    """The page: that it is read is put on record first, so it is on it, too. Raises Problem (503)
    where that fails, and where the list is behind."""
    await service.looks.read(asked)
    mark = await service.look_marks.reach("looks", await service.head(LOOK_LOG))
    rows = await service.look_list.page(wanted, limit + 1)
    shown = rows[:limit]
    return {
        "items": await lines(service, shown),
        "next": shown[-1]["position"] if len(rows) > limit else None,
        "watermark": mark.model_dump(),
    }


async def lines(service: Grievance, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines of these rows, reasons opened."""
    reasons = await service.sealer.open(_reason(row) for row in rows)
    return [
        {
            **{name: row[name] for name in KEPT},
            **{name: row[name].split(",") if row[name] else [] for name in LISTS},
            "case": row["case_id"],
            "reason": reason,
        }
        for row, reason in zip(rows, reasons, strict=True)
    ]


def _reason(row: Mapping[str, Any]) -> Sealed | None:
    subject: UUID | None = row["petitioner"]
    return Sealed(subject=subject, field="reason", box=row["reason"]) if subject else None
