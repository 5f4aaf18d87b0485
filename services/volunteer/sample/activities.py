"""What the teams of the sample did together in the last weeks, and what is on the calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.volunteer.activity.commands import (
    HoldActivity,
    Mark,
    MarkAttendance,
    PlanActivity,
    SignUp,
)
from services.volunteer.activity.decider import activity
from services.volunteer.activity.plan import Limits, When
from services.volunteer.activity.words import Kind
from services.volunteer.sample.hours import Told, acting, morning
from services.volunteer.sample.people import LARGEST, OLDEST, Community, teams
from services.volunteer.service import Volunteers
from services.volunteer.words import Service
from shared.core.derived import derived
from shared.core.messages import Command
from shared.runtime.telling import tell_all

WHAT: Sequence[tuple[str, str, Kind, Service, int, int]] = (  # served, kg of rubbish
    ("大扫除", "小区北门", "cleaning", "environment", 0, 1_200),
    ("邻里说事沙龙", "文化站", "salon", "culture", 35, 0),
    ("送餐上门", "社区食堂", "elders", "meals", 18, 0),
    ("夜间巡逻", "警务室门口", "patrol", "safety", 0, 0),
    ("反诈宣讲", "小广场", "safety", "learning", 60, 0),
    ("便民义诊", "党群服务站", "health", "health", 42, 0),
)
WEEKS_AGO, AHEAD = range(6, 0, -1), range(1, 5)
PEOPLE, HOURS, STARTS = 8, 90, 19  # minutes; in the evening: by day they serve for their teams


async def load(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    """Six that were held and four to come, in each of the two communities with teams."""
    for one in communities:
        if one.code in (LARGEST, OLDEST) and one.people:
            for week in (*(-ago for ago in WEEKS_AGO), *AHEAD):
                known = derived("sample-activity", one.code, str(week))
                commands = [*_lived(one, week, told, known)]
                await tell_all(service, f"activity {one.code} {week}", activity, known, commands)


def id_of(community: str, week: int) -> UUID:
    """The activity of this community so many weeks from the day of loading."""
    return derived("sample-activity", community, str(week))


def _lived(community: Community, week: int, told: Told, known: UUID) -> Iterator[Command]:
    name, place, kind, service, served, rubbish = WHAT[week % len(WHAT)]
    starts = morning(told.began + timedelta(weeks=week), STARTS)
    ends = starts + timedelta(minutes=HOURS)
    planned = min(told.began, starts) - timedelta(days=6)
    yield PlanActivity(
        at=planned, actor=acting(told, "lead-1", "activity_lead"),
        when=When(name=name, place=place, starts=starts, ends=ends, capacity=30),
        mode="team_based", kind=kind, service=service, territory=community.code,
        longest=told.rules.longest, team=teams(community.code)[week % len(teams(community.code))],
    )  # fmt: skip
    people = [community.people[(abs(week) * PEOPLE + n) % len(community.people)]
              for n in range(min(PEOPLE, len(community.people)))]  # fmt: skip
    for person in people:
        yield SignUp(at=planned, actor=acting(told, str(person), "volunteer"), person=person)
    if week < 0:
        yield from _held(told, ends, people, activity=known, served=served, rubbish_kg=rubbish)


def _held(told: Told, ends: datetime, people: Sequence[UUID], **came: Any) -> Iterator[Command]:
    """All but the last came."""
    recorder = acting(told, "recorder-1", "recorder")
    marks = tuple(
        Mark(person=person, attended="absent" if person == people[-1] else "came")
        for person in people
    )
    yield MarkAttendance(at=ends, actor=recorder, marks=marks)
    rules = told.rules
    limits = Limits(version=rules.version, longest=rules.longest, daily=rules.daily,
                    late_days=rules.late_days)  # fmt: skip
    yield HoldActivity(at=ends, actor=recorder, limits=limits, **came)
