"""From rows and events to answers: sealed subjects opened, pages continued."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.grievance.access import ACCESS
from services.grievance.answers import RegisterLine
from services.grievance.archive import CaseFile
from services.grievance.projections.case_register import CaseRow
from services.grievance.service import Grievance
from shared.contracts.dispatch_catalogue import proposed
from shared.core.messages import Actor
from shared.core.sealed import Sealed
from shared.runtime.web.problems import Problem

SHOWN = tuple(name for name in RegisterLine.model_fields if name not in ("id", "subject"))


async def lines(service: Grievance, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Register lines of these rows; a subject is None once its person was erased."""
    subjects = await service.sealer.open(
        Sealed(subject=row["petitioner"], field="subject", box=row["subject"]) for row in rows
    )
    return [
        {"id": row["case_id"], "subject": subject, **{name: row[name] for name in SHOWN}}
        for row, subject in zip(rows, subjects, strict=True)
    ]


async def case_view(service: Grievance, file: CaseFile, actor: Actor) -> dict[str, Any]:
    """A case with its history, as far as this actor may read it."""
    hidden = ACCESS.hidden(actor)
    row = {name: getattr(file.row, name) for name in file.row.__dataclass_fields__}
    [line] = await lines(service, [row])
    return {
        "case": line,
        "petitioner": file.row.petitioner,
        "withheld": sorted(hidden),
        "proposal": await _proposal(service, file.row),
        "history": await service.archive.readable(file.history, hidden),
    }


async def _proposal(service: Grievance, row: CaseRow) -> dict[str, Any] | None:
    """The unit that the catalogue in force when the case was filed would send it to."""
    if row.category is None or service.map.atlas.get(row.territory) is None:
        return None
    catalogue = await service.catalogues.at(row.raised_at)
    above = service.map.boundaries().above(row.territory)
    found = proposed(catalogue, row.category, above)
    return found._asdict() if found else None


def page_mark(row: Mapping[str, Any]) -> str:
    """Where the next page begins, as an opaque word."""
    text = f"{row['raised_at'].isoformat()} {row['case_id']}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(mark: str | None) -> tuple[datetime, UUID] | None:
    """The inverse of `page_mark`. Raises Problem (422) for a word that is none."""
    if mark is None:
        return None
    try:
        padded = mark + "=" * (-len(mark) % 4)
        moment, _, case_id = base64.urlsafe_b64decode(padded).decode().partition(" ")
        parsed = datetime.fromisoformat(moment)
        if parsed.tzinfo is None:
            raise ValueError
        return parsed.astimezone(UTC), UUID(case_id)
    except (binascii.Error, ValueError, OverflowError) as fault:
        errors = [{"detail": "not a mark of a page", "pointer": "/after"}]
        raise Problem(
            422, "bad_page_mark", "pass `next` of the page before as `after`", errors=errors
        ) from fault
