"""A case in every state, and every command on it, as the tests tell them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.grievance.case.commands import (
    AcceptCase,
    AnswerCallback,
    AskReopen,
    AskWithdrawal,
    AssignAssist,
    BounceOrder,
    CaseCommand,
    CloseCase,
    ContactRequester,
    CorrectCase,
    DecideExclusion,
    DecideExtension,
    DecideRemit,
    DeclineCase,
    DispatchCase,
    EndSupervision,
    GiveAssist,
    JoinCampaign,
    LinkCase,
    NoteProgress,
    NoteTime,
    OpenSupervision,
    OrderRedo,
    RaiseLevel,
    RaisePetition,
    RecordCallback,
    RecordPastPetition,
    ReopenCase,
    RequestExclusion,
    RequestExtension,
    ReviewShelved,
    ShelveCase,
    SignOrder,
    SubmitReply,
    VerifyClue,
    VerifySite,
    WithdrawPetition,
)
from services.grievance.case.decider import case
from services.grievance.case.events import (
    AssistAssigned,
    CallbackRecorded,
    CaseAccepted,
    CaseClosed,
    CaseDeclined,
    CaseDispatched,
    CaseEvent,
    CaseReopened,
    CaseShelved,
    ExclusionRequested,
    ExtensionRequested,
    OrderBounced,
    OrderSigned,
    PetitionRaised,
    RedoOrdered,
    ReplySubmitted,
    SupervisionOpened,
)
from services.grievance.case.orders import WITH_A_UNIT
from services.grievance.rules.book_2026_1 import BOOK
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
CHIEF = Actor(id="chief-1", roles=frozenset({"supervisor"}), territory="d")
ARBITER = actor("arbiter")
TIMER = Actor(id="timekeeper", roles=frozenset({"service"}), territory="")
OTHER = UUID(int=9)
PETITIONER = anonymous(PERSON, "d")

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
bounced = OrderBounced(
    at=MAY_1 + timedelta(hours=3), unit="repairs", reason="not_our_remit", evidence=sealed("e")
)
redone = RedoOrdered(at=MAY_1 + timedelta(days=3), words=sealed("words"))
shelved = CaseShelved(
    at=MAY_1 + timedelta(days=3), review_on="2026-09-01", explanation=sealed("explanation")
)
assigned = AssistAssigned(at=MAY_1 + timedelta(hours=4), unit="parks")
prolonging = ExtensionRequested(
    at=MAY_1 + timedelta(hours=4), days=5, reason="materials", grounds=sealed("grounds"),
    by="lamp-1",
)  # fmt: skip
watched = SupervisionOpened(at=MAY_1 + timedelta(hours=4), words=sealed("words"))
excluding = ExclusionRequested(
    at=MAY_1 + timedelta(hours=4), reason="unreasonable", grounds=sealed("grounds"), by="clerk-1",
    rules="2026.1", due={"exclusion": MAY_1 + timedelta(days=5)},
)  # fmt: skip

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
ask_again = AskReopen(at=NOW, actor=PETITIONER, reason=sealed("reason"))
reopen = ReopenCase(at=NOW, actor=CLERK, reason=sealed("reason"))
correct = CorrectCase(
    at=NOW, actor=CLERK, corrects=1, changes={"case_type": "complaint"}, reason="entry_error"
)
bounce = BounceOrder(at=NOW, actor=UNIT, reason="not_our_remit", evidence=sealed("e"))
remit = DecideRemit(at=NOW, actor=ARBITER, unit="repairs", grounds=sealed("grounds"))
contact = ContactRequester(at=NOW, actor=UNIT, reached=True)
progress = NoteProgress(at=NOW, actor=UNIT, progress=sealed("progress"))
assign = AssignAssist(at=NOW, actor=CLERK, unit="parks")
assist = GiveAssist(at=NOW, actor=actor("handling_unit", unit="parks"), words=sealed("words"))
prolong = RequestExtension(
    at=NOW, actor=UNIT, days=5, reason="materials", grounds=sealed("grounds")
)
allow = DecideExtension(at=NOW, actor=CHIEF, granted=True, explanation=sealed("explanation"))
inspect = VerifySite(at=NOW, actor=actor("grid_worker"), confirmed=True, found=sealed("found"))
redo = OrderRedo(at=NOW, actor=CALLER, words=sealed("words"))
shelve = ShelveCase(at=NOW, actor=CHIEF, review_on="2026-09-01", explanation=sealed("explanation"))
review = ReviewShelved(at=NOW, actor=CHIEF, resumed=True, explanation=sealed("explanation"))
raise_level = RaiseLevel(at=NOW, actor=CHIEF, book=BOOK)
watch = OpenSupervision(at=NOW, actor=CHIEF, words=sealed("words"))
unwatch = EndSupervision(at=NOW, actor=CHIEF, words=sealed("words"))
exclude = RequestExclusion(at=NOW, actor=CLERK, reason="unreasonable", grounds=sealed("grounds"))
judge = DecideExclusion(at=NOW, actor=CHIEF, granted=True, words=sealed("words"))
withdraw = WithdrawPetition(at=NOW, actor=CLERK)
ask_withdrawal = AskWithdrawal(at=NOW, actor=PETITIONER)
link = LinkCase(at=NOW, actor=CLERK, other=OTHER, relation="has_duplicate")
verify = VerifyClue(at=NOW, actor=CLERK, holds=True, words=sealed("words"))
join = JoinCampaign(at=NOW, actor=CLERK, campaign=OTHER)
note_time = NoteTime(at=NOW, actor=TIMER)

STATES: dict[str, tuple[CaseEvent, ...]] = {
    "new": (),
    "filed": (raised,),
    "not_accepted": (raised, declined),
    "accepted": (raised, accepted),
    "dispatched": (raised, accepted, dispatched),
    "bounced": (raised, accepted, dispatched, bounced),
    "signed": (raised, accepted, dispatched, signed),
    "replied": (raised, accepted, dispatched, signed, replied),
    "callback": (raised, accepted, dispatched, signed, replied, missed),
    "redo": (raised, accepted, dispatched, signed, replied, redone),
    "shelved": (raised, accepted, dispatched, signed, replied, shelved),
    "closed": (raised, accepted, dispatched, signed, replied, called, closed),
    "reopened": (raised, accepted, dispatched, signed, replied, called, closed, reopened),
}
past = RecordPastPetition(at=MAY_1, actor=actor("importer"), **TOLD)
COMMANDS: tuple[CaseCommand, ...] = (
    raise_it, past, accept, decline, dispatch, sign, reply, call_back, answer, close, reopen,
    ask_again, correct, bounce, remit, contact, progress, assign, assist, prolong, allow, inspect,
    redo, shelve, review, raise_level, watch, unwatch, exclude, judge, withdraw,
    ask_withdrawal, link, join, verify, note_time,
)  # fmt: skip

Events = tuple[CaseEvent, ...]


def _with(*more: CaseEvent) -> Callable[[Events], Events]:
    return lambda events: (*events, *more)


def _filed(**changes: object) -> Callable[[Events], Events]:
    return lambda events: (raised.model_copy(update=changes), *events[1:])


# What some commands need beside the state: something was asked for, promised, or often done.
NEEDS: Mapping[type[CaseCommand], Callable[[Events], Events]] = {
    GiveAssist: _with(assigned),
    RequestExtension: _filed(rules="2026.1", due={"handle": NOW + timedelta(days=1)}),
    DecideExtension: _with(prolonging),
    RaiseLevel: lambda events: (events[0], *[redone] * 3, *events[1:]) if events[1:] else events,
    EndSupervision: _with(watched),
    DecideExclusion: _with(excluding),
    VerifyClue: _filed(case_type="clue"),
    NoteTime: _with(excluding),
}  # fmt: skip


def ready(command: CaseCommand, status: str) -> Sequence[CaseEvent]:
    """The events of a case in this state, with what the command needs beside it."""
    events = STATES[status]
    prepare = NEEDS.get(type(command))
    return prepare(events) if prepare and events else events


def fitting(command: CaseCommand, status: str) -> CaseCommand:
    """The command, to another unit where one has the order or has sent it back."""
    if isinstance(command, DispatchCase) and status in (*WITH_A_UNIT, "bounced"):
        return replace(command, unit="records")
    return command
