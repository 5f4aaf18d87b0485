"""The real petitions, from the file to the report, against figures computed from the file alone.

Runs where the data lies beside the checkout; its text is never printed.
"""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from deploy.cli.opened import operator
from services.grievance.intake.loading import Loading, Summary
from services.grievance.intake.reading import read
from services.grievance.service import Grievance
from shared.sheets.rejects import RejectsFile

FILE = Path(__file__).parents[3] / "shared" / "data" / "petitions-with-replies.xlsx"
ROWS = 1_408
MASKED = r"[A-Z]\d*[省市区县州]"
SHANGHAI = ZoneInfo("Asia/Shanghai")

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.postgres,
    pytest.mark.anyio,
    pytest.mark.skipif(not FILE.exists(), reason="the real petitions are not beside the checkout"),
]


async def _load(service: Grievance, rejects: Path) -> Summary:
    intake = read(FILE, None, now=datetime.now(UTC))
    with RejectsFile(rejects) as rejected:
        loading = Loading(service, intake, operator(), "d")
        return await loading.run(rejected, lambda _: None)


async def test_every_real_petition_arrives_once_and_the_report_agrees_with_the_file(
    service: Grievance, tmp_path: Path
) -> None:
    first = await _load(service, tmp_path / "rejects.csv")
    assert (first.rows, first.imported, first.known, first.rejected) == (ROWS, ROWS, 0, 0)
    head = await service.head()
    again = await _load(service, tmp_path / "rejects.csv")
    assert (again.imported, again.known) == (0, ROWS)
    assert await service.head() == head, "a rerun adds no event"

    await service.projector.drain()
    by_year = (await service.boards.response_times("year")).items
    _agree(by_year, _expected(_year))
    by_area = (await service.boards.response_times("area")).items
    masked = [one for one in by_area if re.fullmatch(MASKED, one["group"])]
    _agree(masked, [one for one in _expected(_area) if re.fullmatch(MASKED, one["group"])])
    assert sum(one["cases"] for one in by_area) == 2 * ROWS


def _expected(group: Any) -> list[dict[str, Any]]:
    """The report, worked out by hand from the spreadsheet."""
    with closing(openpyxl.load_workbook(FILE, read_only=True)) as book:
        rows = list(book.worksheets[0].iter_rows(values_only=True))[1:]
    days: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        raised, replied = (_moment(str(row[n])) for n in (3, 6))
        for name in ("all", group(row, raised)):
            days[name].append((replied - raised).total_seconds() / 86_400)
    names = ["all", *sorted(set(days) - {"all"})]
    return [_figures(name, days[name]) for name in names]


def _figures(name: str, days: Sequence[float]) -> dict[str, Any]:
    ordered = sorted(days)
    return {
        "group": name,
        "cases": len(ordered),
        "median_days": statistics.median(ordered),
        "p90_days": _percentile(ordered, 0.9),
        "within_15_days": sum(day <= 15 for day in ordered) / len(ordered),
    }


def _percentile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y/%m/%d %H:%M:%S").replace(tzinfo=SHANGHAI)


def _year(_: Any, raised: datetime) -> str:
    return str(raised.year)


def _area(row: Any, _: datetime) -> str:
    found = re.search(MASKED, str(row[2])) or re.search(r"[A-Z]\d* [省市区县州]", str(row[2]))
    return found.group().replace(" ", "") if found else "other"


def _agree(reported: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> None:
    assert {one["group"] for one in reported} == {one["group"] for one in expected}
    by_group = {one["group"]: one for one in expected}
    for one in reported:
        numbers = {name: value for name, value in one.items() if name != "group"}
        known = {name: by_group[one["group"]][name] for name in numbers}
        assert numbers == pytest.approx(known, rel=1e-9)
