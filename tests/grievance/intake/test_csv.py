"""CSV files as programs in China write them, and as accidents leave them."""

from pathlib import Path

import pytest

from services.grievance.intake import Mapping
from shared.sheets.refusal import Refused

from .files import REPLIED, VOTED, csv_file, faults, good, opened, petition, verdicts, voted

TRADITIONAL = Mapping.model_validate(
    {
        "source": "letters",
        "columns": {"ref": "編號", "subject": "主題", "text": "內容", "raised_at": "時間"},
    }
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_found_out(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        [petition("1"), petition("2", text='他说，"好";\n第二行，没有标点\t完')],
        encoding=encoding,
        delimiter=delimiter,
    )
    first, second = verdicts(path)
    assert good(first).text == "楼下的路灯坏了一个月。"
    assert good(second).text == '他说，"好";\n第二行，没有标点\t完'


def test_utf_16_of_either_byte_order_is_read(tmp_path: Path) -> None:
    text = csv_file(tmp_path / "a.csv", [petition()]).read_text("utf-8")
    path = tmp_path / "b.csv"
    path.write_bytes(b"\xfe\xff" + text.encode("utf-16-be"))
    assert good(verdicts(path)[0]).ref == "1"


def test_rare_characters_of_gb_18030_are_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [petition(person="㐂𠮷")], encoding="gb18030")
    assert good(verdicts(path)[0]).person == "㐂𠮷"


def test_big5_is_the_last_resort(tmp_path: Path) -> None:
    rows = [
        [str(n), "關於路燈損壞的問題", "2019/3/1", "樓下的路燈壞了一個月，請派人來修理，謝謝。"]
        for n in range(20)
    ]
    path = csv_file(
        tmp_path / "a.csv", rows, header=["編號", "主題", "時間", "內容"], encoding="big5"
    )
    intake = opened(path, TRADITIONAL)
    assert "big5" in intake.title
    assert {good(verdict).subject for verdict in intake} == {"關於路燈損壞的問題"}


def test_layout_with_votes_needs_no_mapping_file(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [voted(oppose="2", support="14")], header=VOTED)
    row = good(verdicts(path)[0])
    assert (row.support, row.oppose, row.reply) == (14, 2, None)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        [petition("1", text="一\n二\n三"), [], petition("2", raised_at="2019/2/30"), [" "]],
    )
    first, third = verdicts(path)
    assert good(first).row == 2
    assert faults(third) == [(4, "留言时间", "is a date that does not exist")]


def test_nul_surrogate_and_huge_cell_cost_only_their_own_rows(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        [
            petition("1", text="好\x00"),
            petition("2", text="好\udc9f"),
            petition("3", text="好" * 1_048_576),
            petition("4"),
        ],
    )
    nul, surrogate, huge, sound = verdicts(path)
    assert faults(nul) == [(2, "留言详情", "holds a NUL character")]
    assert "lone surrogate" in faults(surrogate)[0][2]
    assert "1,048,576 characters" in faults(huge)[0][2]
    assert good(sound).ref == "4"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_costs_only_its_own_row(tmp_path: Path, encoding: str) -> None:
    rows = [petition(str(n)) for n in range(30)]
    path = csv_file(tmp_path / "a.csv", rows, encoding=encoding)
    bulb = "坏了".encode(encoding)
    path.write_bytes(path.read_bytes().replace(bulb, b"\xff", 1))
    broken, *others = verdicts(path)
    assert faults(broken) == [(2, "留言详情", "holds a lone surrogate or bytes that are not text")]
    assert len([good(other) for other in others]) == 29


def test_a_lone_surrogate_in_utf_16_costs_only_its_own_row(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv", [petition("1", text="\ud83d"), petition("2")], encoding="utf-16"
    )
    lone, sound = verdicts(path)
    assert "lone surrogate" in faults(lone)[0][2]
    assert good(sound).ref == "2"


def test_a_short_row_misses_what_it_does_not_hold(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [petition()[:4]])
    assert faults(verdicts(path)[0]) == [(2, "留言详情", "is empty")]


def test_a_row_with_a_cell_too_many_is_rejected(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [[*petition("1"), ""], [*petition("2"), "多"]])
    first, second = verdicts(path)
    assert good(first).ref == "1"
    assert faults(second)[0][:2] == (3, "")


def test_a_column_that_is_twice_there_is_refused_only_if_it_is_needed(tmp_path: Path) -> None:
    doubled = csv_file(tmp_path / "a.csv", [[*petition(), "x"]], header=[*REPLIED, "留言时间"])
    with pytest.raises(Refused, match="column 留言时间 is there more than once"):
        opened(doubled)
    notes = csv_file(
        tmp_path / "b.csv", [[*petition(), "x", "y"]], header=[*REPLIED, "备注", "备注"]
    )
    assert len(verdicts(notes)) == 1


def refusal(path: Path, mapping: Mapping | None = None) -> str:
    with pytest.raises(Refused) as refused:
        opened(path, mapping)
    message = str(refused.value)
    assert message.startswith(path.name)
    assert "\n" not in message
    return message


def test_a_missing_column_is_named_beside_those_found(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["1", "x"]], header=["編號", "主題\x1b"])
    message = refusal(path, TRADITIONAL)
    assert "column 內容、時間、主題 is missing" in message
    assert "found 編號、主題\ufffd" in message


def test_a_quotation_mark_that_nobody_closes_is_refused_with_its_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [petition("1"), petition("2")])
    with path.open("a", encoding="utf-8") as file:
        file.write('3,U1,"未完,2019/3/1\n4,U1,好,2019/3/1,好,,\n')
    assert "row 4: a quotation mark is opened and never closed" in refusal(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b" \n\t\r\n", "is empty"),
        ("留言编号,留言主题\n".encode(), "has a header but no rows under it"),
        (b"%PDF-1.7 x", "is a PDF document"),
        (b"\xef\xbb\xbf <!DOCTYPE html><table>", "is a web page"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"a\x00b\x00c\x00\n\x00", "is not text"),
        ("留言编号,\n1,2\n".encode("utf-16")[:-1], "cut short"),
        (bytes(range(128, 256)) * 9, "is neither UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        opened(tmp_path / "nowhere.csv")
    with pytest.raises(Refused, match="cannot be read"):
        opened(tmp_path)
