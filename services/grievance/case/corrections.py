"""Which fields of which event may be corrected, and with what values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from services.grievance.case.commands import CorrectCase
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDispatched,
    CaseReopened,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from services.grievance.case.state import Case
from shared.core.messages import Event, Rejected, Scalar

CORRECTABLE: Mapping[type[Event], frozenset[str]] = {
    PetitionRaised:   frozenset({"occurred_at", "territory", "area", "channel", "case_type",
                                 "urgency", "category"}),
    CaseAccepted:     frozenset({"occurred_at"}),
    CaseDeclined:     frozenset({"occurred_at", "reason"}),
    CaseDispatched:   frozenset({"occurred_at", "unit"}),
    OrderSigned:      frozenset({"occurred_at"}),
    ReplySubmitted:   frozenset({"occurred_at"}),
    CallbackRecorded: frozenset({"occurred_at", "contacted", "resolved", "satisfied"}),
    CaseClosed:       frozenset({"occurred_at", "outcome"}),
    CaseReopened:     frozenset({"occurred_at"}),
}  # fmt: skip
CLASSES = {cls.model_fields["type"].default: cls for cls in CORRECTABLE}


def checked(command: CorrectCase, case: Case) -> dict[str, Scalar]:
    """The changes in stored form. Raises Rejected for an event or a field that cannot be meant."""
    if not 1 <= command.corrects <= len(case.past):
        raise Rejected("no_such_event", f"the case has {len(case.past)} events", "corrects")
    cls = CLASSES.get(case.past[command.corrects - 1].type)
    if cls is None:
        raise Rejected("not_correctable", "a correction is corrected by another one of the same "
                       "event", "corrects")  # fmt: skip
    if not command.changes:
        raise Rejected("nothing_to_correct", "name at least one field", "changes")
    values = {name: _value(cls, name, value) for name, value in command.changes.items()}
    moment = values.get("occurred_at")
    if isinstance(moment, datetime):
        _check_order(moment, command, case)
    return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in values.items()}


def _value(cls: type[Event], name: str, value: Scalar) -> Scalar | datetime:
    if name not in CORRECTABLE[cls]:
        fields = ", ".join(sorted(CORRECTABLE[cls]))
        detail = f"of this event only {fields} can be corrected"
        raise Rejected("not_correctable", detail, f"changes/{name}")
    try:
        checked_value = _adapter(cls, name).validate_python(value)
    except ValidationError as fault:
        raise Rejected("bad_value", fault.errors()[0]["msg"], f"changes/{name}") from fault
    return checked_value if isinstance(checked_value, datetime) else value


def _check_order(moment: datetime, command: CorrectCase, case: Case) -> None:
    """A corrected time stays between those of the events before and after it."""
    before, after = case.around(command.corrects)
    where = "changes/occurred_at"
    if moment > command.at:
        raise Rejected("occurs_in_the_future", "it cannot have happened later than now", where)
    if before is not None and moment < before:
        detail = f"the event before it happened at {before.isoformat()}; correct that one first"
        raise Rejected("happened_before_previous", detail, where)
    if after is not None and moment > after:
        detail = f"the event after it happened at {after.isoformat()}; correct that one first"
        raise Rejected("happened_after_next", detail, where)


@cache
def _adapter(cls: type[Event], name: str) -> TypeAdapter[Any]:
    if name == "occurred_at":
        return TypeAdapter(AwareDatetime)
    return TypeAdapter(cls.model_fields[name].rebuild_annotation())
