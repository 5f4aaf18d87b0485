"""Files of earlier systems: the register of volunteers, teams, and who was in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.volunteer.importing.people import person_of, team_of
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.runtime.commands.submission import Identity, Target, single
from tests.volunteer.papers import ANN, COUNTER, HOME, Hours, mapped
from tests.volunteer.test_imports import bring

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
HEADERS = {
    "volunteers": "人员编号,姓名,社区,技能,监护人,注册日期",
    "teams": "队伍编号,队名,社区,成立日期,类型",
    "members": "队伍编号,人员编号,入队日期,离队日期",
}
WANG = f'v1,王秀英,{HOME},"医疗、急救",,2015-03-04'
TEAM = f"t1,大姐服务队,{HOME},1991-03-08,妇女"


@pytest.fixture
async def hours(
    service: Volunteers, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
) -> Hours:
    await mapped(service)
    return Hours(service, client, headers)


async def brought(hours: Hours, kind: str, *lines: str) -> Mapping[str, Any]:
    """The summary of such a file."""
    answer = await bring(hours, [HEADERS[kind], *lines], kind)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def roster(hours: Hours) -> list[tuple[str, str | None]]:
    """Since when and until when, of whoever is or was in the team."""
    path = f"/teams/{team_of('old-bank', 't1')}"
    told = (await hours.get(path, COUNTER, former=True)).json()
    return sorted((one["since"], one["until"]) for one in told["roster"])


async def test_a_register_comes_with_names_that_are_sealed_and_accounts(hours: Hours) -> None:
    told = await brought(hours, "volunteers", WANG, f"v2,李明,{HOME},,v1,")
    assert (told["taken"], told["refused"]) == (2, 0), told
    wang = person_of("old-bank", "v1")
    one = (await hours.get(f"/volunteers/{wang}", COUNTER)).json()["volunteer"]
    assert (one["name"], one["skills"]) == ("王秀英", ["first_aid", "medicine"])
    assert (await hours.get(f"/accounts/{wang}", COUNTER)).status_code == 200
    async with hours.service.pool.acquire() as connection:
        said = await connection.fetch("select type, origin, occurred_at, payload from event")
    assert {row["origin"] for row in said} == {"history"}
    assert not any("王秀英" in bytes(row["payload"]).decode() for row in said)
    assert [row["occurred_at"].year for row in said].count(2015) == 2


async def test_a_second_run_of_a_register_adds_nothing(hours: Hours) -> None:
    await brought(hours, "volunteers", WANG)
    await brought(hours, "teams", TEAM)
    await brought(hours, "members", "t1,v1,2001-05-06,")
    before = await hours.service.head()
    for kind, row in (("volunteers", WANG), ("teams", TEAM), ("members", "t1,v1,2001-05-06,")):
        again = await brought(hours, kind, row)
        assert (again["known"], again["taken"], again["refused"]) == (1, 0, 0)
    changed = await brought(hours, "volunteers", WANG.replace("王秀英", "王秀兰"))
    assert "before with other content" in changed["faults"][0]["reason"]
    assert await hours.service.head() == before


async def test_who_was_in_a_team_twice_was_in_it_twice_in_any_order(hours: Hours) -> None:
    await brought(hours, "volunteers", WANG)
    await brought(hours, "teams", TEAM)
    told = await brought(hours, "members", "t1,v1,2010-01-02,", "t1,v1,2001-05-06,2005-06-07")
    assert (told["taken"], told["refused"]) == (2, 0), told
    assert await roster(hours) == [("2001-05-06", "2005-06-07"), ("2010-01-02", None)]


async def test_hours_that_came_before_the_register_keep_their_account(hours: Hours) -> None:
    header = "记录编号,人员编号,服务日期,分钟,地区,服务类别,记录人,核准人"
    await bring(hours, [header, f"1,v1,2019-05-04,90,{HOME},助餐,a,b"])
    told = await brought(hours, "volunteers", WANG)
    assert (told["taken"], told["refused"]) == (1, 0), told
    path = f"/accounts/{person_of('old-bank', 'v1')}"
    assert (await hours.get(path, COUNTER)).json()["served"] == 90


BAD = [
    ("volunteers", f"v9,,{HOME},,,", "姓名", "fill it in"),
    ("volunteers", "v9,张三,nowhere,,,", "社区", "no territory"),
    ("volunteers", f"v9,张三,{HOME},睡觉,,", "技能", "none of these"),
    ("volunteers", f"v9,张三,{HOME},,v9,", "监护人", "another person"),
    ("volunteers", f"v9,张三,{HOME},,,2199-01-01", "注册日期", "future"),
    ("teams", f"t9,队,{HOME},2001-02-30,", "成立日期", "does not exist"),
    ("teams", f"t9,队,{HOME},2001-02-03,睡觉", "类型", "none of these"),
    ("members", "t9,v1,2001-05-06,", "队伍编号", "file of teams"),
    ("members", "t1,v9,2001-05-06,", "人员编号", "file of volunteers"),
    ("members", "t1,v1,1990-05-06,", "入队日期", "since 1991-03-08"),
    ("members", "t1,v1,2001-05-06,2000-01-01", "离队日期", "before the day of joining"),
]


@pytest.mark.parametrize(("kind", "bad", "column", "reason"), BAD)
async def test_a_bad_line_of_a_register_is_told_by_line_and_column(
    hours: Hours, kind: str, bad: str, column: str, reason: str
) -> None:
    await brought(hours, "volunteers", WANG)
    await brought(hours, "teams", TEAM)
    good = {
        "volunteers": f"v2,李明,{HOME},,,",
        "teams": f"t2,另一队,{HOME},2001-01-01,",
        "members": "t1,v1,2002-01-01,",
    }
    told = await brought(hours, kind, bad, good[kind])
    assert (told["taken"], told["refused"]) == (1, 1), told
    [fault] = told["faults"]
    assert (fault["row"], fault["column"]) == (2, column)
    assert reason in fault["reason"]


async def test_one_who_was_erased_does_not_come_back_by_a_file(
    hours: Hours, service: Volunteers
) -> None:
    actor = Actor(id="registrar", roles=frozenset({"registrar"}), territory="d")
    erase = EraseSubject(at=datetime.now(UTC), actor=actor, subject=ANN, reason="own_request")
    submission = single(Target(person, stream_of(ANN)), erase, Identity(uuid4(), b"1" * 32))
    await service.executor.execute(submission)
    await service.eraser.catch_up()
    told = await brought(hours, "volunteers", WANG.replace("v1", str(ANN)))
    [fault] = told["faults"]
    assert (fault["column"], "was erased here" in fault["reason"]) == ("人员编号", True)
