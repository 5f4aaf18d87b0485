"""What a nomination must hold to, from the day it is made to the end of its notice."""

from __future__ import annotations

from datetime import date

from services.points.honour.commands import (
    AnswerHonourObjection,
    NominateHonour,
    ObjectHonour,
    PubliciseHonour,
)
from services.points.honour.events import (
    HonourNominated,
    HonourObjected,
    HonourObjectionAnswered,
    HonourPublicised,
)
from services.points.honour.state import Honour
from shared.core.local_time import day_of
from shared.core.messages import Rejected
from shared.core.workdays import WorkCalendar

CALENDAR = WorkCalendar()


def nominated(command: NominateHonour) -> list[HonourNominated]:
    """The nomination. Raises Rejected."""
    kind = command.rules.honour(command.code)
    if kind is None:
        detail = f"rules {command.rules.version} have no honour {command.code}"
        raise Rejected("no_such_honour_kind", detail, "code")
    if command.year > int(day_of(command.at)[:4]):
        raise Rejected("year_ahead", f"{command.year} has not begun yet", "year")
    return [
        HonourNominated(
            at=command.at,
            code=kind.code,
            kind=kind.holder,
            holder=command.holder,
            territory=command.territory,
            year=command.year,
            title=kind.label,
            title_en=kind.label_en,
            level=kind.level,
            notice_days=kind.notice_days,
            granted_by=kind.granted_by,
            rules=command.rules.version,
            nominator=command.actor.id,
            person=command.person,
            name=command.name,
            words=command.words,
        )
    ]


def publicised(command: PubliciseHonour, honour: Honour) -> list[HonourPublicised]:
    """The public notice: so many working days, the day on which it begins not counted."""
    first = date.fromisoformat(day_of(command.at))
    until = CALENDAR.after(first, honour.nominated.notice_days)
    return [HonourPublicised(at=command.at, until=until.isoformat())]


def objected(command: ObjectHonour, honour: Honour) -> list[HonourObjected]:
    """The objection. Raises Rejected once the notice is over, and from who is to be honoured."""
    if honour.until is None or day_of(command.at) > honour.until:
        raise Rejected("notice_is_over", f"it was on notice until {honour.until}")
    if command.actor.id == honour.owner:
        raise Rejected("objection_to_oneself", "ask to have the nomination declined instead")
    return [HonourObjected(at=command.at, objector=command.actor.id, words=command.words)]


def answered(command: AnswerHonourObjection, honour: Honour) -> list[HonourObjectionAnswered]:
    """What was found. Raises Rejected where nothing waits under this number."""
    number = command.objection
    found = honour.objections.get(number)
    if found is None or found.verdict != "open":
        detail = f"no objection {number} waits for an answer"
        raise Rejected("no_such_objection", detail, "objection")
    upheld, words = command.upheld, command.words
    return [HonourObjectionAnswered(at=command.at, objection=number, upheld=upheld, words=words)]
