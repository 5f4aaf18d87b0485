"""From rows of requests to answers, as far as their reader may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.grants.helping import PEOPLE, SEE
from services.volunteer.help.decider import ALLOWED
from services.volunteer.helping.forms import STEPS
from services.volunteer.joining import names
from services.volunteer.service import Volunteers
from shared.core.access import Thing, action_of
from shared.core.messages import Actor
from shared.core.sealed import Sealed

OPEN = ("status", "service", "minutes", "day", "since", "asked_at", "ended_at")
INSIDE = ("requester", "volunteer", "care", "paid", "done", "paid_minutes", "review")
WHO = ("requester", "volunteer")
BY_HELPER = frozenset({"accept", "decline", "finish"})


def may_read(service: Volunteers, row: Mapping[str, Any], actor: Actor) -> bool:
    """Whether it is theirs, in their keeping, or open to anybody who might help."""
    if _is_inside(service, actor, row):
        return True
    return row["status"] == "open" and bool(actor.roles & PEOPLE)


async def lines(
    service: Volunteers, actor: Actor, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The lines of these requests; one look-up of keys opens all words that may be read."""
    inside = [_is_inside(service, actor, row) for row in rows]
    texts = await service.sealer.open(
        Sealed(subject=row["requester"], field="words", box=row["words"])
        if row["words"] and seen
        else None
        for row, seen in zip(rows, inside, strict=True)
    )
    shown = [row for row, seen in zip(rows, inside, strict=True) if seen]
    people = [(row[who], row["territory"]) for row in shown for who in WHO]
    known = await names.among(service, actor, people)
    return [
        _line(service, actor, row, text if seen else None, seen=seen)
        | {f"{who}_name": known.get(row[who]) if seen else None for who in WHO}
        for row, text, seen in zip(rows, texts, inside, strict=True)
    ]


def _line(
    service: Volunteers, actor: Actor, row: Mapping[str, Any], words: str | None, *, seen: bool
) -> dict[str, Any]:
    place = row["territory"]
    if not seen:
        place = service.map.boundaries().at_level(place, "neighbourhood") or place
    return {
        "id": row["help_id"],
        **{name: row[name] for name in OPEN},
        "territory": place,
        "mine": _mine(actor, row),
        **{name: row[name] if seen else None for name in INSIDE},
        "words": words,
        "steps": steps(service, actor, row),
    }


def steps(service: Volunteers, actor: Actor, row: Mapping[str, Any]) -> list[str]:
    """What the reader may do now."""
    return [
        verb
        for verb, step in STEPS.items()
        if row["status"] in ALLOWED[step.command]
        and _is_theirs(actor, verb, row)
        and ACCESS.allows(
            actor, action_of(step.command), _thing(actor, verb, row), service.map.within
        )
    ]


def _thing(actor: Actor, verb: str, row: Mapping[str, Any]) -> Thing:
    owner = actor.id if verb in BY_HELPER else str(row["requester"])
    return Thing((row["territory"],), owner=owner)


def _is_theirs(actor: Actor, verb: str, row: Mapping[str, Any]) -> bool:
    if verb == "accept" and row["status"] == "open":
        return actor.id != str(row["requester"])
    if verb in BY_HELPER:
        return actor.id == str(row["volunteer"])
    return actor.id != str(row["volunteer"])


def _mine(actor: Actor, row: Mapping[str, Any]) -> str | None:
    if actor.id == str(row["requester"]):
        return "requester"
    return "helper" if actor.id == str(row["volunteer"]) else None


def _is_inside(service: Volunteers, actor: Actor, row: Mapping[str, Any]) -> bool:
    if actor.roles & PEOPLE and actor.id in (str(row["requester"]), str(row["volunteer"])):
        return True
    return bool(actor.roles & SEE) and service.map.within(row["territory"], actor.territory)
