"""An activity that took place: who took part, who did not come, what came of it."""

from __future__ import annotations

from datetime import timedelta

from services.volunteer.activity.attending import attendances
from services.volunteer.activity.commands import HoldActivity
from services.volunteer.activity.events import ActivityEvent, ActivityHeld, NoShowNoted
from services.volunteer.activity.plan import When
from services.volunteer.activity.state import Activity
from shared.core.local_time import day_of, end_of
from shared.core.messages import Rejected


def held(command: HoldActivity, activity: Activity, when: When) -> list[ActivityEvent]:
    """No-shows, and what there was. Raises Rejected before it begins, and late without a reason."""
    if command.at < when.starts:
        raise Rejected("activity_has_not_begun", f"it starts at {when.starts.isoformat()}")
    late = end_of(day_of(when.starts)) + timedelta(days=command.limits.late_days)
    if command.at >= late and command.late_reason is None:
        detail = f"more than {command.limits.late_days} days after it: say why it is entered late"
        raise Rejected("late_entry_needs_reason", detail, "late_reason")
    absent: list[ActivityEvent] = [
        NoShowNoted(at=command.at, person=person)
        for person, seat in activity.seats.items()
        if not seat.waiting and not seat.came
    ]
    return [*absent, _event(command, activity, when)]


def _event(command: HoldActivity, activity: Activity, when: When) -> ActivityHeld:
    planned = activity.planned
    assert planned is not None
    return ActivityHeld(
        at=command.at,
        activity=command.activity,
        territory=planned.territory,
        day=day_of(when.starts),
        mode=planned.mode,
        kind=planned.kind,
        service=planned.service,
        team=planned.team,
        series=planned.series,
        campaign=planned.campaign,
        came=activity.present(),
        served=command.served,
        rubbish_kg=command.rubbish_kg,
        words=command.words,
        when=when,
        attendances=tuple(attendances(activity, when, command.at, command.limits.longest)),
        limits=command.limits,
        recorder=command.actor.id,
    )
