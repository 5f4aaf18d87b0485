"""Boards of another time over HTTP: as it was by then, and as it was known then."""

from __future__ import annotations

from typing import Any

import pytest

from services.grievance.service import Grievance
from tests.grievance.front_desk import FrontDesk
from tests.grievance.late import before, entered_late, morning

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
NOBODY, LAMPS, PARKS = None, "lamps", "parks"


async def _lines(desk: FrontDesk, address: str, **query: Any) -> list[dict[str, Any]]:
    answer = await desk.read(address, **query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def _lies(desk: FrontDesk, **query: Any) -> list[tuple[Any, ...]]:
    """What waits for what, as the backlog has it: unit, open, dispatched, signed, replied."""
    names = ("unit", "open", "dispatched", "signed", "replied")
    return [tuple(line[n] for n in names) for line in await _lines(desk, "/backlog", **query)]


async def test_the_backlog_of_each_day_is_shown_as_it_was(desk: FrontDesk) -> None:
    await entered_late(desk)
    for day, line in enumerate(
        ((NOBODY, 1, 0, 0, 0), (NOBODY, 1, 0, 0, 0), (LAMPS, 1, 1, 0, 0), (LAMPS, 1, 0, 1, 0),
         (LAMPS, 0, 0, 0, 1), (LAMPS, 0, 0, 0, 0)),
        start=1,
    ):  # fmt: skip
        assert await _lies(desk, at=morning(day)) == [line], day
    assert await _lies(desk, at="2026-03-01T00:59:59.999999Z") == []
    for after, overdue in ((1, 0), (0, 1)):  # a day old, then
        [found] = await _lines(desk, "/backlog", at=morning(4), overdue_after=after)
        assert found["overdue"] == overdue


async def test_what_was_not_on_record_is_not_shown_as_known(desk: FrontDesk) -> None:
    _, receipts = await entered_late(desk)
    assert await _lies(desk, known=before(receipts[0])) == []
    assert await _lies(desk, known=morning(9)) == [], "nothing was entered in March"
    assert await _lies(desk, known=receipts[2]["recorded_at"]) == [(LAMPS, 1, 1, 0, 0)]
    assert await _lies(desk, known=before(receipts[4])) == [(LAMPS, 1, 0, 1, 0)]
    both = {"known": before(receipts[4]), "at": morning(2)}
    assert await _lies(desk, **both) == [(NOBODY, 1, 0, 0, 0)]


async def test_corrections_show_in_every_board_and_not_in_what_was_known(
    desk: FrontDesk, service: Grievance
) -> None:
    case_id, receipts = await entered_late(desk)
    then = receipts[-1]["recorded_at"]
    for version, corrects, changes in (
        (7, 1, {"occurred_at": "2026-02-20T09:00:00+08:00", "channel": "station"}),
        (8, 4, {"unit": "parks"}),
        (9, 7, {"outcome": "explained"}),
    ):
        answer = await desk.correct(case_id, version, corrects, changes)
        assert answer.status_code == 200, answer.text
    await service.projector.drain()
    was = {"month": "2026-03", "channel": "online", "petitions": 1, "closed": 1,
           "outcomes": {"solved": 1}}  # fmt: skip
    now = {"month": "2026-02", "channel": "station", "petitions": 1, "closed": 1,
           "outcomes": {"explained": 1}}  # fmt: skip
    for query, line in (({}, now), ({"at": "2199-01-01T00:00:00Z"}, now), ({"known": then}, was)):
        assert await _lines(desk, "/channels", by="month", **query) == [line], query
    early = {**now, "closed": 0, "outcomes": {}}
    assert await _lines(desk, "/channels", by="month", at=morning(5)) == [early]
    assert await _lies(desk, at=morning(3)) == [(PARKS, 1, 1, 0, 0)]
    assert await _lies(desk, at=morning(3), known=then) == [(LAMPS, 1, 1, 0, 0)]
    for query, median in (({}, 13.0), ({"known": then}, 4.0), ({"at": morning(4)}, None)):
        [whole, _] = await _lines(desk, "/response-times", **query)
        assert (whole["group"], whole["cases"], whole["median_days"]) == ("all", 1, median)


async def test_asking_of_the_past_leaves_the_present_as_it_is(
    desk: FrontDesk, service: Grievance
) -> None:
    await entered_late(desk)
    await service.projector.drain()
    for _ in range(8):  # on whatever connection of the pool
        assert await _lies(desk) == [(LAMPS, 0, 0, 0, 0)]
        assert await _lies(desk, at=morning(4)) == [(LAMPS, 1, 0, 1, 0)]
        assert await _lies(desk, known=morning(4)) == []
