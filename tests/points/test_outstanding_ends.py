"""What goes on and what is gone is said before it happens as it happens."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from services.points.account.ending import settled
from services.points.account.events import Carry
from services.points.account.outstanding import going_on
from services.points.account.state import Account, Lot
from services.points.projections.points_accounts import PointsAccountRow, points_accounts

AT = datetime(2026, 5, 1, tzinfo=UTC)
ENDS = ("2026-11-30", "2026-12-31", "2027-01-31")
DAYS = ("2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01", "2027-02-01", "2027-12-31")
UNTIL = {"2026-11-30": "2026-12-31", "2026-12-31": "2027-12-31", "2027-01-31": "2027-02-28"}


@st.composite
def lots(draw: st.DrawFn) -> list[Lot]:
    """Some lots of an account, of which several end with one day."""
    made = []
    for number in range(2, 2 + draw(st.integers(0, 7))):
        ends = draw(st.sampled_from([None, *ENDS]))
        most = draw(st.integers(0, 60)) if ends and draw(st.booleans()) else None
        carry = Carry(points=most, until=UNTIL[ends]) if ends and most is not None else None
        made.append(Lot(number, draw(st.integers(0, 50)), None, ends, carry))
    return made


@given(lots(), st.sampled_from(DAYS))
def test_what_is_outstanding_on_a_day_is_what_is_left_once_all_that_ended_is_written_down(
    some: list[Lot], day: str
) -> None:
    known = Account(status="open", version=99, lots={one.number: one for one in some})
    left = sum(one.left for one in settled(known, day, AT).lots.values())
    assert points_accounts.tally is not None
    sums = points_accounts.tally.count(_row(some))
    assert sum(
        told.get("free", 0)
        for (_, _, ends_on, goes_on), told in sums.items()
        if not ends_on or ends_on >= day or goes_on >= day
    ) == left  # fmt: skip


def test_the_youngest_go_on_first_as_far_as_the_rules_let_them() -> None:
    carry = Carry(points=50, until="2027-12-31")
    some = [Lot(number, 30, None, "2026-12-31", carry) for number in (2, 3, 4)]
    assert going_on(some) == {4: 30, 3: 20, 2: 0}


def _row(some: list[Lot]) -> PointsAccountRow:
    kept = [
        (
            one.number, one.left, one.opens, one.expires,
            one.carry.points if one.carry else 0, one.carry.until if one.carry else None, "2026-05",
        )
        for one in some
    ]  # fmt: skip
    values: dict[str, object] = {
        "account_id": UUID(int=1), "kind": "person", "holder": UUID(int=2), "keeper": UUID(int=2),
        "territory": "d", "version": 9, "lots": orjson.dumps(kept), "opened_at": AT,
    }  # fmt: skip
    fields = PointsAccountRow.__dataclass_fields__
    blank = {name: 0 if "int" in str(field.type) else None for name, field in fields.items()}
    return PointsAccountRow(**{**blank, **values})  # type: ignore[arg-type]
