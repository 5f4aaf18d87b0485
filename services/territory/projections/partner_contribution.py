"""What units promised and what they gave, and the sums of it by unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.territory.unit.events import AidGiven, PledgeFulfilled, PledgeMade
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey, earlier_event, own_event
from shared.core.state import replace


@dataclass(frozen=True)
class ContributionRow:
    """A pledge, or aid that was given. `number` is its event's version, by which aid names the
    pledge it was given for; `due` is a day; money is in fen."""

    contribution_id: UUID
    code: str
    number: int
    sort: str
    what: str
    amount_fen: int | None
    occurred_at: datetime
    due: str | None
    fulfilled_at: datetime | None
    pledge: int | None


def fold(row: ContributionRow | None, recorded: Recorded[Any]) -> ContributionRow | None:
    """The line after the event."""
    event, at, number = recorded.event, recorded.occurred_at, recorded.version
    match event:
        case PledgeMade(code=code, what=what, amount_fen=amount, due=due):
            told = (code, number, "pledge", what, amount, at)
            return ContributionRow(own_event(recorded), *told, due, None, None)
        case AidGiven(code=code, kind=kind, amount_fen=amount, pledge=pledge):
            told = (code, number, "aid", kind, amount, at)
            return ContributionRow(own_event(recorded), *told, None, None, pledge)
        case _:
            return None if row is None else replace(row, fulfilled_at=at)


def key(recorded: Recorded[Any]) -> UUID | None:
    """One row a pledge or gift."""
    match recorded.event:
        case PledgeMade() | AidGiven():
            return own_event(recorded)
        case PledgeFulfilled(pledge=pledge):
            return earlier_event(recorded, pledge)
        case _:
            return None


def count(row: ContributionRow) -> dict[TallyKey, dict[str, int]]:
    """What a line adds to the sums of its unit."""
    amount = row.amount_fen or 0
    if row.sort == "aid":
        return {(row.code,): {"gifts": 1, "given_fen": amount}}
    done = row.fulfilled_at is not None
    return {
        (row.code,): {
            "pledges": 1,
            "pledged_fen": amount,
            "fulfilled": int(done),
            "fulfilled_fen": amount if done else 0,
        }
    }


partner_contribution: ReadModel[ContributionRow, Any] = ReadModel(
    name="partner_contribution",
    row=ContributionRow,
    fold=fold,
    key=key,
    of=PledgeMade | AidGiven | PledgeFulfilled,
    indexes=("(code, occurred_at, contribution_id)",),
    tally=Tally(
        name="contribution_sum",
        keys=("code",),
        measures=("pledges", "pledged_fen", "fulfilled", "fulfilled_fen", "gifts", "given_fen"),
        count=count,
    ),
)
