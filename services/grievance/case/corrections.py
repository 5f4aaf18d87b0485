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
    if not 1 <= command.corrects <= len(case.types):
        raise Rejected("no_such_event", f"the case has {len(case.types)} events", "corrects")
    cls = CLASSES.get(case.types[command.corrects - 1])
    if cls is None:
        raise Rejected("not_correctable", "a correction is corrected by another one of the same "
                       "event", "corrects")  # fmt: skip
    if not command.changes:
        raise Rejected("nothing_to_correct", "name at least one field", "changes")
    return {name: _value(cls, name, value, command) for name, value in command.changes.items()}


def _value(cls: type[Event], name: str, value: Scalar, command: CorrectCase) -> Scalar:
    where = f"changes/{name}"
    if name not in CORRECTABLE[cls]:
        fields = ", ".join(sorted(CORRECTABLE[cls]))
        raise Rejected("not_correctable", f"of this event only {fields} can be corrected", where)
    try:
        checked_value = _adapter(cls, name).validate_python(value)
    except ValidationError as fault:
        raise Rejected("bad_value", fault.errors()[0]["msg"], where) from fault
    if not isinstance(checked_value, datetime):
        return value
    if checked_value > command.at:
        raise Rejected("occurs_in_the_future", "it cannot have happened later than now", where)
    return checked_value.isoformat()


@cache
def _adapter(cls: type[Event], name: str) -> TypeAdapter[Any]:
    if name == "occurred_at":
        return TypeAdapter(AwareDatetime)
    return TypeAdapter(cls.model_fields[name].rebuild_annotation())
