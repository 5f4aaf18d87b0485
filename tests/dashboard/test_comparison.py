"""Communities side by side over HTTP, and as files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO
from random import Random
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from services.dashboard.service import Dashboard
from shared.contracts.territory import (
    TerritoriesMerged,
    TerritoryAssignedToBlock,
    TerritoryRegistered,
)
from shared.runtime.following.consuming import Consumer
from shared.testkit.maps import tell
from tests.dashboard import told, truth
from tests.dashboard.conftest import Headers
from tests.dashboard.lives import life
from tests.dashboard.told import MAY_1, Log, later, raised
from tests.grievance.front_desk import pointers, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]

BEGAN = datetime(2000, 1, 1, tzinfo=UTC)
TRAP = "=HYPERLINK(1)"
ALL = ("open", "overdue", "filed", "closed", "reopened", "declined", "response_rate",
       "resolution_rate", "satisfaction_rate", "first_pass_rate")  # fmt: skip


@pytest.fixture
def places() -> Sequence[str]:
    return ("d", "d/s1", "d/s1/c1", "d/s1/c2", "d/s2", "d/s2/c9", f"d/s2/{TRAP}")


@pytest.fixture
def ask(client: httpx.AsyncClient, headers: Headers) -> Any:
    async def get(ending: str = "", **query: Any) -> httpx.Response:
        asked = {name.rstrip("_"): value for name, value in query.items()}
        return await client.get(f"/comparison{ending}", params=asked, headers=headers())

    return get


def _lines(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return {line["territory"]["code"]: line["figures"] for line in answer.json()["items"]}


def _answered(log: Log, number: int, place: str, good: int, of: int) -> int:
    """So many cases of a place, called back on 2 May, so many of them resolved."""
    for one in range(of):
        back = told.called.model_copy(
            update={"contacted": True, "resolved": one < good, "satisfied": True}
        )
        log.tell(number + one, raised(place), *later(1, *told.LIFE[:4], back, told.closed))
    return number + of


@pytest.fixture
async def log(consumer: Consumer) -> Log:
    """Callbacks in four communities, and one that is known only to be in a street."""
    made, number = Log(), 0
    for place, good, of in (
        ("d/s1/c1", 30, 40), ("d/s1/c2", 3, 3), ("d/s2/c9", 20, 40), (f"d/s2/{TRAP}", 25, 40),
        ("d/s1", 1, 6),
    ):  # fmt: skip
        number = _answered(made, number, place, good, of)
    await made.reach(consumer)
    return made


MAY: Mapping[str, str] = {"from_": "2026-05-01", "to": "2026-05-31"}


async def test_rates_stand_side_by_side_with_interval_estimate_and_rank(log: Log, ask: Any) -> None:
    answer = await ask(measures="resolution_rate,closed", **MAY)
    lines = _lines(answer)
    assert lines["d/s1/c1"]["resolution_rate"] == {
        "hidden": False, "value": 750, "numerator": 30, "denominator": 40,
        "estimate": 713.4, "low": 598.1, "high": 858.1, "rank": 1,
    }  # fmt: skip
    ranks = {code: line["resolution_rate"]["rank"] for code, line in lines.items()}
    assert ranks == {"d/s1/c1": 1, "d/s1/c2": None, "d/s2/c9": 3, f"d/s2/{TRAP}": 2}
    few = lines["d/s1/c2"]["resolution_rate"]
    assert (few["value"], few["denominator"]) == (1000, 3)
    assert few["estimate"] < lines["d/s1/c1"]["resolution_rate"]["estimate"]
    assert lines["d/s1/c2"]["closed"]["value"] == 3
    page = answer.json()
    assert page["rest"]["resolution_rate"]["denominator"] == 6
    assert page["total"]["resolution_rate"]["denominator"] == 129
    assert page["total"]["resolution_rate"]["numerator"] == 79
    assert (page["rule"], page["minimum_sample"]) == ("2026.1", 20)
    assert page["watermark"]["position"] == log.head


async def test_a_period_counts_what_moved_in_it_and_what_stood_at_its_end(
    consumer: Consumer, ask: Any
) -> None:
    random, made = Random(5), Log()
    lives = [life(random) for _ in range(80)]
    for number, one in enumerate(lives):
        for _, event in one.recorded:
            made.tell(number, event)
    await made.reach(consumer)
    first = date(2026, 5, 1)
    for since, until in ((0, 0), (5, 20), (0, 30), (14, 31), (14, 95), (31, 120), (40, 200)):
        days = [first + timedelta(days=n) for n in range(since, until + 1)]
        about = {"from_": days[0].isoformat(), "to": days[-1].isoformat()}
        answer = await ask(level="subdistrict", measures=",".join(ALL), **about)
        total = answer.json()["total"]
        true = [[event for _, event in one.true] for one in lives]
        moved = [truth.figures(one, day) for one in true for day in days]
        for code in ("filed", "closed", "reopened", "declined"):
            assert total[code]["value"] == sum(one[code] for one in moved), (code, about)
        ended = [truth.figures(one, days[-1]) for one in true]
        for code in ("open", "overdue"):
            assert total[code]["value"] == sum(one[code] for one in ended), (code, about)
        among = sum(one["called_back"] for one in moved)
        assert total["resolution_rate"]["denominator"] == among
        assert total["first_pass_rate"]["numerator"] == sum(one["first_pass"] for one in moved)


async def test_small_counts_are_not_for_the_outside(log: Log, ask: Any) -> None:
    answer = await ask(measures="resolution_rate", audience="outside", **MAY)
    lines = _lines(answer)
    hidden = {code for code, line in lines.items() if line["resolution_rate"]["hidden"]}
    assert hidden == {"d/s1/c1", "d/s1/c2"}, "the other one of the street would give it away"
    for code in hidden:
        assert {v for k, v in lines[code]["resolution_rate"].items() if k != "hidden"} == {None}
    page = answer.json()
    assert page["rest"] is None
    assert page["total"]["resolution_rate"]["denominator"] == 129
    assert lines["d/s2/c9"]["resolution_rate"]["rank"] == 2
    alone = await ask(measures="closed", territory="d/s1/c2", audience="outside", **MAY)
    assert alone.json()["total"]["closed"]["hidden"]


async def test_levels_are_those_of_the_map_of_the_moment(
    log: Log, ask: Any, service: Dashboard, places: Sequence[str]
) -> None:
    merged = TerritoriesMerged(
        at=MAY_1 + timedelta(days=60), codes=("d/s1/c1", "d/s1/c2"), code="new", kind="community",
        name="New", parent="d/s1",
    )  # fmt: skip
    block = TerritoryRegistered(at=BEGAN, code="b1", kind="block", name="Block", parent="d")
    joined = TerritoryAssignedToBlock(at=BEGAN, code="d/s2", block="b1")
    await tell(service.pool, [merged, block, joined], after=len(places))
    await service.map.read()
    now = _lines(await ask(measures="closed", **MAY))
    assert {code: line["closed"]["value"] for code, line in now.items()} == {
        "new": 43, "d/s2/c9": 40, f"d/s2/{TRAP}": 40,
    }  # fmt: skip
    then = _lines(await ask(measures="closed", drawn_at="2026-05-02T00:00:00Z", **MAY))
    assert then["d/s1/c1"]["closed"]["value"] == 40
    blocks = await ask(measures="closed", level="block", **MAY)
    assert _lines(blocks)["b1"]["closed"]["value"] == 80
    assert blocks.json()["rest"]["closed"]["value"] == 49
    streets = _lines(await ask(measures="closed", level="subdistrict", **MAY))
    assert {code: line["closed"]["value"] for code, line in streets.items()} == {
        "d/s1": 49, "d/s2": 80,
    }  # fmt: skip
    inner = _lines(await ask(measures="closed", territory="d/s2", **MAY))
    assert inner.keys() == {"d/s2/c9", f"d/s2/{TRAP}"}


async def test_a_file_says_by_which_rules_and_up_to_when_it_is_true(log: Log, ask: Any) -> None:
    about: dict[str, Any] = {"measures": "resolution_rate,closed", "audience": "outside", **MAY}
    text = await ask(".csv", **about)
    sheet = await ask(".xlsx", **about)
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    assert (
        'filename="comparison-2026-05-01-2026-05-31.xlsx"' in sheet.headers["content-disposition"]
    )
    assert text.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    book = load_workbook(BytesIO(sheet.content))
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    head = {line[0]: line[1:] for line in lines if line}
    assert head["规则版本 rule"] == ["2026.1"]
    assert head["期间 period"] == ["2026-05-01", "2026-05-31"]
    assert head["水位 watermark"][0] == str(log.head)
    shown = [["" if cell is None else f"{cell}" for cell in row] for row in rows]
    plain = [[cell.removeprefix("'").removesuffix(".0") for cell in line] for line in lines]
    width = max(map(len, plain))
    assert [line + [""] * (width - len(line)) for line in plain] == shown
    found = {(line[0], line[2]): line for line in plain[10:]}
    assert found["d/s2/c9", "resolution_rate"][5:8] == ["500", "20", "40"]
    assert found["d/s1/c2", "resolution_rate"][5:] == [""] * 7 + ["是 yes"]


async def test_no_text_of_a_file_is_a_formula(log: Log, ask: Any) -> None:
    text = (await ask(".csv", measures="closed", **MAY)).content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(StringIO(text)) for cell in line]
    assert f"'{TRAP}" in cells
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@")]
    sheet = await ask(".xlsx", measures="closed", **MAY)
    book = load_workbook(BytesIO(sheet.content))
    told_cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert TRAP in {cell.value for cell in told_cells}
    assert "f" not in {cell.data_type for cell in told_cells}


async def test_what_cannot_be_compared_is_refused(
    ask: Any, client: httpx.AsyncClient, headers: Headers
) -> None:
    for name, value in (
        ("measures", ""), ("measures", "open,"), ("measures", "joy"), ("level", "district"),
        ("audience", "all"), ("from", "2026-02-30"),
    ):  # fmt: skip
        problem = refused(await ask(**{name: value}), 422, "invalid_request")
        assert pointers(problem) == [f"/{name}"]
    late = await ask(from_="2026-05-02", to="2026-05-01")
    assert pointers(refused(late, 422, "ends_before_it_begins")) == ["/from"]
    assert pointers(refused(await ask(to="2199-01-01"), 422, "in_the_future")) == ["/to"]
    for ending in ("", ".csv", ".xlsx"):
        elsewhere = headers("supervisor", territory="d/s1")
        answer = await client.get(f"/comparison{ending}?territory=d", headers=elsewhere)
        refused(answer, 403, "outside_territory")
        refused(await client.get(f"/comparison{ending}", headers=headers("resident")), 403,
                "role_missing")  # fmt: skip


async def test_where_nothing_has_happened_there_is_nothing_to_compare(ask: Any) -> None:
    answer = await ask(measures="resolution_rate,open")
    for line in _lines(answer).values():
        assert line["open"]["value"] == 0
        assert line["resolution_rate"]["value"] is None
