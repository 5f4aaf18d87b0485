"""A notice: owed once, tried until it came through or there is no use in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args
from uuid import UUID

import pytest

from services.grievance.case.events import CaseEvent
from services.grievance.notice.commands import (
    NoticeCommand,
    OweNotice,
    RecordDelivery,
    RecordFailure,
    RecordUndeliverable,
)
from services.grievance.notice.decider import ALLOWED, Notice, notice
from services.grievance.notice.events import (
    NoticeDelivered,
    NoticeEvent,
    NoticeFailed,
    NoticeOwed,
    NoticeUndeliverable,
)
from services.grievance.notice.retrying import RETRIES, next_try
from services.grievance.notice.steps import notice_of, told_of
from services.grievance.policies import owe_notice
from services.grievance.words import FailureReason, NoticeStatus
from shared.contracts.erasure import policy_actor
from shared.core.envelope import Recorded
from shared.core.messages import Rejected
from shared.testkit.spec import Spec
from tests.grievance.cases import STATES, closed

given = Spec(notice)

CASE = UUID(int=1)
AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
WHO = policy_actor("d")
owe = OweNotice(at=AT, actor=WHO, case_id=CASE, case_version=2, step="accepted", territory="d")
deliver = RecordDelivery(at=AT, actor=WHO, port="gateway", attempt=1)
fail = RecordFailure(at=AT, actor=WHO, port="gateway", attempt=1, reason="busy")
undeliverable = RecordUndeliverable(at=AT, actor=WHO, reason="no_contact")

owed = NoticeOwed(at=AT, case_id=CASE, case_version=2, step="accepted", territory="d")
delivered = NoticeDelivered(at=AT, port="gateway", attempt=1)
failed = NoticeFailed(
    at=AT, port="gateway", attempt=1, reason="busy", next_try=AT + timedelta(seconds=25)
)
last = NoticeFailed(at=AT, port="gateway", attempt=RETRIES + 1, reason="busy")
nobody = NoticeUndeliverable(at=AT, reason="no_contact")

STANDS: dict[NoticeStatus, tuple[NoticeEvent, ...]] = {
    "none": (),
    "owed": (owed,),
    "delivered": (owed, delivered),
    "given_up": (owed, last),
    "undeliverable": (owed, nobody),
}
COMMANDS: tuple[NoticeCommand, ...] = (owe, deliver, fail, undeliverable)


def test_every_status_is_tried() -> None:
    assert {*STANDS} == {*get_args(NoticeStatus)}
    assert {notice.fold(events).status for events in STANDS.values()} == {*STANDS}


@pytest.mark.parametrize(("status", "command"), [*product(STANDS, COMMANDS)])
def test_each_command_is_taken_in_its_states_only(
    status: NoticeStatus, command: NoticeCommand
) -> None:
    stands = notice.fold(STANDS[status])
    if status in ALLOWED[type(command)]:
        assert len(notice.decide(command, stands)) == 1
        return
    with pytest.raises(Rejected, match=f"notice_is_{status}"):
        notice.decide(command, stands)


def test_it_is_owed_and_delivered() -> None:
    given().when(owe).then(owed)
    given(owed).when(deliver).then(delivered)
    given(owed, failed).when(replace(deliver, attempt=2)).then(
        NoticeDelivered(at=AT, port="gateway", attempt=2)
    )


def test_it_is_on_the_list_at_once_and_off_it_when_it_has_ended() -> None:
    assert notice.fold([owed]).next_try == AT
    assert notice.fold([owed, failed]).next_try == AT + timedelta(seconds=25)
    for status in ("delivered", "given_up", "undeliverable"):
        assert notice.fold(STANDS[status]).next_try is None


def test_a_try_is_recorded_once() -> None:
    given(owed, failed).when(fail).rejected("not_the_next_try")
    given(owed, failed).when(deliver).rejected("not_the_next_try")


def test_tries_come_further_and_further_apart_and_have_an_end() -> None:
    stands: Notice = notice.fold([owed])
    at, waits = AT, []
    while stands.status == "owed":
        command = replace(fail, at=at, attempt=stands.tries + 1)
        [event] = notice.decide(command, stands)
        stands = notice.evolve(stands, event)
        if stands.next_try is not None:
            waits.append(int((stands.next_try - at).total_seconds()))
            at = stands.next_try
    assert waits == [25, 100, 400, 1_600, 6_400, 25_600, 52_000]
    assert (stands.status, stands.tries) == ("given_up", RETRIES + 1)
    assert timedelta(hours=23) < at - AT < timedelta(hours=24)
    assert next_try(RETRIES + 1, AT) is None


@pytest.mark.parametrize("reason", get_args(FailureReason))
def test_a_port_that_refuses_is_not_asked_again(reason: FailureReason) -> None:
    [event] = notice.decide(replace(fail, reason=reason), notice.fold([owed]))
    stands = notice.fold([owed, event])
    assert stands.refused == ({"gateway"} if reason == "refused" else frozenset())
    assert (stands.next_try == AT) is (reason == "refused")


def _recorded(event: CaseEvent, version: int, origin: str = "live") -> Recorded[CaseEvent]:
    later = AT + timedelta(days=1)
    return Recorded(
        "grievance", 9, CASE, version, event.type, 1, "d/s1", "clerk-1", CASE, CASE, None, origin,
        event.at, later, event,
    )  # fmt: skip


def test_what_is_told_is_owed_by_the_event_alone() -> None:
    past = STATES["reopened"]
    reactions = [owe_notice(_recorded(one, n)) for n, one in enumerate(past, start=1)]
    told = {n: made[0] for n, made in enumerate(reactions, start=1) if made}
    steps = {n: told_of(past[n - 1]) for n in told}
    assert steps == {2: "accepted", 3: "dispatched", 5: "replied", 7: "closed", 8: "reopened"}
    assert {one.stream_id for one in told.values()} == {notice_of(CASE, n) for n in told}
    command = told[5].command
    assert isinstance(command, OweNotice)
    assert (command.case_id, command.case_version, command.step) == (CASE, 5, "replied")
    assert command.at == AT + timedelta(days=1), "a notice is owed when the event is known"


def test_an_end_that_is_no_result_of_work_has_its_own_name() -> None:
    outcomes = ("solved", "withdrawn", "duplicate")
    told = [told_of(closed.model_copy(update={"outcome": one})) for one in outcomes]
    assert told == ["closed", "withdrawn", "duplicate"]


def test_what_was_taken_over_from_elsewhere_is_told_to_nobody() -> None:
    assert told_of(closed.model_copy(update={"late_reason": "migration"})) is None
    assert told_of(closed.model_copy(update={"late_reason": "phone_note"})) == "closed"
