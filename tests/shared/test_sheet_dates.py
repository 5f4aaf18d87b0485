"""Dates as people and spreadsheets write them, and dates that cannot be."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.sheets.cells import Cell, Formula
from shared.sheets.dates import Calendar
from shared.sheets.values import Unfit

SHANGHAI = Calendar(ZoneInfo("Asia/Shanghai"), datetime(2026, 5, 1, tzinfo=UTC))
HALF_PAST_TWO_UTC = datetime(2019, 3, 1, 2, 30, tzinfo=UTC)
LOCAL_MIDNIGHT = datetime(2019, 2, 28, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "2019/3/1 10:30",
        "2019/3/1 10:30:00",
        "2019/03/01  10:30:00",
        "2019-03-01 10:30:00",
        "2019-03-01T10:30:00",
        "2019.3.1 10:30",
        "2019年3月1日 10时30分",
        "2019年3月1日10时30分00秒",
        "2019年3月1日 10点30分",
        "2019年03月01日 10:30",
        "２０１９/３/１　１０：３０",
        " 2019/3/1 10:30\n",
        "2019-03-01T02:30:00Z",
        "2019-03-01 02:30:00+00:00",
        "2019-03-01T10:30:00+08:00",
        datetime(2019, 3, 1, 10, 30),  # noqa: DTZ001  as a spreadsheet has it
        43525.4375,
    ],
)
def test_every_common_form_is_read_in_the_zone_of_the_file(cell: Cell) -> None:
    moment = SHANGHAI.moment(cell)
    assert moment.at == HALF_PAST_TWO_UTC
    assert moment.at.tzinfo is UTC
    assert not moment.whole_day


@pytest.mark.parametrize(
    "cell", ["2019/3/1", "2019.3.1", "2019-03-01", "2019年3月1日", date(2019, 3, 1), 43525, 43525.0]
)
def test_a_day_alone_stands_for_its_first_moment(cell: Cell) -> None:
    moment = SHANGHAI.moment(cell)
    assert (moment.at, moment.whole_day) == (LOCAL_MIDNIGHT, True)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2019/2/30", "does not exist"),
        ("2019/2/30 10:00:00", "does not exist"),
        ("2019年13月1日", "does not exist"),
        ("2019/3/1 24:00", "does not exist"),
        ("2019/3/1 10:60", "does not exist"),
        ("2019-02-30T10:00:00Z", "does not exist"),
        ("0000/1/1", "does not exist"),
        ("1948/12/31", "before 1949"),
        ("0001/1/1", "before 1949"),
        (0, "before 1949"),
        ("2026/5/1 8:00:01", "in the future"),
        ("9999/12/31 23:59:59", "in the future"),
        (2_958_465, "in the future"),
        ("昨天", "not a date"),
        ("2019/3-1", "not a date"),
        ("3/1/2019", "not a date"),
        ("43525", "not a date"),
        (1e300, "not a date"),
        (float("nan"), "not a date"),
        (float("inf"), "not a date"),
        (True, "not a date"),
        (time(10, 30), "not a date"),
        (timedelta(days=3), "not a date"),
        (Formula(), "is a formula"),
        ("2019\x00/3/1", "NUL"),
    ],
)
def test_what_is_no_date_is_named(cell: Cell, reason: str) -> None:
    with pytest.raises(Unfit, match=reason):
        SHANGHAI.moment(cell)


def test_the_present_moment_is_not_the_future() -> None:
    assert SHANGHAI.moment("2026/5/1 8:00:00").at == SHANGHAI.now


def test_a_file_may_have_a_form_of_its_own() -> None:
    calendar = Calendar(ZoneInfo("Asia/Urumqi"), SHANGHAI.now, ("%d/%m/%Y %H:%M", "%d/%m/%Y"))
    assert calendar.moment("1/3/2019 08:30").at == HALF_PAST_TWO_UTC
    assert calendar.moment("1/3/2019").whole_day
    assert calendar.moment("2019/3/1 8:30").at == HALF_PAST_TWO_UTC


def test_serial_days_count_from_the_epoch_of_the_workbook() -> None:
    macintosh = Calendar(
        SHANGHAI.zone,
        SHANGHAI.now,
        epoch=datetime(1904, 1, 1),  # noqa: DTZ001
    )
    assert macintosh.moment(43525 - 1462).at == LOCAL_MIDNIGHT
