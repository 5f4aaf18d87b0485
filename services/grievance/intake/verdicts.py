"""What is said of each row of a file: it is good, or these are its faults."""

from dataclasses import dataclass
from datetime import datetime

from shared.sheets.rejects import Reject


@dataclass(frozen=True, slots=True, repr=False)
class GoodRow:
    """A petition as the file tells it. Times are aware, in UTC; votes count from zero; what the
    file does not say is None. Printed, it shows its row only: the rest is personal data."""

    row: int
    ref: str
    text: str
    raised_at: datetime
    area: str
    subject: str | None = None
    person: str | None = None
    name: str | None = None
    phone: str | None = None
    address: str | None = None
    reply: str | None = None
    replied_at: datetime | None = None
    territory: str | None = None
    category: str | None = None
    case_type: str | None = None
    channel: str | None = None
    unit: str | None = None
    support: int | None = None
    oppose: int | None = None

    def __repr__(self) -> str:
        return f"GoodRow(row={self.row})"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is not imported, with its faults; `ref` is None where that is at fault. Of a
    cell with several faults the first is named."""

    row: int
    ref: str | None
    faults: tuple[Reject, ...]


Verdict = GoodRow | BadRow
