"""Workbooks: what their cells may hold, and how a damaged one is refused."""

from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook

from services.grievance.intake import Mapping
from services.grievance.intake.builtin import builtin_mappings
from shared.sheets.refusal import Refused

from .files import (
    REPLIED,
    faults,
    good,
    opened,
    petition,
    rewritten,
    verdicts,
    with_shared_strings,
    workbook,
)

SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path, mapping: Mapping | None = None) -> str:
    with pytest.raises(Refused) as refused:
        list(opened(path, mapping))
    message = str(refused.value)
    assert message.startswith(path.name)
    assert "\n" not in message
    return message


def on_sheet(title: str) -> Mapping:
    return builtin_mappings()[0].model_copy(update={"sheet": title})


def test_numbers_dates_and_serials_are_understood(tmp_path: Path) -> None:
    petitions = [
        petition(2549, raised_at=datetime(2019, 3, 1, 10, 30), replied_at=date(2019, 3, 9)),  # noqa: DTZ001
        petition(2550.0, raised_at=43525.4375),
    ]
    first, second = [good(row) for row in verdicts(workbook(tmp_path / "a.xlsx", petitions))]
    assert (first.ref, second.ref) == ("2549", "2550")
    assert first.raised_at == second.raised_at == datetime(2019, 3, 1, 2, 30, tzinfo=UTC)
    assert first.replied_at == datetime(2019, 3, 8, 16, tzinfo=UTC)


def test_a_workbook_that_counts_days_from_1904_is_understood(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    for cells in (REPLIED, petition(raised_at=43525.4375 - 1462)):
        book.worksheets[0].append(cells)
    book.save(tmp_path / "a.xlsx")
    row = good(verdicts(tmp_path / "a.xlsx")[0])
    assert row.raised_at == datetime(2019, 3, 1, 2, 30, tzinfo=UTC)


def test_a_formula_cell_is_rejected_and_its_neighbours_are_not(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [petition("1", text='=CONCAT("a","b")'), petition("2", raised_at="=NOW()"), petition("3")],
    )
    text, time, sound = verdicts(path)
    assert faults(text) == [(2, "留言详情", "is a formula; paste its value instead")]
    assert faults(time) == [(3, "留言时间", "is a formula; paste its value instead")]
    assert good(sound).ref == "3"


def test_error_values_and_serials_beyond_all_dates_are_rejected(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition("1", text="#N/A"), petition("2", raised_at=1)])
    book = load_workbook(path)
    book.worksheets[0]["D3"].number_format = "yyyy-mm-dd"
    book.worksheets[0]["D3"].value = 99_999_999
    book.save(path)
    error, beyond = verdicts(path)
    assert faults(error) == [(2, "留言详情", "shows an error value")]
    assert faults(beyond) == [(3, "留言时间", "shows an error value")]


def test_escaped_nul_surrogate_and_huge_cell_cost_only_their_own_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        [
            petition("1", text="好_x0000_"),
            petition("2", text="好_xD83D_"),
            petition("3", text="一_x000D_\n二_xD83D__xDE00_"),
            petition("4", text="HUGE"),
        ],
    )
    rewritten(path, SHEET, b"HUGE", "好".encode() * 1_048_576)
    nul, surrogate, sound, huge = verdicts(path)
    assert faults(nul) == [(2, "留言详情", "holds a NUL character")]
    assert "lone surrogate" in faults(surrogate)[0][2]
    assert good(sound).text == "一\n二😀"
    assert "1,048,576 characters" in faults(huge)[0][2]


def test_blank_rows_are_no_petitions_but_keep_their_numbers(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [[], petition("1"), [None, " "], petition("2", text=None), []]
    )
    first, second = verdicts(path)
    assert good(first).row == 3
    assert faults(second) == [(5, "留言详情", "is empty")]


def test_rows_beyond_a_wrong_stated_size_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition(str(n)) for n in range(5)])
    rewritten(path, SHEET, b'<dimension ref="A1:G6"', b'<dimension ref="A1:B2"')
    assert len([good(verdict) for verdict in verdicts(path)]) == 5


def test_the_first_visible_sheet_is_read_unless_one_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition()], sheets=["数据", "说明"])
    assert "数据" in opened(path).title
    assert len(verdicts(path, on_sheet("数据"))) == 1
    book = load_workbook(path)
    book.worksheets[0].sheet_state = "hidden"
    book.active = 1
    book.save(path)
    assert "说明" in refusal(path)


def test_a_wrong_sheet_name_is_answered_with_the_right_ones(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition()], sheets=["数据", "说明"])
    assert "has no sheet '留言', only 数据、说明" in refusal(path, on_sheet("留言"))


def test_a_missing_column_is_named_beside_those_found(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition()[:6]], header=REPLIED[:6])
    message = refusal(path, builtin_mappings()[0])
    assert "column 答复时间 is missing; found 留言编号、留言用户、" in message


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition(str(n)) for n in range(50)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "cut short or damaged" in refusal(path)


def test_damage_at_the_end_is_found_before_the_first_row_is_given(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition(str(n)) for n in range(50)])
    rewritten(path, SHEET, b'<row r="50"', b'<row r="50" <')
    with pytest.raises(Refused, match="the workbook is damaged"):
        opened(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'r="4"', b'r="2"', "row 2 is out of order"),
        (b'r="4"', b'r="99999999999"', "out of order"),
        (b'r="C3"', b'r="A3"', "row 3: cells are out of order"),
        (b"<v>77</v>", b"<v>x</v>", "is damaged"),
        (b't="n"', b't="s"', "is damaged"),
    ],
)
def test_a_workbook_that_would_lose_rows_is_refused(
    tmp_path: Path, old: bytes, new: bytes, said: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition(77 + n) for n in range(5)])
    assert said in refusal(rewritten(path, SHEET, old, new))


def test_a_workbook_with_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition(str(n)) for n in range(200)])
    with ZipFile(path) as archive:
        part = archive.getinfo(SHEET)
    content = bytearray(path.read_bytes())
    content[part.header_offset + part.compress_size // 2] ^= 0xFF
    path.write_bytes(content)
    assert "damaged" in refusal(path)


def test_what_is_no_workbook_is_called_what_it_is(tmp_path: Path) -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)
    (tmp_path / "locked.xlsx").write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "old.xls").write_bytes(ole)
    (tmp_path / "text.xlsx").write_text("留言编号,留言主题\n", encoding="utf-8")
    inside_of = {"word.xlsx": "word/document.xml", "ods.xlsx": "mimetype", "z.xlsx": "a"}
    for name, inside in inside_of.items():
        with ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "x")
    assert "is an encrypted workbook" in refusal(tmp_path / "locked.xlsx")
    assert "is an old binary workbook" in refusal(tmp_path / "old.xls")
    assert "is named as a workbook but is none" in refusal(tmp_path / "text.xlsx")
    assert "is a Word document" in refusal(tmp_path / "word.xlsx")
    assert "is an OpenDocument file" in refusal(tmp_path / "ods.xlsx")
    assert "is a ZIP archive" in refusal(tmp_path / "z.xlsx")


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition()]).rename(tmp_path / "a.csv")
    assert len(verdicts(path)) == 1


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.sheets.xlsx_source.LARGEST_UNPACKED", 5_000)
    path = workbook(tmp_path / "a.xlsx", [petition()])
    assert "unpacks to more than can be read" in refusal(path)


def test_an_empty_sheet_is_refused(tmp_path: Path) -> None:
    assert "is empty" in refusal(workbook(tmp_path / "a.xlsx", [], header=[]))
    assert "has a header but no rows" in refusal(workbook(tmp_path / "b.xlsx", []))


def test_texts_kept_apart_as_excel_keeps_them_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition("1", text="一\n二_x0000_"), petition("2")])
    with_shared_strings(path)
    first, second = verdicts(path)
    assert faults(first) == [(2, "留言详情", "holds a NUL character")]
    assert good(second).text == "楼下的路灯坏了一个月。"


def test_a_text_that_is_not_kept_anywhere_means_damage(tmp_path: Path) -> None:
    path = with_shared_strings(workbook(tmp_path / "a.xlsx", [petition()]))
    rewritten(path, SHEET, b"<v>9</v>", b"<v>999</v>")
    assert "is damaged" in refusal(path)
