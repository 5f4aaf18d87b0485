"""Files of households: one clear verdict for every row, and nothing half-done."""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.territory.households.rosters import household_of
from services.territory.log import LOG
from shared.core.local_time import day_of
from shared.store import read
from tests.grievance.front_desk import refused
from tests.territory.office import Office
from tests.territory.rolls import (
    WORKBOOK,
    blocks_of_flats,
    counted,
    faults,
    flats,
    sheet,
    taken,
    text,
    upload,
)

# `LINLI_UPLOAD_ROWS=100000` is the size that was promised.
ROWS = int(os.environ.get("LINLI_UPLOAD_ROWS", "20000"))
SECONDS = 30
PAIR = [["wenhua-1", "101", "89.37"], ["wenhua-1", "102", "120.5"]]


async def logged(office: Office) -> list[Any]:
    """The households that the log has on its rosters, with the command that brought each."""
    async with office.service.pool.acquire() as connection:
        rows = await read.page(connection, LOG, 0, 1_000_000)
    return [row for row in rows if row["type"] == "household-registered"]


async def total(office: Office, **query: Any) -> int:
    return int((await office.read("/households", limit=1, **query))["total"])


async def test_a_large_file_with_three_bad_rows(office: Office) -> None:
    places = blocks_of_flats(ROWS // 50)
    for start in range(0, len(places), 2_000):
        await office.draw(places[start : start + 2_000], days_ago=400 if start == 0 else 399)
    buildings = [new.code for new in places if new.kind == "building"]
    rows = list(flats(buildings))
    rows[7][2] = "八十九"
    rows[ROWS // 2][0] = "nowhere"
    rows[ROWS - 1] = list(rows[ROWS - 2])
    began = time.perf_counter()
    told = await taken(office, text(rows))
    assert time.perf_counter() - began < SECONDS
    assert counted(told) == (ROWS, ROWS - 3, 0, 3)
    assert faults(told) == [
        (9, "建筑面积", "is not a number of square metres with up to two decimals, such as 89.37"),
        (ROWS // 2 + 2, "楼栋", "is no territory on the map"),
        (ROWS + 1, "门牌", f"repeats row {ROWS}"),
    ]
    assert told["more"] == 0
    assert await total(office) == ROWS - 3
    events = await logged(office)
    assert len(events) == ROWS - 3
    of_each = Counter(row["stream_id"] for row in events)
    assert len({row["command_id"] for row in events}) == len(of_each) == len(buildings)
    head = await office.service.head()
    again = await taken(office, text(rows))
    assert counted(again) == (ROWS, 0, ROWS - 3, 3)
    assert faults(again) == faults(told)
    assert await office.service.head() == head


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (text(PAIR).encode(), "text/csv"),
        (text(PAIR).encode("utf-8-sig"), "text/csv; charset=utf-8"),
        (text(PAIR).encode("gb18030"), "text/csv"),
        (text(PAIR).replace(",", ";").encode(), "text/csv"),
        (text(PAIR, ("Building", "Door", "Area (m2)")).encode(), "text/csv"),
        (text(PAIR, ("楼栋编码", "门牌号", "建筑面积（㎡）")).encode("gb18030"), "text/csv"),
        (sheet(PAIR), WORKBOOK),
        (sheet([["wenhua-1", 101, 89.37], ["wenhua-1", 102.0, 120.5]]), WORKBOOK),
    ],
)  # fmt: skip
async def test_a_file_is_read_however_it_is_written(office: Office, body: bytes, kind: str) -> None:
    await office.draw(days_ago=400)
    assert counted(await taken(office, body, kind=kind)) == (2, 2, 0, 0)
    page = await office.read("/households")
    lines = [(line["door"], line["area_dm2"]) for line in page["items"]]
    assert lines == [("101", 8937), ("102", 12050)]


async def test_a_household_twice_is_taken_once_and_the_other_row_says_why(office: Office) -> None:
    await office.draw(days_ago=400)
    rows = [*PAIR, ["wenhua-1", "１０１", "89.37"], ["wenhua-1", "102", "120.51"]]
    told = await taken(office, text(rows))
    assert counted(told) == (4, 2, 0, 2)
    assert faults(told) == [
        (4, "门牌", "repeats row 2"),
        (5, "门牌", "contradicts row 3: same building and door, other content"),
    ]


async def test_what_is_on_the_roster_is_known_or_said_to_be_otherwise(office: Office) -> None:
    await office.draw(days_ago=400)
    await taken(office, text(PAIR))
    more = ["wenhua-1", "103", "70"]
    told = await taken(office, text([PAIR[0], [*PAIR[1][:2], "99.00"], more]))
    assert counted(told) == (3, 1, 1, 1)
    [(row, column, reason)] = faults(told)
    assert (row, column) == (3, "建筑面积")
    assert "with 120.50 m²" in reason


async def test_a_row_may_say_since_when(office: Office) -> None:
    await office.draw(days_ago=400)
    since = datetime.now(UTC) - timedelta(days=200)
    ahead = datetime.now(UTC) + timedelta(days=3)
    header = ("楼栋", "门牌", "建筑面积", "登记日期")
    rows = [
        ["wenhua-1", "101", "89.37", since.strftime("%Y-%m-%d")],
        ["wenhua-1", "102", "89.37", ""],
        ["wenhua-1", "103", "89.37", "1999年5月1日"],
        ["wenhua-1", "104", "89.37", ahead.strftime("%Y/%m/%d")],
        ["wenhua-1", "105", "89.37", "2026-02-30"],
    ]
    told = await taken(office, text(rows, header))
    assert counted(told) == (5, 2, 0, 3)
    assert [(row, column) for row, column, _ in faults(told)] == [
        (4, "登记日期"), (5, "登记日期"), (6, "登记日期"),
    ]  # fmt: skip
    assert "is on the map since" in faults(told)[0][2]
    before = (since - timedelta(days=1)).strftime("%Y-%m-%d")
    assert await total(office, day=before) == 0
    assert await total(office, day=since.strftime("%Y-%m-%d")) == 1
    assert await total(office) == 2
    other = [[*rows[0][:3], before], rows[1]]
    told = await taken(office, text(other, header))
    assert counted(told) == (2, 0, 1, 1)
    assert faults(told)[0][1] == "登记日期"


async def test_a_household_may_begin_on_the_day_of_its_building(office: Office) -> None:
    receipt = await office.draw(days_ago=30)
    line = (await office.read("/territories/wenhua-1"))["territory"]
    day = day_of(datetime.fromisoformat(line["since"]))
    header = ("building", "door", "area", "since")
    told = await taken(office, text([["wenhua-1", "101", "50", day]], header))
    assert counted(told) == (1, 1, 0, 0), told
    assert told["position"] == receipt["position"] + 1


async def test_rows_of_what_is_no_building_are_refused_each(office: Office) -> None:
    await office.draw(days_ago=400)
    assert (await office.post("/territories/wenhua-2/close", {})).is_success
    rows = [["wenhua", "1", "50"], ["wenhua-2", "1", "50"], ["x y", "1", "50"], PAIR[0]]
    told = await taken(office, text(rows))
    assert counted(told) == (4, 1, 0, 3)
    reasons = [reason for _, column, reason in faults(told) if column == "楼栋"]
    assert reasons[0] == "wenhua is a neighbourhood; name a building"
    assert reasons[1].startswith("wenhua-2 is off the map since")
    assert reasons[2] == "is no territory on the map"


async def test_rows_outside_the_own_territory_are_refused_and_the_others_taken(
    office: Office,
) -> None:
    await office.draw(days_ago=400)
    rows = [PAIR[0], ["sanwan-3-1", "101", "70"]]
    told = await taken(office, text(rows), territory="wenhua")
    assert counted(told) == (2, 1, 0, 1)
    assert faults(told) == [(3, "楼栋", "sanwan-3-1 lies outside wenhua")]


async def test_only_those_who_keep_rosters_bring_files(office: Office) -> None:
    await office.draw(days_ago=400)
    for role in ("dispatcher", "grid_worker", "resident", "auditor"):
        refused(await upload(office, text(PAIR), roles=(role,)), 403, "role_missing")
    assert counted(await taken(office, text(PAIR), roles=("importer",))) == (2, 2, 0, 0)


async def test_a_file_brought_again_does_not_bring_back_what_was_closed(office: Office) -> None:
    await office.draw(days_ago=400)
    await taken(office, text(PAIR))
    home = household_of("wenhua-1", "101")
    assert (await office.post(f"/households/{home}/close", {})).is_success
    told = await taken(office, text(PAIR))
    assert counted(told) == (2, 0, 1, 1)
    assert "taken before" in faults(told)[0][2]
    assert await total(office) == 1


async def test_a_building_with_very_many_doors_is_taken_in_parts(office: Office) -> None:
    await office.draw(days_ago=400)
    rows = [["wenhua-1", str(number), "50"] for number in range(2_500)]
    assert counted(await taken(office, text(rows))) == (2_500, 2_500, 0, 0)
    assert len({row["command_id"] for row in await logged(office)}) == 3
    assert counted(await taken(office, text(rows))) == (2_500, 0, 2_500, 0)


async def test_a_key_stands_for_one_file(office: Office) -> None:
    await office.draw(days_ago=400)
    assert counted(await taken(office, text(PAIR), key="once")) == (2, 2, 0, 0)
    assert counted(await taken(office, text(PAIR), key="once")) == (2, 0, 2, 0)
    other = text([["wenhua-2", "1", "50"]])
    refused(await upload(office, other, key="once"), 422, "idempotency_key_reused")
    assert await total(office) == 2


async def test_of_very_many_bad_rows_some_are_shown_and_all_are_counted(office: Office) -> None:
    await office.draw(days_ago=400)
    told = await taken(office, text([["wenhua-1", "1", "x"]] * 700))
    assert counted(told) == (700, 0, 0, 700)
    assert (len(told["faults"]), told["more"]) == (500, 200)
    assert [row for row, _, _ in faults(told)] == list(range(2, 502))
