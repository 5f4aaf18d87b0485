"""Honours of the sample: what hangs on the wall of the largest community since years, what its
people were granted, and what is on public notice now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.points.honour.commands import (
    GrantHonour,
    NominateHonour,
    PubliciseHonour,
    RecordHonour,
)
from services.points.honour.decider import honour
from services.points.honour.stream import honour_of, honour_titled
from services.points.queries.homes import Homes
from services.points.sample.deeds import Told, acting
from services.points.sample.people import LARGEST, Community
from services.points.service import PointsService
from services.points.words import HonourLevel
from shared.core.local_time import day_of, start_of
from shared.core.messages import Command
from shared.core.sealed import Sealed
from shared.runtime.telling import tell_in_turn

# S0 counts more than forty of the province and the city; which they are, it does not say.
TITLES: Sequence[tuple[str, str]] = (
    ("文明社区", "Civilised community"),
    ("和谐社区", "Harmonious community"),
    ("平安社区", "Safe community"),
    ("绿色社区", "Green community"),
    ("先进基层党组织", "Advanced party branch"),
    ("志愿服务先进社区", "Community of volunteers"),
    ("书香社区", "Reading community"),
)
PLAQUES: Sequence[tuple[HonourLevel, str, str, int]] = (
    ("city", "市级", "of the city", 4), ("province", "省级", "of the province", 2)
)  # fmt: skip
SURNAMES = "王李张刘陈杨赵黄周吴"


class Case(NamedTuple):
    """A nomination: for which honour, how many days ago, how far it has come: 1 nominated, 2 on
    notice, 3 granted."""

    code: str
    ago: int
    steps: int


CASES = (
    Case("best_volunteer", 400, 3),
    Case("best_building_head", 390, 3),
    Case("ten_star_household", 120, 3),
    Case("best_volunteer", 1, 2),
    Case("ten_star_household", 2, 2),
    Case("best_building_head", 1, 1),
)
NOTICE = timedelta(days=30)  # more than any notice takes


async def load(service: PointsService, communities: Sequence[Community], told: Told) -> None:
    """What the largest community and its people hold; two nominations on notice, one that
    waits."""
    for one in communities:
        if one.code == LARGEST:
            for number, command in enumerate(_plaques(told)):
                stream = honour_titled(command.title, command.holder, command.day)
                await tell_in_turn(service, f"plaque {number}", honour, stream, [command])
            await _people(service, one, told)


def _plaques(told: Told) -> Iterator[RecordHonour]:
    """Forty-two of them: each title of the city four times, and of the province twice."""
    importer, last = acting(told, "importer-1", "importer"), told.began.year - 1
    for level, prefix, of, times in PLAQUES:
        for place, (title, english) in enumerate(TITLES):
            for count in range(times):
                day = date(last - 3 * count - place % 3, 3 + place, 10 + count).isoformat()
                yield RecordHonour(
                    at=start_of(day), asked_on=day_of(told.began), actor=importer,
                    kind="community", holder=LARGEST, territory=LARGEST, level=level,
                    title=f"{prefix}{title}", title_en=f"{english} {of}", day=day, source="牌匾",
                )  # fmt: skip


async def _people(service: PointsService, community: Community, told: Told) -> None:
    for case, person in zip(CASES, community.people, strict=False):
        kind = told.rules.honour(case.code)
        home = await Homes(service.pool).of(person)
        if kind is None or home is None:
            continue
        holder = str(home.household if kind.holder == "household" else person)
        ending = "家" if kind.holder == "household" else "同志"
        called = SURNAMES[person.int % len(SURNAMES)] + ending
        sealed = await service.sealer.seal(person, {"name": called})
        steps = [*_steps(case, (holder, person), sealed["name"], told)][: case.steps]
        stream = honour_of(case.code, holder, int(day_of(steps[0].at)[:4]))
        await tell_in_turn(service, f"honour {case.code} {person}", honour, stream, steps)


def _steps(case: Case, who: tuple[str, UUID], name: Sealed, told: Told) -> Iterator[Command]:
    (holder, person), at = who, told.began - timedelta(days=case.ago)
    yield NominateHonour(
        at=at, actor=acting(told, "grid-1", "grid_worker"), code=case.code, holder=holder,
        person=person, territory=LARGEST, year=int(day_of(at)[:4]), rules=told.rules, name=name,
    )  # fmt: skip
    chief = acting(told, "supervisor-1", "supervisor")
    yield PubliciseHonour(at=at, actor=chief)
    yield GrantHonour(at=at + NOTICE, actor=chief)
