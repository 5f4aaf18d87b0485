"""Reports of hours: the same figures as a workbook, as CSV and as JSON."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from services.volunteer.queries.hours_report import Stood
from services.volunteer.reporting.answers import HoursReport
from services.volunteer.reporting.sheets import About, writer
from services.volunteer.rules.book_2026_1 import BOOK
from services.volunteer.service import Volunteers
from tests.volunteer.papers import ANN, AUDITOR, BOB, OWN, Hours, ago, mapped

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
TEAM = UUID(int=9)
ABOVE = 10  # lines of a sheet up to its header


@pytest.fixture
async def hours(
    service: Volunteers, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
) -> Hours:
    """Ann served twice, once in a team, and has a record that waits and one reversed; Bob once."""
    await mapped(service)
    made = Hours(service, client, headers)
    await made.served(90, days=1, team=TEAM)
    await made.served(60, days=2, evidence="site_code")
    await made.logged(45, days=3)
    await made.reversed(await made.served(30, days=2))
    await made.served(20, days=1, person=BOB, territory="d/s1/c2")
    await service.projector.drain()
    return made


async def _json(hours: Hours, **asked: Any) -> dict[str, Any]:
    answer = await hours.get("/hours-report.json", AUDITOR, **asked)
    assert answer.status_code == 200, answer.text
    HoursReport.model_validate_json(answer.content, extra="forbid")
    return dict(answer.json())


async def test_a_line_has_what_was_approved_waits_and_was_reversed(hours: Hours) -> None:
    ann, bob = (await _json(hours, by="person"))["items"]
    assert ann == {
        "person": str(ANN), "minutes": 150, "hours": 2.5, "records": 2, "waiting": 1,
        "waiting_minutes": 45, "rejected": 0, "reversed": 1, "reversed_minutes": 30,
        "grade_a": 60, "grade_b": 90, "grade_c": 0,
    }  # fmt: skip
    assert (bob["person"], bob["minutes"], bob["hours"]) == (str(BOB), 20, 0.33)


async def test_it_says_up_to_where_it_is_true_by_which_rules_and_when_it_was_made(
    hours: Hours, service: Volunteers
) -> None:
    told = await _json(hours)
    assert told["watermark"]["position"] == await service.head()
    assert told["rules"] == BOOK.version
    assert told["made_at"]


async def test_a_workbook_and_csv_say_the_same(hours: Hours) -> None:
    asked = {"by": "team,person", "from": ago(9), "to": ago(0)}
    items = (await _json(hours, **asked))["items"]
    expected = [[str(value) for value in item.values()] for item in items]
    sheet = await hours.get("/hours-report.csv", AUDITOR, **asked)
    lines = [*csv.reader(StringIO(sheet.content.decode("utf-8-sig")))]
    assert lines[ABOVE:] == expected
    book = await hours.get("/hours-report.xlsx", AUDITOR, **asked)
    rows = [*load_workbook(BytesIO(book.content)).worksheets[0].iter_rows(values_only=True)]
    told = [["" if value is None else value for value in row] for row in rows[ABOVE:]]
    assert told == [[*item.values()] for item in items]
    assert rows[5][1] == (await _json(hours))["watermark"]["position"]


async def test_whoever_answers_for_a_part_gets_that_part(hours: Hours) -> None:
    part: dict[str, Any] = {**AUDITOR, "territory": "d/s1/c2"}
    answer = await hours.get("/hours-report.json", part)
    assert [one["person"] for one in answer.json()["items"]] == [str(BOB)]
    assert (await hours.get("/hours-report.json", part, under="d")).status_code == 403
    assert (await hours.get("/hours-report.json", OWN)).status_code == 403
    under = await _json(hours, under="d/s1/c1")
    assert [one["person"] for one in under["items"]] == [str(ANN)]


@pytest.mark.parametrize("asked", [{"by": "name"}, {"by": ""}, {"from": "2026-13-01"}, {"x": "1"}])
async def test_what_cannot_be_asked_is_refused(hours: Hours, asked: dict[str, str]) -> None:
    assert (await hours.get("/hours-report.json", AUDITOR, **asked)).status_code == 422
    assert (await hours.get("/hours-report.pdf", AUDITOR)).status_code == 422


def test_a_text_that_begins_as_a_formula_stays_a_text() -> None:
    about = About(["team"], None, None, "d", "1", datetime.now(UTC), Stood(1, None, ()))
    line = ("=HYPERLINK(1)", 1, 0.02, *[0] * 9)
    book, text = BytesIO(), BytesIO()
    for kind, file in (("xlsx", book), ("csv", text)):
        made = writer(kind, file, about)  # type: ignore[arg-type]
        made.lines([line])
        made.close()
    cell = load_workbook(book).worksheets[0].cell(ABOVE + 1, 1)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert text.getvalue().decode("utf-8-sig").splitlines()[-1].startswith("'=HYPERLINK")
