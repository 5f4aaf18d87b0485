"""A case in every state, and every command on it, as the tests tell them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.grievance.case.commands import (
    AcceptCase,
    AnswerCallback,
    AskReopen,
    CaseCommand,
    CloseCase,
    CorrectCase,
    DeclineCase,
    DispatchCase,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    SignOrder,
    SubmitReply,
)
from services.grievance.case.decider import case
from services.grievance.case.events import (
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseReopened,
    OrderSigned,
    PetitionRaised,
    ReplySubmitted,
)
from shared.core.messages import Actor, anonymous
from shared.core.sealed import Sealed
from shared.testkit.spec import Spec

given = Spec(case)

PERSON = UUID(int=7)
MAY_1 = datetime(2026, 5, 1, 9, tzinfo=UTC)
NOW = MAY_1 + timedelta(days=30)


def sealed(field: str) -> Sealed:
    """Ciphertext, as far as rules can tell."""
    return Sealed(subject=PERSON, field=field, box="AAAA")


def actor(*roles: str, territory: str = "d", unit: str | None = None) -> Actor:
    """Somebody with these roles."""
    return Actor(id="someone", roles=frozenset(roles), territory=territory, unit=unit)


CLERK = actor("dispatcher")
UNIT = actor("handling_unit", unit="repairs")
CALLER = actor("callback_agent")
PETITIONER = anonymous(PERSON, "d")
DAYS = 30  # in which a new round may be asked for

TOLD: dict[str, Any] = {
    "petitioner": PERSON, "territory": "d/s1/c1", "area": "unknown", "channel": "online",
    "case_type": "repair", "subject": sealed("subject"), "details": sealed("details"),
}  # fmt: skip

raised = PetitionRaised(at=MAY_1, **TOLD)
accepted = CaseAccepted(at=MAY_1 + timedelta(hours=1))
dispatched = CaseDispatched(at=MAY_1 + timedelta(hours=2), unit="repairs")
signed = OrderSigned(at=MAY_1 + timedelta(hours=3))
replied = ReplySubmitted(at=MAY_1 + timedelta(days=2), reply=sealed("reply"))
called = CallbackRecorded(
    at=MAY_1 + timedelta(days=3), contacted=True, resolved=True, satisfied=False
)
missed = CallbackRecorded(at=MAY_1 + timedelta(days=3), contacted=False)
closed = CaseClosed(at=MAY_1 + timedelta(days=4), outcome="solved")
reopened = CaseReopened(at=MAY_1 + timedelta(days=5), reason=sealed("reason"))
declined = CaseDeclined(
    at=MAY_1 + timedelta(hours=1), reason="outside_remit", explanation=sealed("explanation")
)

raise_it = RaisePetition(at=NOW, actor=actor("resident"), **TOLD)
accept = AcceptCase(at=NOW, actor=CLERK)
decline = DeclineCase(
    at=NOW, actor=CLERK, reason="outside_remit", explanation=sealed("explanation")
)
dispatch = DispatchCase(at=NOW, actor=CLERK, unit="repairs")
sign = SignOrder(at=NOW, actor=UNIT)
reply = SubmitReply(at=NOW, actor=UNIT, reply=sealed("reply"))
call_back = RecordCallback(at=NOW, actor=CALLER, contacted=True, resolved=True, satisfied=True)
close = CloseCase(at=NOW, actor=CLERK, outcome="solved")
answer = AnswerCallback(at=NOW, actor=PETITIONER, resolved=False, satisfied=False)
ask_again = AskReopen(at=NOW, actor=PETITIONER, reason=sealed("reason"), days=DAYS)
reopen = ReopenCase(at=NOW, actor=CLERK, reason=sealed("reason"))
correct = CorrectCase(
    at=NOW, actor=CLERK, corrects=1, changes={"case_type": "complaint"}, reason="entry_error"
)

STATES: dict[str, tuple[CaseEvent, ...]] = {
    "new": (),
    "filed": (raised,),
    "not_accepted": (raised, declined),
    "accepted": (raised, accepted),
    "dispatched": (raised, accepted, dispatched),
    "signed": (raised, accepted, dispatched, signed),
    "replied": (raised, accepted, dispatched, signed, replied),
    "callback": (raised, accepted, dispatched, signed, replied, missed),
    "closed": (raised, accepted, dispatched, signed, replied, called, closed),
    "reopened": (raised, accepted, dispatched, signed, replied, called, closed, reopened),
}
past = RecordPastPetition(at=MAY_1, actor=actor("importer"), **TOLD)
COMMANDS: tuple[CaseCommand, ...] = (
    raise_it, past, accept, decline, dispatch, sign, reply, call_back, answer, close, reopen,
    ask_again, correct,
)  # fmt: skip
