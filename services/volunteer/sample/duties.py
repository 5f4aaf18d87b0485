"""Posts of the sample: an instructor who was silent for one week, a pioneer, a patrol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from services.volunteer.duty.commands import (
    AssignDuty,
    CheckIn,
    KeepPledge,
    MakePledge,
    NoteNoCheckIn,
    PublishAssessment,
    RaiseDutyIssue,
    ScoreTrack,
    ServeShift,
)
from services.volunteer.duty.decider import duty
from services.volunteer.duty.turns import WEEK, repeated
from services.volunteer.sample.hours import Told, acting
from services.volunteer.sample.people import LARGEST, NEIGHBOUR, Community
from services.volunteer.series.rhythm import days_of
from services.volunteer.service import Volunteers
from services.volunteer.serving.noting import TIMEKEEPER
from services.volunteer.words import DutyRole
from shared.core.derived import derived
from shared.core.local_time import day_of, end_of, start_of
from shared.core.messages import Command
from shared.core.sealed import Sealed
from shared.runtime.telling import tell_all, tell_in_turn

INSTRUCTOR, PIONEER = 3, 6  # of a community's people
WEEKS, SILENT, PIONEERING = 26, 4, 8  # so many weeks ago; so many ago nothing was heard
FRIDAY, SATURDAY, MINUTES = 5, 6, 90
NIGHT = (time(21), time(22, 30))
BACK, AHEAD = timedelta(weeks=3), timedelta(weeks=3)
FOUND = "三号楼后面的窨井盖松了，已经围起来，等人来修。"
PLEDGED = "楼道改造的钱我家先交。"


async def load(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    """All three posts, in S0's community."""
    for one in communities:
        if one.code != LARGEST or len(one.people) <= PIONEER:
            continue
        instructor, pioneer = one.people[INSTRUCTOR], one.people[PIONEER]
        patrol = NEIGHBOUR if NEIGHBOUR in one.people else one.people[2]
        found = (await service.sealer.seal(instructor, {"words": FOUND}))["words"]
        pledged = (await service.sealer.seal(pioneer, {"words": PLEDGED}))["words"]
        for role, commands in (
            ("cadre", _instructs(told, instructor, found)),
            ("pioneer", _goes_ahead(told, pioneer, pledged)),
        ):
            await tell_in_turn(service, f"duty {role}", duty, id_of(role), commands)
        await _patrols(service, told, patrol)


def id_of(role: str) -> UUID:
    """The post of this role."""
    return derived("sample-duty", LARGEST, role)


def _instructs(told: Told, holder: UUID, found: Sealed) -> Iterator[Command]:
    yield _assigned(told, holder, "cadre", WEEKS)
    turns = _weeks(told, WEEKS)
    for ago, turn in zip(range(len(turns), 0, -1), turns, strict=True):
        if ago == SILENT:
            after = end_of(turn) + timedelta(hours=1)
            yield NoteNoCheckIn(at=after, actor=TIMEKEEPER, turn=turn, asked_on=day_of(after))
        else:
            yield _there(told, holder, "party_instructor", turn)
        if ago == SILENT - 1:
            there = _there(told, holder, "party_instructor", turn)
            after = there.at + timedelta(minutes=20)
            yield RaiseDutyIssue(at=after, actor=there.actor, words=found)
    yield from _judged(told)


def _judged(told: Told) -> Iterator[Command]:
    """Both tracks of the quarter before this one."""
    today = date.fromisoformat(day_of(told.began))
    before = today.replace(month=today.month - (today.month - 1) % 3, day=1) - timedelta(days=1)
    period = f"{before.year}-Q{(before.month + 2) // 3}"
    secretary = acting(told, "secretary-1", "party_secretary")
    about: dict[str, Any] = {"at": told.began - timedelta(hours=2), "period": period}
    yield ScoreTrack(actor=secretary, track="performance", score=91, **about)
    recorder = acting(told, "recorder-1", "recorder")
    yield ScoreTrack(actor=recorder, track="masses", score=86, **about)
    yield PublishAssessment(actor=secretary, **about)


def _goes_ahead(told: Told, holder: UUID, pledged: Sealed) -> Iterator[Command]:
    yield _assigned(told, holder, "pioneer", PIONEERING)
    actor = acting(told, str(holder), "volunteer")
    began = told.began - timedelta(weeks=PIONEERING)
    yield MakePledge(at=began, actor=actor, kind="pay_first", words=pledged)
    for turn in _weeks(told, PIONEERING):
        yield _there(told, holder, "volunteer", turn)
    leader = acting(told, "leader-1", "team_leader")
    # The pledge is the second thing that happened to the post.
    yield KeepPledge(at=told.began - timedelta(days=3), actor=leader, pledge=2)
    yield MakePledge(at=told.began - timedelta(days=2), actor=actor, kind="help_neighbours")


async def _patrols(service: Volunteers, told: Told, holder: UUID) -> None:
    """The post is of the past; the shifts are told as they are every day, and become hours."""
    since, until = day_of(told.began - BACK), day_of(told.began + AHEAD)
    shifts = tuple(repeated({FRIDAY, SATURDAY}, NIGHT, since, until))
    assigned = AssignDuty(
        at=start_of(since), actor=acting(told, "secretary-1", "party_secretary"),
        late_reason="migration", holder=holder, role="patrol", territory=LARGEST,
        cadence="shifts", since=since, asked_on=since, shifts=shifts,
    )  # fmt: skip
    await tell_in_turn(service, "duty patrol", duty, id_of("patrol"), [assigned])
    days = ((shift, day_of(shift.since)) for shift in shifts)
    served = [
        ServeShift(
            at=shift.until, actor=acting(told, "leader-1", "team_leader"), day=day,
            minutes=MINUTES, asked_on=day, rules=told.rules,
        )
        for shift, day in days if day < day_of(told.began)
    ]  # fmt: skip
    await tell_all(service, "duty patrol served", duty, id_of("patrol"), served)


def _assigned(told: Told, holder: UUID, role: DutyRole, weeks: int) -> AssignDuty:
    since = _monday(told.began, weeks)
    return AssignDuty(
        at=start_of(since), actor=acting(told, "secretary-1", "party_secretary"),
        late_reason="migration", holder=holder, role=role, territory=LARGEST, cadence="weekly",
        since=since, asked_on=since,
    )  # fmt: skip


def _there(told: Told, holder: UUID, role: str, turn: str) -> CheckIn:
    friday = (date.fromisoformat(turn) - timedelta(days=2)).isoformat()
    at = start_of(friday) + timedelta(hours=16)
    return CheckIn(at=at, actor=acting(told, str(holder), role), day=friday, asked_on=friday)


def _weeks(told: Told, weeks: int) -> list[str]:
    return days_of(WEEK, _monday(told.began, weeks), day_of(told.began))


def _monday(moment: datetime, weeks: int) -> str:
    day = date.fromisoformat(day_of(moment)) - timedelta(weeks=weeks)
    return (day - timedelta(days=day.weekday())).isoformat()
