"""From rows of residents to answers, as far as their reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.territory.access import ACCESS
from services.territory.service import Territory
from shared.core.messages import Actor
from shared.core.sealed import Sealed

BOXES = ("name", "phone", "birth_year")
# Not for those who see only that someone lived there once.
PRESENT = ("status", "left_at", "merged_into", "purposes")


def withheld(service: Territory, actor: Actor, row: Mapping[str, Any]) -> frozenset[str]:
    """The fields of this resident that are not shown to this actor. People see all of their own;
    nobody sees more of who lives elsewhere now than that they lived here."""
    if "resident" in actor.roles and actor.id == str(row["person_id"]):
        return frozenset()
    if not service.map.within(row["building"], actor.territory):
        return frozenset({*BOXES, *PRESENT, "care_tags"})
    return ACCESS.hidden(actor)


async def lines(
    service: Territory, actor: Actor, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The lines of these residents; one look-up of keys opens all that may be read."""
    hidden = [withheld(service, actor, row) for row in rows]
    boxes = [
        _sealed(row, field) if field not in kept else None
        for row, kept in zip(rows, hidden, strict=True)
        for field in BOXES
    ]
    texts = iter(await service.sealer.open(boxes))
    return [
        _line(row, kept, {field: next(texts) for field in BOXES})
        for row, kept in zip(rows, hidden, strict=True)
    ]


def _sealed(row: Mapping[str, Any], field: str) -> Sealed | None:
    box = row[field]
    return None if box is None else Sealed(subject=row["person_id"], field=field, box=box)


def _line(
    row: Mapping[str, Any], hidden: frozenset[str], texts: Mapping[str, str | None]
) -> dict[str, Any]:
    told = {
        "status": row["status"],
        "left_at": row["left_at"],
        "merged_into": row["merged_into"],
        **texts,
        "purposes": _words(row["purposes"]),
        "care_tags": _words(row["tags"]),
    }
    return {
        "id": row["person_id"],
        "building": row["shown_building"],
        "household": row["shown_household"],
        "since": row["shown_since"],
        **{name: None if name in hidden else value for name, value in told.items()},
        "withheld": sorted(hidden),
    }


def _words(text: str) -> list[str]:
    return text.split(",") if text else []
