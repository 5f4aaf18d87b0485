"""Files of earlier systems: hours with their history and opening balances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest
from openpyxl import Workbook

from services.volunteer.certifying.file import account_file
from services.volunteer.importing.loading import Importing
from services.volunteer.importing.people import person_of
from services.volunteer.importing.reading import book_of
from services.volunteer.service import Volunteers
from shared.core.messages import Actor
from tests.volunteer.papers import HOME, OWN, Hours, mapped

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
IMPORTER: dict[str, Any] = {"sub": "importer", "roles": ("importer",), "territory": "d"}
HEADER = "记录编号,人员编号,服务日期,分钟,地区,服务类别,记录人,核准人,撤销原因"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def hours(
    service: Volunteers, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
) -> Hours:
    await mapped(service)
    return Hours(service, client, headers)


def line(ref: int, *, person: str = "v1", day: str = "2019-05-04", **told: Any) -> str:
    """A line of hours."""
    known = {
        "minutes": 90,
        "service": "助餐",
        "by": "张三",
        "approved": "李四",
        "reason": "",
    } | told
    return (
        f"{ref},{person},{day},{known['minutes']},{HOME},{known['service']},{known['by']},"
        f"{known['approved']},{known['reason']}"
    )


async def bring(
    hours: Hours, lines: Sequence[str], kind: str = "hours", **actor: Any
) -> httpx.Response:
    """What a file is answered with; all is in the read models after it."""
    headers = {**hours.headers(**{**IMPORTER, **actor}), "content-type": "text/csv"}
    content = "\n".join(lines).encode()
    answer = await hours.client.post(
        f"/imports/{kind}", params={"source": "old-bank"}, content=content, headers=headers
    )
    await hours.service.projector.drain()
    return answer


async def brought(hours: Hours, *lines: str, kind: str = "hours") -> Mapping[str, Any]:
    """The summary of such a file."""
    answer = await bring(
        hours, [HEADER if kind == "hours" else "人员编号,所在社区,小时", *lines], kind
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_hours_come_with_who_logged_approved_and_reversed_them(hours: Hours) -> None:
    told = await brought(
        hours,
        line(1),
        line(2, day="2019-05-05", approved=""),
        line(3, day="2019-05-06", reason="重复"),
    )
    assert (told["rows"], told["taken"], told["refused"]) == (3, 3, 0)
    account = await account_file(hours.service, person_of("old-bank", "v1"))
    records = [*account.records.values()]
    assert [one.status for one in records] == ["approved", "logged", "reversed"]
    assert records[0].told.recorder == str(person_of("old-bank", "张三"))
    assert records[0].told.late_reason == "migration"
    assert (account.served, account.balance, account.debt) == (90, 0, 0)
    async with hours.service.pool.acquire() as connection:
        said = await connection.fetch("select origin, occurred_at, payload from event")
    assert {one["origin"] for one in said} == {"history"}
    assert {one["occurred_at"].year for one in said} == {2019}
    assert not any("张三" in bytes(one["payload"]).decode() for one in said)


async def test_a_second_run_adds_nothing_and_a_changed_line_is_refused_visibly(
    hours: Hours,
) -> None:
    await brought(hours, line(1), line(2, day="2019-05-05"))
    before = await hours.service.head()
    again = await brought(hours, line(1), line(2, day="2019-05-05", minutes=95))
    assert (again["known"], again["taken"], again["refused"]) == (1, 0, 1)
    [fault] = again["faults"]
    assert (fault["row"], fault["column"]) == (3, "记录编号")
    assert "before with other content" in fault["reason"]
    assert await hours.service.head() == before


BAD = [
    (line(1, minutes=-5), "分钟", "negative"),
    (line(1, minutes=0), "分钟", "at least one minute"),
    (line(1, minutes=26 * 60), "分钟", "at most"),
    (line(1, minutes="x"), "分钟", "whole number"),
    (line(1, day="2019-02-30"), "服务日期", "does not exist"),
    (line(1, day="2199-02-03"), "服务日期", "future"),
    (line(1, service="睡觉"), "服务类别", "none of these"),
    (line(1, approved="张三"), "核准人", "another person"),
    (line(1, approved="v1"), "核准人", "own hours"),
    (line(1, approved="", reason="错误"), "撤销原因", "only approved"),
    (line(1, by=""), "记录人", "fill it in"),
    (line(1).replace(HOME, "nowhere"), "地区", "no territory"),
]


@pytest.mark.parametrize(("bad", "column", "reason"), BAD)
async def test_a_bad_line_is_answered_with_where_and_what_and_the_others_are_taken(
    hours: Hours, bad: str, column: str, reason: str
) -> None:
    told = await brought(hours, bad, line(2, person="v2"))
    assert (told["taken"], told["refused"]) == (1, 1)
    [fault] = told["faults"]
    assert (fault["row"], fault["column"]) == (2, column)
    assert reason in fault["reason"]


async def test_two_lines_of_the_same_time_are_not_both_taken(hours: Hours) -> None:
    header = "ref,person,day,hours,territory,service,logged by,approved by,start,end"
    lines = [
        f"{ref},v1,2019-05-04,1.5,{HOME},meals,a,b,2019-05-04 {begin},2019-05-04 {end}"
        for ref, begin, end in ((1, "09:00", "10:30"), (2, "10:00", "11:30"))
    ]
    answer = (await bring(hours, [header, *lines, lines[0]])).json()
    assert (answer["taken"], answer["refused"]) == (1, 2)
    reasons = [one["reason"] for one in answer["faults"]]
    assert reasons == ["record 2 is of the same time", "repeats row 2"]


async def test_an_opening_balance_is_brought_in_once(hours: Hours) -> None:
    first = await brought(hours, f"v1,{HOME},12.5", f"v2,{HOME},1.001", kind="balances")
    assert (first["taken"], first["refused"]) == (1, 1)
    assert first["faults"][0]["reason"] == "is no whole number of minutes; write the minutes"
    again = await brought(hours, f"v1,{HOME},12.5", kind="balances")
    assert (again["known"], again["taken"]) == (1, 0)
    changed = await brought(hours, f"v1,{HOME},13", kind="balances")
    assert changed["refused"] == 1
    account = await account_file(hours.service, person_of("old-bank", "v1"))
    assert account.balance == 750


async def test_a_workbook_says_the_same_as_csv(hours: Hours) -> None:
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in ([*HEADER.split(",")], [1, "v1", datetime(2019, 5, 4), 90, HOME, "meals", "a", "b"]):  # noqa: DTZ001
        sheet.append(row)
    book.save(file)
    headers = {**hours.headers(**IMPORTER), "content-type": XLSX}
    told = await hours.client.post(
        "/imports/hours?source=old-bank", content=file.getvalue(), headers=headers
    )
    assert told.json()["taken"] == 1, told.text


async def test_only_importers_bring_files_and_only_sheets(hours: Hours) -> None:
    assert (await bring(hours, [HEADER, line(1)], **OWN)).status_code == 403
    assert (await bring(hours, ["no,columns", "1,2"])).json()["code"] == "unreadable_file"
    assert (await bring(hours, [""])).json()["code"] == "unreadable_file"
    headers = hours.headers(**IMPORTER)
    other = await hours.client.post("/imports/hours?source=x", json={}, headers=headers)
    assert other.json()["code"] == "not_a_sheet"


async def test_ten_thousand_lines_take_seconds(hours: Hours, tmp_path: Path) -> None:
    file, now = tmp_path / "hours.csv", datetime.now(UTC)
    lines = [
        line(n, person=f"v{n % 900}", day=f"20{10 + n // 900:02}-03-01") for n in range(10_000)
    ]
    file.write_text("\n".join([HEADER, *lines]))
    actor = Actor(id="i", roles=frozenset({"importer"}), territory="d")
    refused: list[Any] = []
    began = perf_counter()
    book = book_of(file, "hours", now=now)
    told = await Importing(hours.service, book, "old-bank", actor, now, refused.append).run()
    seconds = perf_counter() - began
    assert (told.taken, refused) == (10_000, [])
    assert seconds < 60, seconds
