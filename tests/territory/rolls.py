"""Files of households for tests, and maps with room for them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import httpx
from openpyxl import Workbook

from services.territory.enrolment.uploads import UPLOADS, XLSX
from shared.core.atlas.atlas import New
from tests.territory.office import KEEPER, Office

HEADER = ("楼栋", "门牌", "建筑面积")
DOORS = 50  # of a building


def text(rows: Iterable[Sequence[Any]], header: Sequence[str] = HEADER) -> str:
    """A CSV file of these rows."""
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue()


def sheet(rows: Iterable[Sequence[Any]], header: Sequence[str] = HEADER) -> bytes:
    """A workbook of these rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet("户")
    for row in [header, *rows]:
        page.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def blocks_of_flats(number: int) -> list[New]:
    """A district with so many buildings, twenty in each neighbourhood."""
    found = [
        New("gaoxin", "district", "高新区", None),
        New("shengli", "subdistrict", "胜利街道", "gaoxin"),
        New("sanwan", "community", "三湾社区", "shengli"),
    ]
    for n in range(number):
        estate = f"estate-{n // 20}"
        if n % 20 == 0:
            found.append(New(estate, "neighbourhood", estate, "sanwan"))
        found.append(New(f"{estate}-{n % 20}", "building", f"{n % 20}栋", estate))
    return found


def flats(buildings: Iterable[str], doors: int = DOORS) -> Iterator[list[str]]:
    """A row for each of so many doors of each building, no two areas of a building alike."""
    for code in buildings:
        for door in range(doors):
            yield [code, f"{door // 4 + 1}0{door % 4 + 1}", f"{60 + door}.{door % 100:02}"]


async def upload(
    office: Office, body: str | bytes, *, kind: str = "text/csv", **actor: Any
) -> httpx.Response:
    """The answer to a file brought by a registrar, or by someone else; read models follow."""
    told = {**KEEPER, "sub": "registrar", "roles": ("registrar",), **actor}
    headers = {**office.headers(**told), "content-type": kind}
    content = body.encode() if isinstance(body, str) else body
    answer = await office.client.post(UPLOADS, content=content, headers=headers)
    await office.service.projector.drain()
    return answer


async def taken(office: Office, body: str | bytes, **about: Any) -> dict[str, Any]:
    """What became of the rows of a file that was taken."""
    answer = await upload(office, body, **about)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def counted(told: dict[str, Any]) -> tuple[int, int, int, int]:
    """Rows, and how many of them were registered, known and refused."""
    assert told["rows"] == told["registered"] + told["known"] + told["refused"]
    return told["rows"], told["registered"], told["known"], told["refused"]


def faults(told: dict[str, Any]) -> list[tuple[int, str, str]]:
    """The rows that were refused, in which column and why."""
    return [(one["row"], one["column"], one["reason"]) for one in told["faults"]]


WORKBOOK = XLSX
