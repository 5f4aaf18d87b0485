"""One row judged: a petition, or every fault by column."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grievance.intake import BadRow, GoodRow, Mapping
from services.grievance.intake.mapping import Columns
from services.grievance.intake.rows import Rules, judge
from shared.sheets.cells import Cell, ErrorValue, Formula
from shared.sheets.dates import Calendar
from shared.sheets.table import Row

from .files import NOW, faults, good

FIELDS = list(Columns.model_fields)
RULES = Rules(
    headers={name: name for name in FIELDS},
    calendar=Calendar(ZoneInfo("Asia/Shanghai"), NOW),
    defaults={"channel": "online", "territory": "lin/01"},
    words={"case_type": {"投诉": "complaint", "吐槽": "rant"}},
    codes={"case_type": frozenset({"complaint"})},
)
TOO_LONG = "is a number too long to be exact; format the column as text"
SOUND: dict[str, Cell] = {
    "ref": 2549.0,
    "person": "U1",
    "subject": "关于A3区路灯的问题",
    "text": "路灯坏了。",
    "raised_at": "2019/3/1 10:30",
    "reply": "已修好。",
    "replied_at": "2019/3/2 10:30",
    "support": "3",
    "oppose": 0,
}


def judged(**changes: Cell) -> GoodRow | BadRow:
    return judge(Row(7, {**SOUND, **changes}), RULES)


def reasons(**changes: Cell) -> list[tuple[int, str, str]]:
    return faults(judged(**changes))


def test_a_sound_row_is_a_petition_with_utc_times_and_defaults() -> None:
    row = good(judged())
    assert (row.row, row.ref, row.area, row.subject) == (7, "2549", "A3区", "关于A3区路灯的问题")
    assert row.raised_at == datetime(2019, 3, 1, 2, 30, tzinfo=UTC)
    assert row.replied_at == datetime(2019, 3, 2, 2, 30, tzinfo=UTC)
    assert (row.channel, row.territory, row.case_type, row.phone) == (
        "online",
        "lin/01",
        None,
        None,
    )
    assert (row.support, row.oppose) == (3, 0)


def test_a_petition_does_not_print_what_is_personal() -> None:
    assert repr(judged()) == "GoodRow(row=7)"


def test_every_fault_of_a_row_is_named() -> None:
    found = reasons(ref=None, raised_at="2019/2/30", text=" \u3000\n", phone=Formula(), oppose=-1)
    assert found == [
        (7, "ref", "is empty"),
        (7, "text", "is empty"),
        (7, "raised_at", "is a date that does not exist"),
        (7, "phone", "is a formula; paste its value instead"),
        (7, "oppose", "is negative"),
    ]


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"subject": "\u200b"}, "subject", "is empty"),
        ({"text": "字" * 1_048_576}, "text", "is 1,048,576 characters long; the limit is 100,000"),
        ({"text": "a\x00b"}, "text", "holds a NUL character"),
        ({"text": "a\ud800b"}, "text", "holds a lone surrogate or bytes that are not text"),
        ({"text": "a\x1bb"}, "text", "holds a control character"),
        ({"person": "a\x85b"}, "person", "holds a control character"),
        ({"text": Formula()}, "text", "is a formula; paste its value instead"),
        ({"raised_at": Formula()}, "raised_at", "is a formula; paste its value instead"),
        ({"text": ErrorValue()}, "text", "shows an error value"),
        ({"replied_at": "2019/3/1 10:29"}, "replied_at", "is before the petition was raised"),
        ({"replied_at": "2019/2/28"}, "replied_at", "is before the petition was raised"),
        ({"replied_at": None}, "replied_at", "is empty though there is a reply"),
        ({"reply": ""}, "reply", "is empty though the reply has a time"),
        ({"ref": 1e15}, "ref", TOO_LONG),
        ({"ref": float("nan")}, "ref", TOO_LONG),
        ({"support": "1.5"}, "support", "is not a whole number"),
        ({"support": True}, "support", "is not a whole number"),
        ({"support": 10**10}, "support", "is too large for a count"),
        ({"case_type": "夸奖"}, "case_type", "is a value that the mapping does not list"),
        ({"case_type": "吐槽"}, "case_type", "is not a known code; list it in the mapping"),
    ],
)  # fmt: skip
def test_a_faulty_cell_is_named_with_its_reason(
    changes: dict[str, Cell], column: str, reason: str
) -> None:
    assert reasons(**changes) == [(7, column, reason)]


def test_a_date_where_text_belongs_is_not_turned_into_an_id() -> None:
    [(_, column, reason)] = reasons(ref=date(2019, 3, 1))
    assert column == "ref"
    assert reason.startswith("is a date or time where text is expected")


def test_text_keeps_its_lines_and_tabs_and_loses_outer_white_space() -> None:
    assert good(judged(text="\r\n\t 一\r\n二\t三\r四 ")).text == "一\n二\t三\n四"
    assert len(good(judged(text="字" * 100_000)).text) == 100_000


def test_words_of_the_file_become_codes() -> None:
    assert good(judged(case_type="投诉")).case_type == "complaint"


def test_a_mapped_area_comes_before_the_subject_and_unknown_after_it() -> None:
    assert good(judged(area="K市")).area == "K市"
    assert good(judged(area=" ")).area == "A3区"
    assert good(judged(subject="小区停车")).area == "unknown"


def test_a_reply_dated_by_the_day_of_the_petition_is_not_before_it() -> None:
    row = good(judged(replied_at="2019/3/1"))
    assert row.replied_at == row.raised_at


def test_a_petition_may_be_unanswered() -> None:
    row = good(judged(reply=None, replied_at=None))
    assert (row.reply, row.replied_at) == (None, None)


def test_a_row_with_too_many_cells_is_damaged() -> None:
    [(row, column, reason)] = faults(judge(Row(7, dict(SOUND), overflows=True), RULES))
    assert (row, column) == (7, "")
    assert "more cells" in reason


def test_a_subject_is_needed_only_where_it_is_mapped(tmp_path: Path) -> None:
    mapping = Mapping.model_validate(
        {"source": "s", "columns": {"ref": "ref", "text": "text", "raised_at": "raised_at"}}
    )
    row = good(judge(Row(2, SOUND), Rules(mapping.headers(), RULES.calendar)))
    assert (row.subject, row.area) == (None, "unknown")


WEIRD = st.text(alphabet=st.characters(), max_size=30)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    WEIRD,
    st.from_regex(r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?( [0-9]{1,2}:[0-9]{2})?"),
    st.datetimes(),
    st.dates(),
    st.builds(time),
    st.timedeltas(max_value=timedelta(days=9)),
    st.sampled_from([Formula(), ErrorValue(), "字" * 100_001]),
)


@given(st.dictionaries(st.sampled_from(FIELDS), CELLS), st.booleans())
def test_any_cells_at_all_get_a_verdict(changes: dict[str, Cell], overflows: bool) -> None:
    verdict = judge(Row(7, {**SOUND, **changes}, overflows), RULES)
    if isinstance(verdict, BadRow):
        assert verdict.faults
        assert {fault.column for fault in verdict.faults} <= {*FIELDS, ""}
        return
    assert verdict.ref
    assert verdict.text
    assert verdict.raised_at <= NOW
    assert verdict.replied_at is None or verdict.replied_at >= verdict.raised_at
    assert (verdict.reply is None) == (verdict.replied_at is None)
    verdict.text.encode()
