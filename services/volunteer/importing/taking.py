"""From a line of a file to a command to an account. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from services.volunteer.account.commands import BringInHours
from services.volunteer.account.time_commands import BringInTime
from services.volunteer.importing.people import person_of, team_of
from services.volunteer.importing.rows import Line
from services.volunteer.rules.book import VolunteerRules
from shared.core.local_time import end_of
from shared.core.messages import Actor

MIGRATION = "migration"


def served_at(line: Line, now: datetime) -> datetime:
    """When a record was put down: as the file says, else when its day was over."""
    over = end_of(line["day"]) - timedelta(microseconds=1)
    stated: datetime = line.get("logged_at") or over
    return min(max(stated, line.get("until") or stated), now)


def hours(
    line: Line, source: str, actor: Actor, at: datetime, rules: VolunteerRules
) -> BringInHours:
    """A record of an earlier system."""
    approver, team = line.get("approver"), line.get("team")
    return BringInHours(
        at=at,
        actor=actor,
        late_reason=MIGRATION,
        person=person_of(source, line["person"]),
        home=line.get("home", line["territory"]),
        day=line["day"],
        minutes=line["minutes"],
        territory=line["territory"],
        service=line["service"],
        evidence=line.get("evidence", "paper"),
        rules=rules,
        recorder=str(person_of(source, line["recorder"])),
        since=line.get("since"),
        until=line.get("until"),
        team=team and team_of(source, team),
        approver=approver and str(person_of(source, approver)),
        approved_at=line.get("approved_at"),
        reason=line.get("reason"),
        reversed_at=line.get("reversed_at"),
    )


def balance(line: Line, source: str, actor: Actor, at: datetime) -> BringInTime:
    """What an earlier system kept for a person."""
    return BringInTime(
        at=at,
        actor=actor,
        person=person_of(source, line["person"]),
        home=line["home"],
        minutes=line["minutes"],
        source=source,
    )


def person_in(line: Line, source: str) -> UUID:
    """Whose account a line is about."""
    return person_of(source, line["person"])
