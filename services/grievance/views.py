"""From rows and events to answers: sealed subjects opened, pages continued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from services.grievance import standing
from services.grievance.access import ACCESS
from services.grievance.answers import RegisterLine
from services.grievance.archive import CaseFile
from services.grievance.looking.noting import Sight
from services.grievance.projections.case_register import CaseRow
from services.grievance.service import Grievance
from services.grievance.steps import STEPS, fields
from services.grievance.turns import steps_of
from shared.contracts.dispatch_catalogue import proposed
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.core.sealed import Sealed

OTHERS = ("id", "subject", "overdue")
SHOWN = tuple(name for name in RegisterLine.model_fields if name not in OTHERS)


async def lines(service: Grievance, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Register lines of these rows, which have a `due` day if they are open; a subject is None once
    its person was erased."""
    day = today()
    subjects = await service.sealer.open(
        Sealed(subject=row["petitioner"], field="subject", box=row["subject"]) for row in rows
    )
    return [
        {
            "id": row["case_id"],
            "subject": subject,
            "overdue": row["due"] is not None and row["due"] < day,
            **{name: row[name] for name in SHOWN},
        }
        for row, subject in zip(rows, subjects, strict=True)
    ]


async def case_view(service: Grievance, file: CaseFile, hidden: frozenset[str]) -> dict[str, Any]:
    """A case with its history, without the fields that are `hidden`."""
    row = {name: getattr(file.row, name) for name in file.row.__dataclass_fields__}
    row["due"] = file.round.due if file.round.is_open else None
    [line] = await lines(service, [row])
    return {
        "case": line,
        "standing": standing.of(file.state()),
        "clocks": standing.clocks(file.state()),
        "petitioner": file.row.petitioner,
        "withheld": sorted(hidden),
        "proposal": await _proposal(service, file.row),
        "history": await service.archive.readable(file.history, hidden),
    }


def sight_of(file: CaseFile, view: Mapping[str, Any]) -> Sight:
    """What somebody sees of a case in this view of it."""
    told = [line["data"] for line in view["history"]]
    fields = {name for data in told for name, value in data.items() if value is not None}
    contact = tuple(sorted(fields & ACCESS.fields.keys()))
    return Sight(file.row.case_id, file.row.territory, "case", fields=contact)


async def _proposal(service: Grievance, row: CaseRow) -> dict[str, Any] | None:
    """The unit that the catalogue in force when the case was filed would send it to."""
    if row.category is None or service.map.atlas.get(row.territory) is None:
        return None
    catalogue = await service.catalogues.at(row.raised_at)
    above = service.map.boundaries().above(row.territory)
    found = proposed(catalogue, row.category, above)
    return found._asdict() if found else None


def steps(service: Grievance, file: CaseFile, actor: Actor) -> list[dict[str, Any]]:
    """What this actor may do with the case of this file now, and what each step's form asks."""
    book = service.book(file.row.territory)
    verbs = steps_of(actor, file.state(), service.map.within, book)
    return [{"verb": verb, "fields": _asked(verb)} for verb in verbs]


def today() -> str:
    """The day it is, as the district counts them."""
    return day_of(datetime.now(UTC))


@cache
def _asked(verb: str) -> list[dict[str, Any]] | None:
    found = fields(STEPS[verb])
    return None if found is None else [field._asdict() for field in found]
