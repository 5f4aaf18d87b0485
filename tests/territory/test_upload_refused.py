"""Files that nobody should bring: each is refused whole, or its bad cells are named."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from services.territory.app import territory
from services.territory.enrolment.uploads import LARGEST_FILE, UPLOADS
from tests.grievance.front_desk import refused
from tests.territory.office import KEEPER, Office
from tests.territory.rolls import HEADER, WORKBOOK, counted, faults, sheet, taken, text, upload

GOOD = ["wenhua-1", "101", "89.37"]


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"", "text/csv", "is empty"),
        (b"\n\n \n", "text/csv", "is empty"),
        (text([]).encode(), "text/csv", "no rows under it"),
        (b"%PDF-1.7 ...", "text/csv", "a PDF document"),
        (b"\x00\x01\x02\x03" * 50, "text/csv", "is not text"),
        (text([GOOD], ("楼栋", "门牌", "x")).encode(), "text/csv", "建筑面积 (area) is missing"),
        (text([GOOD], ("楼栋", "楼栋编码", "x")).encode(), "text/csv", "all mean 楼栋"),
        (text([GOOD]).encode() + b'"wenhua', "text/csv", "never closed"),
        (text([GOOD]).encode(), WORKBOOK, "is named as a workbook but is none"),
        (sheet([GOOD])[:-40], WORKBOOK, "cut short or damaged"),
        (sheet([]), WORKBOOK, "no rows under it"),
    ],
)
async def test_what_cannot_be_read_is_refused_whole(
    office: Office, body: bytes, kind: str, said: str
) -> None:
    await office.draw(days_ago=400)
    problem = refused(await upload(office, body, kind=kind), 422, "unreadable_file")
    assert said in problem["detail"]
    assert await office.service.head() == 9


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_what_is_not_declared_as_a_sheet_is_refused(office: Office, kind: str) -> None:
    await office.draw(days_ago=400)
    refused(await upload(office, text([GOOD]), kind=kind), 415, "not_a_sheet")


async def test_a_file_may_be_larger_than_a_form_but_not_endless(office: Office) -> None:
    await office.draw(days_ago=400)
    padded = text([GOOD, *([" " * 1_000] for _ in range(2_000))])
    assert counted(await taken(office, padded)) == (1, 1, 0, 0)
    endless = b" " * (LARGEST_FILE + 1)
    refused(await upload(office, endless), 413, "body_too_large")
    form = '{"households": "' + "x" * 2_000_000
    answer = await office.post("/territories/wenhua-1/households", {"households": form})
    refused(answer, 413, "body_too_large")


async def test_it_may_be_so_where_the_service_is_mounted_beside_others(
    office: Office, running: FastAPI
) -> None:
    await office.draw(days_ago=400)
    beside = Starlette(routes=[Mount(territory.path, running)])
    transport = httpx.ASGITransport(app=beside, raise_app_exceptions=False)
    headers = {**office.headers(**KEEPER), "content-type": "text/csv"}
    padded = text([GOOD, *([" " * 1_000] for _ in range(2_000))])
    async with httpx.AsyncClient(transport=transport, base_url="http://linli") as client:
        answer = await client.post(
            f"{territory.path}{UPLOADS}", content=padded.encode(), headers=headers
        )
    assert counted(answer.json()) == (1, 1, 0, 0)


async def test_a_request_without_a_key_is_refused(office: Office) -> None:
    await office.draw(days_ago=400)
    headers = {**office.headers(**KEEPER), "content-type": "text/csv", "idempotency-key": ""}
    answer = await office.client.post(UPLOADS, content=text([GOOD]).encode(), headers=headers)
    refused(answer, 400, "idempotency_key_missing")
    assert await office.service.head() == 9


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (0, "", "is empty"),
        (0, "x" * 64, "characters long"),
        (0, "wen\x00hua", "NUL"),
        (1, "", "is empty"),
        (1, "\u3000", "is empty"),
        (1, "x" * 41, "characters long"),
        (1, "a\x07", "control character"),
        (2, "", "is empty"),
        (2, "0", "a floor area is from 1 to 10,000 m²"),
        (2, "0.99", "a floor area is from"),
        (2, "10000.01", "a floor area is from"),
        (2, "-5", "is not a number of square metres"),
        (2, "89.375", "is not a number of square metres"),
        (2, "1e3", "is not a number of square metres"),
        (2, "89,37", "is not a number of square metres"),
        (2, "89.37㎡", "is not a number of square metres"),
        (2, "nan", "is not a number of square metres"),
        (2, "99999999", "is not a number of square metres"),
    ],
)
async def test_a_bad_cell_is_named_and_its_row_is_left_out(
    office: Office, column: int, cell: str, reason: str
) -> None:
    await office.draw(days_ago=400)
    bad = list(GOOD)
    bad[column] = cell
    told = await taken(office, text([["wenhua-1", "102", "50"], bad]))
    assert counted(told) == (2, 1, 0, 1)
    [(row, where, said)] = faults(told)
    assert (row, where) == (3, HEADER[column])
    assert reason in said
    assert len(cell.strip()) < 2 or cell not in said


@pytest.mark.parametrize(
    ("cell", "area_dm2"),
    [
        (89.37, 8937),
        (100, 10_000),
        (0.1 + 0.2 + 29.0, 2930),
        ("８９．３７", 8937),
        ("89.3700", 8937),
    ],
)
async def test_an_area_is_taken_to_the_hundredth(
    office: Office, cell: float | str, area_dm2: int
) -> None:
    await office.draw(days_ago=400)
    told = await taken(office, sheet([["wenhua-1", "101", cell]]), kind=WORKBOOK)
    assert counted(told) == (1, 1, 0, 0), told
    assert (await office.read("/households"))["area_dm2"] == area_dm2


@pytest.mark.parametrize("cell", [89.375, True, 1e300, float("inf"), "=1+1"])
async def test_what_a_workbook_computes_or_mistakes_is_no_area(
    office: Office, cell: float | str
) -> None:
    await office.draw(days_ago=400)
    told = await taken(office, sheet([["wenhua-1", "101", cell]]), kind=WORKBOOK)
    assert counted(told) == (1, 0, 0, 1)


async def test_a_row_with_more_cells_than_the_header_is_damaged(office: Office) -> None:
    await office.draw(days_ago=400)
    told = await taken(office, text([[*GOOD, "", "x"]]))
    assert faults(told)[0][:2] == (2, "")
