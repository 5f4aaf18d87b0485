"""Files of invented petitions, written the way people and programs write them."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from services.grievance.intake import BadRow, GoodRow, Intake, Mapping, Verdict, read

NOW = datetime(2026, 5, 1, tzinfo=UTC)
REPLIED = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间")
VOTED = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "反对数", "点赞数")


def petition(ref: Any = "1", **changes: Any) -> list[Any]:
    """A row of the layout with replies in which nothing is wrong, save for the changes."""
    fields = {
        "ref": ref,
        "person": "U0001",
        "subject": "关于A3区路灯不亮的问题",
        "raised_at": "2019/3/1 10:30:00",
        "text": "楼下的路灯坏了一个月。",
        "reply": "已经修好。",
        "replied_at": "2019/3/9 9:00:00",
    }
    return list({**fields, **changes}.values())


def voted(ref: Any = "1", **changes: Any) -> list[Any]:
    """The same for the layout with votes."""
    return [*petition(ref, **{k: v for k, v in changes.items() if k not in VOTES})[:5]] + [
        changes.get(vote, 0) for vote in VOTES
    ]


VOTES = ("oppose", "support")


def csv_file(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    header: Sequence[str] = REPLIED,
    encoding: str = "utf-8",
    delimiter: str = ",",
) -> Path:
    with path.open("w", encoding=encoding, errors="surrogatepass", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def workbook(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    header: Sequence[str] = REPLIED,
    sheets: Sequence[str] = ("留言",),
) -> Path:
    """A workbook with the rows in its first sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title in sheets:
        book.create_sheet(title)
    for row in [header, *rows]:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with something exchanged in one of its parts."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def opened(path: Path, mapping: Mapping | None = None) -> Intake:
    return read(path, mapping, now=NOW)


def verdicts(path: Path, mapping: Mapping | None = None) -> list[Verdict]:
    """Every verdict on the file; there are as many as the file has rows."""
    intake = opened(path, mapping)
    found = list(intake)
    assert len(found) == intake.total
    return found


def faults(verdict: Verdict) -> list[tuple[int, str, str]]:
    assert isinstance(verdict, BadRow)
    return [(fault.row, fault.column, fault.reason) for fault in verdict.faults]


def good(verdict: Verdict) -> GoodRow:
    assert isinstance(verdict, GoodRow), verdict
    return verdict


def with_shared_strings(path: Path) -> Path:
    """The workbook with its texts kept apart from its sheet, as Excel keeps them."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    texts: list[str] = []

    def apart(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f't="s"{match[1]}><v>{len(texts) - 1}</v></c>'

    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(r't="inlineStr"([^>]*)><is>(.*?)</is></c>', apart, parts[sheet])
    items = "".join(f"<si>{text}</si>" for text in texts)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{SHEET_MAIN_NS}">{items}</sst>'
    types = "[Content_Types].xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/>'
    parts[types] = parts[types].replace("</Types>", override + "</Types>")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
