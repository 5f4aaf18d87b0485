"""A case of March 2026 that was put on record only today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.grievance.front_desk import FORMS, FrontDesk

TICK = timedelta(microseconds=1)
PLAN = ("accept", "dispatch", "sign", "reply", "close")  # on 2 to 6 March


def late(day: int) -> dict[str, Any]:
    """The fields of a form that tells of nine o'clock on this day in March."""
    return {"occurred_at": f"2026-03-{day:02}T09:00:00+08:00", "late_reason": "paper_form"}


def morning(day: int) -> str:
    """Nine o'clock on this day in March."""
    return f"2026-03-{day:02}T01:00:00Z"


def before(receipt: dict[str, Any]) -> str:
    """The last moment at which this was not on record."""
    return (datetime.fromisoformat(receipt["recorded_at"]) - TICK).isoformat()


async def entered_late(desk: FrontDesk) -> tuple[str, list[dict[str, Any]]]:
    """Filed on the first of March, closed on the sixth: its id and the receipts. That it was not
    handled in time is event 2, of the sixteenth."""
    filed = await desk.file(**late(1))
    receipts = [filed]
    for day, verb in enumerate(PLAN, start=2):
        form, version = {**FORMS[verb], **late(day)}, receipts[-1]["version"]
        answer = await desk.step(filed["id"], verb, version, form=form)
        assert answer.status_code == 200, answer.text
        receipts.append(answer.json())
    return filed["id"], receipts
