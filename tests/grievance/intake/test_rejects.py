"""The rejects file: whole or not there, and free of personal data."""

from pathlib import Path

import pytest

from services.grievance.intake import BadRow
from shared.sheets.refusal import Refused
from shared.sheets.rejects import Reject, RejectsFile

from .files import csv_file, opened, petition

FAULT = Reject(4, "留言时间", "is a date that does not exist")


def test_each_fault_is_a_line_that_a_spreadsheet_program_reads(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    with RejectsFile(path) as rejects:
        rejects.write([FAULT])
        rejects.write([Reject(9, "", 'has "more"')])
    assert rejects.faults == 2
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffrow,column,reason\r\n"
        "4,留言时间,is a date that does not exist\r\n"
        '9,,"has ""more"""\r\n'
    )
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_run_leaves_the_older_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    path.write_text("older")

    def interrupted() -> None:
        with RejectsFile(path) as rejects:
            rejects.write([FAULT])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


def test_no_file_can_be_written_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"), RejectsFile(tmp_path / "no" / "r.csv"):
        pass


def test_no_cell_content_reaches_the_file(tmp_path: Path) -> None:
    secret = "张三丰"
    rows = [
        petition(secret, text=""),
        petition("1", raised_at=secret),
        petition("2", person=secret + "\x00"),
        petition("3", text=secret * 40_000),
        [*petition("4"), secret],
    ]
    path = tmp_path / "rejects.csv"
    with RejectsFile(path) as rejects:
        for verdict in opened(csv_file(tmp_path / "a.csv", rows)):
            assert isinstance(verdict, BadRow)
            rejects.write(verdict.faults)
    assert rejects.faults == 5
    assert secret not in path.read_text("utf-8-sig")
