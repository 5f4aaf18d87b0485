"""The real file, read where it is present beside the checkout."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from services.grievance.intake import GoodRow

from .files import opened

PETITIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "petitions-with-replies.xlsx"
MASKED = re.compile(r"[A-Z]\d*(省|市|区|县|州|镇|乡|村|旗)")

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(
        not PETITIONS.is_file(), reason="the real petitions are not beside the checkout"
    ),
]


def test_every_real_petition_is_good() -> None:
    intake = opened(PETITIONS)
    rows = [verdict for verdict in intake if isinstance(verdict, GoodRow)]
    assert intake.mapping.source == "petitions-with-replies"
    assert len(rows) == intake.total == 1_408
    assert all(row.replied_at and row.replied_at >= row.raised_at for row in rows)


def test_the_area_of_every_real_petition_is_the_first_masked_name_where_there_is_one() -> None:
    with closing(load_workbook(PETITIONS, read_only=True)) as book:
        rows = book.worksheets[0].iter_rows(min_row=2, values_only=True)
        subjects = {str(row[0]): str(row[2]) for row in rows}
    checked = 0
    for verdict in opened(PETITIONS):
        assert isinstance(verdict, GoodRow)
        if masked := MASKED.search(subjects[verdict.ref]):
            assert verdict.area == masked[0]
            checked += 1
    assert checked > 1_000
