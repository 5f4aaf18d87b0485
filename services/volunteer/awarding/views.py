"""From rows and histories to answers about stars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from services.volunteer.access import ACCESS
from services.volunteer.awarding.file import StarsFile
from services.volunteer.joining import names
from services.volunteer.rules.book import VolunteerRules
from services.volunteer.service import Volunteers
from services.volunteer.stars.events import StarObjected
from services.volunteer.stars.possible import STEPS, may_apply, possible
from services.volunteer.stars.rules import counted
from shared.core.access import action_of
from shared.core.local_time import day_of
from shared.core.messages import Actor

STAND = ("level", "since", "certificate", "in_doubt", "doubt_minutes", "doubt_needs")
NOTHING = dict.fromkeys(STAND) | {"in_doubt": False}
CARRIED = ("person", "territory", "needs", "minutes", "applicant", "asked_at", "notice_until",
           "open_objections")  # fmt: skip


def line(row: Mapping[str, Any], name: str | None = None) -> dict[str, Any]:
    """One application in the queue; its name where the reader may see it."""
    told = {name: row[name] for name in CARRIED}
    own = {"number": row["asked"], "held": row["star"], "star": row["wanted"]}
    judged = {"level": row["wanted_level"], "rules": row["wanted_rules"]}
    return told | own | judged | {"state": row["state"], "name": name}


async def notices(service: Volunteers, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What anybody may read of these: no id of a person, and of a name its first character."""
    known = await names.masked(service, [row["person"] for row in rows])
    return [_notice(row, known.get(row["person"])) for row in rows]


async def named(
    service: Volunteers, actor: Actor, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], str | None]]:
    """Each row with the name of its person, where this actor may see it."""
    known = await names.among(service, actor, ((row["person"], row["territory"]) for row in rows))
    return [(row, known.get(row["person"])) for row in rows]


def _notice(row: Mapping[str, Any], name: str | None) -> dict[str, Any]:
    told = {name: row[name] for name in ("territory", "minutes", "notice_until")}
    return told | {"number": row["asked"], "star": row["wanted"], "name": name}


def doubt(row: Mapping[str, Any], name: str | None) -> dict[str, Any]:
    """One star that is in doubt."""
    told = {name: row[name] for name in ("person", "territory", "star", "served")}
    return told | {"minutes": row["doubt_minutes"], "needs": row["doubt_needs"], "name": name}


async def view(service: Volunteers, file: StarsFile, actor: Actor) -> dict[str, Any]:
    """A person's stars, what is missing to the next one, and what this actor may do now."""
    rules, now = await service.rules(file.territory), datetime.now(UTC)
    year = day_of(now)[:4] if rules.window == "calendar_year" else None
    minutes = counted(file.account, year)
    stood = {name: getattr(file.row, name) for name in STAND} if file.row else NOTHING
    known = await names.among(service, actor, [(file.person, file.territory)])
    judges = ACCESS.allows(actor, "answer_objection", file.thing(), service.map.within)
    return {
        "person": file.person,
        "name": known.get(file.person),
        "version": len(file.history),
        "territory": file.territory,
        "held": file.stars.held,
        **stood,
        "doubt_minutes": _left(file),
        "rules": rules.version,
        "minutes": minutes,
        "eligible": rules.eligible(minutes),
        "next": _next(rules, file.stars.held, minutes),
        "barred_until": file.account.barred_until,
        "application": _application(file, day_of(now)),
        "objections": await _objections(service, file, judges=judges),
        "history": [_told(recorded) for recorded in file.history],
        "applies": _applies(service, file, actor, rules),
        "steps": _steps(service, file, actor, rules),
    }


def _left(file: StarsFile) -> int | None:
    """What there is by now of the minutes that a star in doubt took: it is cleared by these."""
    if file.stars.doubt is None:
        return None
    return counted(file.account, file.stars.awards[-1].year)


def _next(rules: VolunteerRules, held: int, minutes: int) -> dict[str, Any] | None:
    rung = rules.rung(held + 1)
    if rung is None:
        return None
    missing = max(0, rung.minutes - minutes)
    return {"star": rung.star, "needs": rung.minutes, "missing": missing, "level": rung.level}


def _application(file: StarsFile, today: str) -> dict[str, Any] | None:
    row = file.row
    if row is None or row.application == "none":
        return None
    told = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return line(told | {"state": _state(told, today)})


def _state(row: Mapping[str, Any], today: str) -> str:
    """As the queue has it."""
    if row["upheld"]:
        return "upheld"
    if row["open_objections"]:
        return "objected"
    if row["application"] == "applied":
        return "applied" if row["notice_days"] else "ready"
    return "noticed" if row["notice_until"] >= today else "ready"


async def _objections(
    service: Volunteers, file: StarsFile, *, judges: bool
) -> list[dict[str, Any]]:
    known = file.stars.application.objections if file.stars.application else {}
    found = [one for one in file.history if one.version in known]
    boxes = [one.event.words for one in found if isinstance(one.event, StarObjected)]
    texts = await service.sealer.open(boxes) if judges else [None for _ in boxes]
    return [
        {
            "number": one.version,
            "state": known[one.version],
            "said_at": one.occurred_at,
            "words": text,
        }
        for one, text in zip(found, texts, strict=True)
    ]


def _told(recorded: Any) -> dict[str, Any]:
    event = recorded.event
    told = {name: getattr(event, name, None) for name in ("star", "reason", "document")}
    return {"type": recorded.type, "at": recorded.occurred_at, **told}


def _applies(
    service: Volunteers, file: StarsFile, actor: Actor, rules: VolunteerRules
) -> int | None:
    may = ACCESS.allows(actor, "apply_star", file.thing(), service.map.within)
    return may_apply(file.stars, file.account, rules, (actor, datetime.now(UTC))) if may else None


def _steps(service: Volunteers, file: StarsFile, actor: Actor, rules: VolunteerRules) -> list[str]:
    """The steps that this actor may take now."""
    within, asked = service.map.within, (actor, datetime.now(UTC))
    found = ["apply"] if _applies(service, file, actor, rules) else []
    found += [
        verb
        for verb, command in STEPS.items()
        if verb != "apply"
        and ACCESS.allows(actor, action_of(command), file.thing(), within)
        and possible(verb, file.stars, file.account, asked)
    ]
    open_ = file.row is not None and file.row.open_objections > 0
    if open_ and ACCESS.allows(actor, "answer_objection", file.thing(), within):
        found.append("answer")
    return found
