"""Where everybody's stars stand: what they hold, whether it is in doubt, what they applied for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never
from uuid import UUID

from services.volunteer.stars.events import (
    ObjectionAnswered,
    StarApplied,
    StarAwarded,
    StarCleared,
    StarInDoubt,
    StarNoticed,
    StarObjected,
    StarRecorded,
    StarRefused,
    StarRevoked,
)
from shared.core.envelope import Recorded
from shared.core.local_time import day_of
from shared.core.projection import ReadModel, Tally
from shared.core.state import replace

Told = (
    StarApplied | StarNoticed | StarObjected | ObjectionAnswered | StarAwarded | StarRefused
    | StarRecorded | StarRevoked | StarInDoubt | StarCleared
)  # fmt: skip


# What a line says of an application where there is none.
NOT_ASKED: Mapping[str, Any] = {
    "application": "none",
    "wanted": None,
    "wanted_level": None,
    "wanted_rules": None,
    "needs": None,
    "minutes": None,
    "applicant": None,
    "asked": None,
    "asked_at": None,
    "notice_days": None,
    "notice_until": None,
    "objections": 0,
    "open_objections": 0,
    "upheld": False,
}


@dataclass(frozen=True)
class StarStandingRow:
    """One person. They hold `star` (0 for none) since the day `since`; `doubt_minutes` are left of
    the `doubt_needs` that it took, while it is `in_doubt`. `application` is `none`, `applied` or
    `noticed`: for the star `wanted`, asked for at position `asked` of the log; `open_objections`
    wait for an answer."""

    stars_id: UUID
    person: UUID
    territory: str
    version: int
    star: int
    level: str | None
    since: str | None
    certificate: str | None
    in_doubt: bool
    doubt_minutes: int | None
    doubt_needs: int | None
    application: str
    wanted: int | None
    wanted_level: str | None
    wanted_rules: str | None
    needs: int | None
    minutes: int | None
    applicant: str | None
    asked: int | None
    asked_at: datetime | None
    notice_days: int | None
    notice_until: str | None
    objections: int
    open_objections: int
    upheld: bool


def fold(row: StarStandingRow | None, recorded: Recorded[Told]) -> StarStandingRow | None:
    """The person's line after the event."""
    event = recorded.event
    if isinstance(event, StarApplied | StarRecorded):
        row = row or _empty(recorded, event)
        row = replace(row, territory=event.territory)
    if row is None:
        return None
    return _told(replace(row, version=recorded.version), recorded)


def _told(row: StarStandingRow, recorded: Recorded[Told]) -> StarStandingRow:  # noqa: C901, PLR0911, PLR0912 - one arm an event
    event = recorded.event
    match event:
        case StarApplied():
            return _applied(row, recorded, event)
        case StarNoticed(until=until):
            return replace(row, application="noticed", notice_until=until)
        case StarObjected():
            return replace(
                row, objections=row.objections + 1, open_objections=row.open_objections + 1
            )
        case ObjectionAnswered(upheld=upheld):
            left = row.open_objections - 1
            return replace(row, open_objections=left, upheld=row.upheld or upheld)
        case StarAwarded():
            return _holding(_ended(row), event, day_of(recorded.occurred_at))
        case StarRecorded(day=day):
            return _holding(row, event, day)
        case StarRefused():
            return _ended(row)
        case StarRevoked(left=left):
            day = day_of(recorded.occurred_at)
            return replace(_sure(row), star=left, level=None, since=day, certificate=None)
        case StarInDoubt(minutes=minutes, needs=needs):
            return replace(row, in_doubt=True, doubt_minutes=minutes, doubt_needs=needs)
        case StarCleared():
            return _sure(row)
        case _:
            assert_never(event)


def _applied(row: StarStandingRow, recorded: Recorded[Told], event: StarApplied) -> StarStandingRow:
    return replace(
        row,
        application="applied",
        wanted=event.star,
        wanted_level=event.level,
        wanted_rules=event.rules,
        needs=event.needs,
        minutes=event.minutes,
        applicant=event.applicant,
        asked=recorded.position,
        asked_at=recorded.occurred_at,
        notice_days=event.notice_days,
    )


def _ended(row: StarStandingRow) -> StarStandingRow:
    return replace(row, **NOT_ASKED)


def _holding(row: StarStandingRow, event: StarAwarded | StarRecorded, day: str) -> StarStandingRow:
    return replace(
        _sure(row), star=event.star, level=event.level, since=day, certificate=event.certificate
    )


def _sure(row: StarStandingRow) -> StarStandingRow:
    return replace(row, in_doubt=False, doubt_minutes=None, doubt_needs=None)


def _empty(recorded: Recorded[Told], event: StarApplied | StarRecorded) -> StarStandingRow:
    return StarStandingRow(
        stars_id=recorded.stream_id,
        person=event.person,
        territory=event.territory,
        version=recorded.version,
        star=0,
        level=None,
        since=None,
        certificate=None,
        in_doubt=False,
        doubt_minutes=None,
        doubt_needs=None,
        **NOT_ASKED,
    )


star_standing: ReadModel[StarStandingRow, Told] = ReadModel(
    name="star_standing",
    row=StarStandingRow,
    fold=fold,
    of=Told,
    indexes=(
        "(person)",
        "(territory, asked) where application <> 'none'",
        "(territory, person) where in_doubt",
    ),
    tally=Tally(
        name="star_count",
        keys=("territory", "star"),
        measures=("people", "in_doubt"),
        count=lambda row: {
            (row.territory, str(row.star)): {"people": 1, "in_doubt": int(row.in_doubt)}
        },
    ),
)
