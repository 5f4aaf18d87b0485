"""Given points: for which deed of which month, in which territory, and whether they stand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.points import PointsEarned, PointsReversed
from shared.core.envelope import Recorded
from shared.core.projection import ReadModel, Tally, TallyKey, earlier_event, own_event
from shared.core.state import replace

Told = PointsEarned | PointsReversed
MEASURES = ("deeds", "points", "reversed", "taken_back")


@dataclass(frozen=True)
class GivenPointsRow:
    """What one deed brought an account. The month, such as `2026-05`, and the territory are those
    of the deed, whenever points were given for it; `standing` until they were taken back."""

    deed_id: UUID
    account_id: UUID
    territory: str
    month: str
    points: int
    standing: bool


def key(recorded: Recorded[Told]) -> UUID:
    """The deed that an event speaks of."""
    event = recorded.event
    if isinstance(event, PointsReversed):
        return earlier_event(recorded, event.lot)
    return own_event(recorded)


def fold(row: GivenPointsRow | None, recorded: Recorded[Told]) -> GivenPointsRow | None:
    """The deed after the event."""
    event = recorded.event
    if isinstance(event, PointsReversed):
        return None if row is None else replace(row, standing=False)
    return GivenPointsRow(
        deed_id=own_event(recorded),
        account_id=recorded.stream_id,
        territory=event.territory,
        month=event.day[:7],
        points=event.points,
        standing=True,
    )


def count(row: GivenPointsRow) -> dict[TallyKey, dict[str, int]]:
    """What the deed adds to its month in its territory."""
    number, points = ("deeds", "points") if row.standing else ("reversed", "taken_back")
    return {(row.month, row.territory): {number: 1, points: row.points}}


given_points: ReadModel[GivenPointsRow, Told] = ReadModel(
    name="given_points",
    row=GivenPointsRow,
    fold=fold,
    key=key,
    of=Told,
    indexes=(
        "(month, territory, account_id) where standing",
        "(account_id, month) where standing",
    ),
    tally=Tally(name="given_months", keys=("month", "territory"), measures=MEASURES, count=count),
)
