"""From a cell to a moment, in the forms that spreadsheets and people use."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .cells import SERIAL_EPOCH, Cell
from .values import Unfit, as_text, refuse_computed

EARLIEST_YEAR = 1949
NO_SUCH_DATE = "is a date that does not exist"
CLOCK = r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?"
NUMERIC = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?:[ T]+{CLOCK})?")
CHINESE = re.compile(
    r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?"
    rf"(?: ?(?:{CLOCK}|(\d{{1,2}}) ?[时点](?: ?(\d{{1,2}}) ?分(?: ?(\d{{1,2}}) ?秒)?)?))?"
)
ZONED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d)?)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC. `whole_day` tells that only the day was written: it stands for its first
    moment in the file's zone."""

    at: datetime
    whole_day: bool


@dataclass(frozen=True)
class Calendar:
    """How dates of one file are read: its zone, its own formats, and what today is.

    `now` is aware. Times without a zone are local ones of `zone`.
    """

    zone: ZoneInfo
    now: datetime
    formats: tuple[str, ...] = ()
    epoch: datetime = SERIAL_EPOCH

    def moment(self, cell: Cell) -> Moment:
        """Raises Unfit: not a date, impossible, before 1949, or later than now."""
        refuse_computed(cell)
        written = self._written(cell)
        if written is None:
            raise Unfit("is not a date in a known form")
        stamp, whole_day = written
        if stamp.year < EARLIEST_YEAR:
            raise Unfit(f"is before {EARLIEST_YEAR}")
        if stamp.year > self.now.year + 1:
            raise Unfit("is in the future")
        local = stamp if stamp.tzinfo else stamp.replace(tzinfo=self.zone)
        at = local.astimezone(UTC)
        if at > self.now:
            raise Unfit("is in the future")
        return Moment(at, whole_day)

    def _written(self, cell: Cell) -> tuple[datetime, bool] | None:
        if isinstance(cell, str):
            return self._spelled(_plain(as_text(cell, limit=500)))
        if isinstance(cell, datetime):
            return cell, False
        if isinstance(cell, date):
            return datetime.combine(cell, time()), True
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._serial(cell)
        return None

    def _serial(self, number: int | float) -> tuple[datetime, bool] | None:
        """A spreadsheet's day number, its fraction being the time of day."""
        try:
            milliseconds = round(number * 86_400_000)
            return self.epoch + timedelta(milliseconds=milliseconds), number == int(number)
        except (OverflowError, ValueError):
            return None

    def _spelled(self, text: str) -> tuple[datetime, bool] | None:
        for form in self.formats:
            try:
                stamp = datetime.strptime(text, form)  # noqa: DTZ007  the zone is added above
            except ValueError:
                continue
            return stamp, not re.search(r"%[HIcsTXRr]", form)
        if ZONED.fullmatch(text):
            return _zoned(text), False
        return _by_parts(text)


def _plain(text: str) -> str:
    """Full-width digits and colons as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _by_parts(text: str) -> tuple[datetime, bool] | None:
    if match := NUMERIC.fullmatch(text):
        year, _, month, day, *clock = match.groups()
    elif match := CHINESE.fullmatch(text):
        year, month, day, *clock = match.groups()
    else:
        return None
    written = [int(part) for part in clock if part is not None]
    hour, minute, second = (*written, 0, 0, 0)[:3]
    try:
        stamp = datetime(int(year), int(month), int(day), hour, minute, second)  # noqa: DTZ001
    except ValueError:
        raise Unfit(NO_SUCH_DATE) from None
    return stamp, not written


def _zoned(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unfit(NO_SUCH_DATE) from None
