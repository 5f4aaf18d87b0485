"""From rows to what is told of points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from services.points.access import ACCESS
from services.points.crediting import reckoning
from services.points.crediting.answers import EntryLine
from services.points.rules.book import PointsRules
from services.points.rules.shelf import Shelf
from services.points.service import PointsService
from shared.core.access import Thing
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.core.sealed import Sealed

AS_THEY_ARE = ("kind", "holder", "keeper", "territory", "held")
OWN_WORDS = ("label", "label_en", "note", "steps")
SHOWN = tuple(name for name in EntryLine.model_fields if name not in OWN_WORDS)


def account_line(row: Mapping[str, Any]) -> dict[str, Any]:
    """The account as it is today."""
    now = datetime.now(UTC)
    known, today = reckoning.account_in(row), day_of(now)
    there = reckoning.stood(known, today, now)
    return {
        **{name: row[name] for name in AS_THEY_ARE},
        "free": there.free,
        "locked": there.locked,
        "owed": row["debt"],
        "ends": next(iter(reckoning.coming(known, today, now)), None),
    }


def account_view(row: Mapping[str, Any], rules: PointsRules) -> dict[str, Any]:
    """The account under these rules."""
    now = datetime.now(UTC)
    known, today = reckoning.account_in(row), day_of(now)
    return {
        **account_line(row),
        "earned": row["earned"],
        "coming": reckoning.coming(known, today, now),
        "opening": reckoning.opening(known, today),
        "opens": rules.opens,
        "missing": max(0, rules.opens - row["earned"]),
        "least": rules.least,
        "sharing": rules.sharing,
        "expiry": rules.expiry.mode,
        "rules": rules.version,
        "opened_at": row["opened_at"],
    }


async def lines(
    service: PointsService,
    about: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    actor: Actor,
) -> list[dict[str, Any]]:
    """Lines of the statement of this account, as this actor sees them."""
    notes = await service.sealer.open(
        Sealed(subject=row["subject"], field="note", box=row["note"]) if row["note"] else None
        for row in rows
    )
    shelf = await service.books.fresh()
    thing = Thing((about["territory"],), owner=str(about["keeper"]))
    reverses = ACCESS.allows(actor, "reverse_points", thing, service.map.within)
    return [
        {
            **{name: row[name] for name in SHOWN},
            **_labels(shelf, row),
            "note": note,
            "steps": [*_steps(row, reverses)],
        }
        for row, note in zip(rows, notes, strict=True)
    ]


def reasons(rules: PointsRules, actor: Actor) -> list[dict[str, Any]]:
    """For what points are given and taken by these rules."""
    return [
        {
            **one.model_dump(exclude={"granted_by"}),
            "at_once": bool(actor.roles & set(one.granted_by)),
        }
        for one in rules.reasons
    ]


def _labels(shelf: Shelf, row: Mapping[str, Any]) -> dict[str, str]:
    rules = shelf.of(row["rules"])
    reason = rules.reason(row["reason"]) if rules else None
    if reason is None:
        return {"label": row["reason"], "label_en": row["reason"]}
    return {"label": reason.label, "label_en": reason.label_en}


def _steps(row: Mapping[str, Any], reverses: bool) -> Iterator[str]:
    if reverses and row["kind"] == "points-earned" and row["standing"]:
        yield "reverse"
