"""What two people have to do in the life of a case: no role, and no number of them, is an
exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from services.grievance.access import ACCESS
from services.grievance.case.commands import CaseCommand
from services.grievance.case.decider import case
from services.grievance.case.events import CaseCorrected, CaseEvent
from services.grievance.service import Grievance
from shared.core.access import Separation, action_of
from shared.core.messages import Forbidden
from shared.core.roles import NAMES
from tests.grievance.cases import (
    STATES,
    accepted,
    actor,
    allow,
    call_back,
    called,
    correct,
    dispatched,
    excluding,
    given,
    inspect,
    judge,
    prolonging,
    raised,
    replied,
    signed,
)
from tests.grievance.front_desk import CHIEF, FORMS, FrontDesk, refused

pytestmark = pytest.mark.anyio

ROLES: list[tuple[str, ...]] = [*((role,) for role in NAMES), tuple(NAMES)]
BY_UNIT = [one for one in ACCESS.separations if one.apart == "unit"]
PAIRS = [(one, done) for one in ACCESS.separations for done in one.done]
# Signed for by `repairs`; then it was found that the dispatch had meant `parks`.
moved = CaseCorrected(at=signed.at, corrects=3, changes={"unit": "parks"}, reason="entry_error")
DONE: Mapping[str, Sequence[CaseEvent]] = {
    "sign_order": (raised, accepted, dispatched, signed, moved, replied),
    "submit_reply": STATES["replied"],
}
# What somebody asked for, and the decision that another one has to take.
ASKED: Mapping[str, tuple[CaseEvent, CaseCommand]] = {
    "extension_by_asker": (prolonging.model_copy(update={"by": "someone"}), allow),
    "exclusion_by_asker": (excluding.model_copy(update={"by": "someone"}), judge),
}
unhappy = replace(correct, changes={"satisfied": True})


def _then(one: Separation, done: str) -> tuple[Sequence[CaseEvent], CaseCommand]:
    """What happened since, and what is asked now."""
    if one.code == "callback_by_handler":
        return DONE[done], call_back
    if one.code == "callback_corrected_by_handler":
        return (*DONE[done], called), replace(unhappy, corrects=len(DONE[done]) + 1)
    if one.code == "site_verified_by_handler":
        return DONE[done], inspect
    asked, command = ASKED[one.code]
    return (*STATES["signed"], asked), command


@pytest.mark.parametrize(("one", "done"), PAIRS, ids=lambda one: getattr(one, "code", one))
def test_no_role_is_an_exception(one: Separation, done: str) -> None:
    events, command = _then(one, done)
    assert action_of(type(command)) == one.then
    for roles in ROLES:
        asked = replace(command, actor=actor(*roles, unit="repairs"))
        no = given(*events).when(asked).rejected(one.code)
        assert isinstance(no, Forbidden)
        other = replace(actor(*roles, unit="records"), id="another")
        assert case.decide(replace(command, actor=other), case.fold(events))


@pytest.mark.parametrize("one", BY_UNIT, ids=lambda one: one.code)
def test_whose_work_it_is_now_is_held_to_it_too(one: Separation) -> None:
    events, command = _then(one, "sign_order")
    given(*events).when(replace(command, actor=actor(unit="parks"))).rejected(one.code)


def test_who_worked_on_a_case_before_it_was_reopened_is_held_to_it_too() -> None:
    elsewhere = dispatched.model_copy(update={"unit": "parks"})
    events = (*STATES["reopened"], elsewhere, signed, replied)
    for unit in ("repairs", "parks"):
        asked = replace(call_back, actor=actor("callback_agent", unit=unit))
        given(*events).when(asked).rejected("callback_by_handler")


def test_other_events_are_corrected_by_whoever_corrects_cases() -> None:
    for corrects, changes in ((1, {"case_type": "complaint"}), (3, {"unit": "parks"})):
        asked = replace(correct, corrects=corrects, changes=changes)
        asked = replace(asked, actor=actor("dispatcher", unit="repairs"))
        assert case.decide(asked, case.fold(STATES["replied"]))


@pytest.mark.postgres
async def test_no_role_is_an_exception_at_the_counter(desk: FrontDesk, service: Grievance) -> None:
    filed = await desk.file()
    await desk.walk(filed["id"], "accept", "dispatch", "sign", "reply")

    async def tried(verb: str, form: Mapping[str, Any], roles: tuple[str, ...]) -> str:
        """Why it was refused to the unit that did the work."""
        version, who = await service.head(), {"sub": "lamp-9", "roles": roles, "unit": "lamps"}
        answer = await desk.step(filed["id"], verb, version, form=form, **who)
        seen = answer.status_code != 404  # who may not see the case is told nothing of it
        assert await service.head() == version, roles
        return str(refused(answer, 403)["code"]) if seen else "not_seen"

    told = {roles: await tried("callback", FORMS["callback"], roles) for roles in ROLES}
    assert set(told.values()) == {"callback_by_handler", "role_missing", "not_seen"}
    assert told["callback_agent",] == told[tuple(NAMES)] == "callback_by_handler"
    await desk.walk(filed["id"], "callback", version=5)
    better = {"corrects": 6, "changes": {"satisfied": True}, "reason": "entry_error"}
    told = {roles: await tried("correct", better, roles) for roles in ROLES}
    assert set(told.values()) == {"callback_corrected_by_handler", "role_missing", "not_seen"}
    correctors = ("dispatcher",), ("supervisor",), tuple(NAMES)
    assert {told[roles] for roles in correctors} == {"callback_corrected_by_handler"}
    assert (await desk.step(filed["id"], "correct", 6, form=better, **CHIEF)).is_success
