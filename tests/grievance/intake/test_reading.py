"""A whole file: one verdict for every row, each petition once."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.grievance.intake import BadRow, GoodRow, Mapping, read
from shared.sheets.refusal import Refused

from .files import NOW, csv_file, faults, good, opened, petition, verdicts, workbook


def test_a_repeated_id_is_rejected_and_names_the_row_it_repeats(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        [
            petition("1"),
            petition("2"),
            petition("1"),
            petition("1.", text="另一件事"),
            petition("2", text="另一件事"),
            petition("2", text=""),
        ],
    )
    first, second, same, other_id, other_content, faulty = verdicts(path)
    assert [good(row).row for row in (first, second, other_id)] == [2, 3, 5]
    assert faults(same) == [(4, "留言编号", "repeats row 2")]
    assert faults(other_content) == [(6, "留言编号", "contradicts row 3: same id, other content")]
    assert faults(faulty) == [
        (7, "留言详情", "is empty"),
        (7, "留言编号", "repeats the id of row 3"),
    ]


def test_an_id_is_the_same_as_number_and_as_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [petition(2549), petition("2549"), petition(2549.0)])
    _, text, point = verdicts(path)
    assert [faults(row)[0][2] for row in (text, point)] == ["repeats row 2", "repeats row 2"]


def test_a_row_after_a_faulty_one_of_the_same_id_is_taken(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [petition("1", raised_at="x"), petition("1")])
    faulty, sound = verdicts(path)
    assert isinstance(faulty, BadRow)
    assert good(sound).row == 3


def test_a_file_may_be_read_again_from_its_start(tmp_path: Path) -> None:
    intake = opened(csv_file(tmp_path / "a.csv", [petition("1"), petition("2")]))
    assert list(intake) == list(intake)
    first, _ = intake
    assert next(iter(intake)) == first


HOTLINE = Mapping.model_validate(
    {
        "source": "hotline",
        "timezone": "Asia/Urumqi",
        "date_formats": ["%d/%m/%Y %H:%M"],
        "defaults": {"channel": "hotline"},
        "columns": {
            "ref": "工单号",
            "text": "诉求",
            "raised_at": "来电时间",
            "case_type": "类型",
            "support": "附议",
        },
        "values": {"case_type": {"投诉": "complaint"}},
    }
)


def test_another_layout_needs_only_another_mapping(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        [["噪音", "W-1", "投诉", "1/3/2019 08:00", "6"]],
        header=["诉求", "工单号", "类型", "来电时间", "附议"],
    )
    row = good(verdicts(path, HOTLINE)[0])
    assert (row.ref, row.text, row.case_type, row.channel) == (
        "W-1",
        "噪音",
        "complaint",
        "hotline",
    )
    assert (row.support, row.oppose, row.reply) == (6, None, None)
    assert row.raised_at.isoformat() == "2019-03-01T02:00:00+00:00"


def test_a_mapping_with_a_code_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [petition()])
    with pytest.raises(Refused, match="channel has no code online; known are hotline"):
        read(path, None, now=NOW, codes={"channel": frozenset({"hotline"})})


CELL = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(["1", "2", "2019/3/1", "2019/2/30", '"', "\x00", "\r\n", ",", "A市的路"]),
)
ROWS = st.lists(
    st.one_of(
        st.lists(CELL, min_size=7, max_size=8),
        st.builds(petition, st.integers(0, 3), text=CELL, raised_at=CELL),
    ),
    min_size=1,
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS)
def test_good_and_rejected_rows_are_all_rows(tmp_path: Path, rows: list[list[Any]]) -> None:
    filled = [row for row in rows if any(str(c).strip().strip("\u200b\ufeff") for c in row)]
    path = csv_file(tmp_path / "a.csv", [["0", *["x"] * 6], *rows])
    found = list(opened(path))
    good_rows = [verdict for verdict in found if isinstance(verdict, GoodRow)]
    bad_rows = [verdict for verdict in found if isinstance(verdict, BadRow)]
    assert len(good_rows) + len(bad_rows) == len(found) == opened(path).total
    assert len(filled) <= len(found) <= len(rows) + 1
    assert len({verdict.ref for verdict in good_rows}) == len(good_rows)
    assert all(verdict.faults for verdict in bad_rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    mapping = Mapping.model_validate(
        {"source": "s", "columns": {"ref": "a", "text": "b", "raised_at": "c"}}
    )
    for prefix in (b"", b"a,b,c\n1,2,3\n"):
        path.write_bytes(prefix + content)
        with suppress(Refused):
            intake = opened(path, mapping)
            assert len(list(intake)) == intake.total


def test_twenty_thousand_rows_are_judged_within_five_seconds(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", (petition(str(n)) for n in range(20_000)))
    started = time.process_time()
    assert sum(isinstance(verdict, GoodRow) for verdict in opened(path)) == 20_000
    assert time.process_time() - started < 5
