"""The teams of the sample and who is in them: eight in S0's community, the women's team since 1991.
What volunteers are called is invented."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.volunteer.sample.hours import Told, acting
from services.volunteer.sample.people import LARGEST, OLDEST, Community, team_number, teams
from services.volunteer.service import Volunteers
from services.volunteer.team.commands import FoundTeam, JoinTeam, NameLeader
from services.volunteer.team.decider import team
from services.volunteer.team.words import TeamKind
from services.volunteer.volunteer.commands import RegisterVolunteer
from services.volunteer.volunteer.decider import volunteer
from services.volunteer.volunteer.stream import volunteer_of
from shared.core.messages import Command
from shared.runtime.telling import tell_all

BEGAN = "2018-03-01"
EIGHT: Sequence[tuple[str, TeamKind]] = (
    ("环境清扫志愿服务队", "environment"), ("文艺宣传志愿服务队", "culture"),
    ("邻里互助志愿服务队", "general"), ("平安巡逻志愿服务队", "patrol"),
    ("敬老爱幼志愿服务队", "elders"), ("法律服务志愿服务队", "trade"),
    ("便民维修志愿服务队", "trade"), ("文明劝导志愿服务队", "general"),
)  # fmt: skip
# S1: veterans on patrol; women who help old people and children.
OLD: Sequence[tuple[str, TeamKind, str]] = (
    ("“新长征”志愿服务队", "veterans", "2020-06-01"), ("“妈妈帮帮团”", "women", "1991-01-01"),
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
CALLED = ("阿姨", "师傅", "大姐", "老师", "叔", "姐")


async def load(service: Volunteers, communities: Sequence[Community], told: Told) -> None:
    """Everybody on the list of volunteers, and all teams with their members."""
    named = {
        person: {"name": SURNAMES[number % 20] + CALLED[(number // 20) % len(CALLED)]}
        for one in communities
        for number, person in enumerate(one.people)
    }
    boxes = await service.sealer.seal_all(named)
    registrar = acting(told, "registrar-1", "registrar")
    for one in communities:
        for person in one.people:
            asked = RegisterVolunteer(
                at=_day(BEGAN), actor=registrar, late_reason="migration", person=person,
                territory=one.code, name=boxes[person]["name"],
            )  # fmt: skip
            name = f"volunteer {person}"
            await tell_all(service, name, volunteer, volunteer_of(person), [asked])
        for number, code in enumerate(teams(one.code)):
            commands = [*_of_team(one, number, told)]
            await tell_all(service, f"team {code}", team, code, commands)


def _of_team(community: Community, number: int, told: Told) -> Iterator[Command]:
    name, kind, since = _known(community.code, number)
    about: dict[str, Any] = {
        "at": told.began, "actor": acting(told, "registrar-1", "registrar"),
        "late_reason": "migration",
    }  # fmt: skip
    yield FoundTeam(name=name, kind=kind, since=since, territory=community.code, **about)
    leader: UUID | None = None
    for place, person in enumerate(community.people):
        if team_number(community.code, place) == number:
            yield JoinTeam(person=person, since=since, **about)
            leader = leader or person
    if leader is not None:
        yield NameLeader(person=leader, **about)


def _known(community: str, number: int) -> tuple[str, TeamKind, str]:
    if community == OLDEST:
        return OLD[number]
    name, kind = EIGHT[number] if community == LARGEST else EIGHT[2]
    return name, kind, BEGAN


def _day(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T02:00:00").replace(tzinfo=UTC)
