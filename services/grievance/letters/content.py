"""What a letter says: the latest reply of a case, and what has come of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from services.grievance.archive import CaseFile, History
from services.grievance.case import in_person
from services.grievance.case.events import CaseDispatched, PetitionRaised, ReplySubmitted
from services.grievance.letters import words
from services.grievance.petitioners.following import LATEST, STEPS
from services.grievance.petitioners.slip import number_of
from services.grievance.queries.units import names
from services.grievance.service import Grievance
from shared.core.envelope import Recorded
from shared.core.history import as_of
from shared.core.local_time import day_of
from shared.core.sealed import Sealed
from shared.runtime.web.problems import Problem


@dataclass(frozen=True)
class Letter:
    """An official reply. It is true up to `position`, the last record of its case: until there is
    another one, every letter of the case says the same. `done` are days with what was done then,
    `again` says how and until when a new round can be asked for."""

    number: str
    name: str
    asked_on: str
    matter: str
    done: tuple[str, ...]
    reply: str
    outcome: str
    again: str
    unit: str
    replied_on: str
    position: int


async def letter_of(service: Grievance, file: CaseFile, *, named: bool) -> Letter:
    """The letter of a case, with the petitioner's name or without. Raises Problem (404) where there
    is no reply."""
    history = as_of(file.history, LATEST)
    reply, unit = _answered(history)
    petition = cast("Recorded[PetitionRaised]", history[0])
    raised, told = petition.event, reply.event
    texts: dict[str, Any] = {"name": raised.name, "subject": raised.subject, "reply": told.reply}
    await service.archive.open([texts])
    units = await names(service.pool, {unit, *map(_unit, history)})
    return Letter(
        number=number_of(petition),
        name=_name(raised.name, texts["name"]) if named else words.WITHHELD,
        asked_on=day_of(raised.at),
        matter=f"{words.TYPES[file.row.case_type]}：{texts['subject'] or words.ERASED}",
        done=tuple(_done(one, units) for one in history if type(one.event) in STEPS),
        reply=texts["reply"] or words.ERASED,
        outcome=words.OUTCOMES[file.row.outcome] if file.row.outcome else words.NOT_CLOSED,
        again=_again(service, file, reply),
        unit=units.get(unit, words.NO_UNIT),
        replied_on=day_of(told.at),
        position=file.history[-1].position,
    )


def _answered(history: History) -> tuple[Recorded[ReplySubmitted], str | None]:
    """The latest reply, and the unit that had the order then. Raises Problem (404)."""
    found, unit, theirs = None, None, None
    for one in history:
        theirs = _unit(one) or theirs
        if isinstance(one.event, ReplySubmitted):
            found, unit = cast("Recorded[ReplySubmitted]", one), theirs
    if found is None:
        raise Problem(404, "no_reply_yet", "this case has no reply yet: there is no letter of it")
    return found, unit


def _unit(one: Recorded[Any]) -> str | None:
    return one.event.unit if isinstance(one.event, PetitionRaised | CaseDispatched) else None


def _name(sealed: Sealed | None, name: str | None) -> str:
    if sealed is None:
        return words.NO_NAME
    return words.ERASED if name is None else name


def _done(one: Recorded[Any], units: dict[str | None, str]) -> str:
    what = words.STEPS[STEPS[type(one.event)]]
    whose = f"：{units[one.event.unit]}" if isinstance(one.event, CaseDispatched) else ""
    return f"{day_of(one.event.at)}　{what}{whose}"


def _again(service: Grievance, file: CaseFile, reply: Recorded[ReplySubmitted]) -> str:
    where = "凭编号和查询码在“查询进度”页面"
    until = in_person.reopens_until(file.state())
    if until is not None:
        late = "过期可以另行反映，并写明本编号"
        return f"如认为没有办好，可以在 {day_of(until)} 之前（含当日）{where}要求重新办理；{late}。"
    limit = words.spelled(service.book(file.row.territory, reply.event.at).reopen)
    return f"可以{where}评价办理结果。办结之后 {limit}之内，如认为没有办好，可以要求重新办理。"
