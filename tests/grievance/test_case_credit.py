"""Who is to be credited with a case: named to others where the register knows them, and only by
their id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.grievance.case.commands import CaseCommand
from services.grievance.case.decider import case
from services.grievance.case.events import CaseEvent, PetitionRaised
from services.grievance.publishing import publish
from services.grievance.service import Grievance
from shared.contracts.grievance import CallbackRecorded, ClueVerified
from shared.contracts.known_residents import KnownResidentRow, known_residents
from shared.core.messages import Event
from shared.store import tables
from tests.grievance.cases import (
    MAY_1,
    NOW,
    PERSON,
    TOLD,
    accepted,
    answer,
    call_back,
    dispatched,
    given,
    raise_it,
    replied,
    signed,
    verify,
)
from tests.grievance.front_desk import FrontDesk

CLUE = {**TOLD, "case_type": "clue"}
known = PetitionRaised(at=MAY_1, **CLUE, registered=True)
unknown = PetitionRaised(at=MAY_1, **CLUE)
ON_THE_WAY = (accepted, dispatched, signed, replied)
BOTH = [call_back, answer]


def _told(command: CaseCommand, *events: CaseEvent) -> Any:
    """The last event that the command leads to."""
    return case.decide(command, case.fold(events))[-1]


def test_a_petition_says_whether_its_petitioner_is_registered() -> None:
    asked = replace(raise_it, registered=True)
    given().when(asked).then(PetitionRaised(at=NOW, **TOLD, registered=True))


def test_a_verified_clue_names_who_is_to_be_credited() -> None:
    told = _told(verify, known, accepted)
    assert (told.petitioner, told.territory) == (PERSON, "d/s1/c1")


@pytest.mark.parametrize("command", BOTH, ids=lambda one: type(one).__name__)
def test_a_callback_names_who_is_to_be_credited(command: CaseCommand) -> None:
    told = _told(command, known, *ON_THE_WAY)
    assert (told.petitioner, told.territory) == (PERSON, "d/s1/c1")


@pytest.mark.parametrize("command", [verify, *BOTH], ids=lambda one: type(one).__name__)
def test_nobody_is_named_whom_the_register_does_not_know(command: CaseCommand) -> None:
    told = _told(command, unknown, *ON_THE_WAY)
    assert (told.petitioner, told.territory) == (None, None)
    assert b"petitioner" not in told.model_dump_json(exclude_none=True).encode()


async def _contracts(service: Grievance, case_id: str) -> dict[str, Event]:
    """What others are told of this case, by type."""
    history = await service.archive.history(UUID(case_id))
    return {one.type: told for one in history if (told := publish(one))}


@pytest.mark.postgres
@pytest.mark.anyio
async def test_others_are_told_the_id_that_the_register_keeps(
    desk: FrontDesk, service: Grievance
) -> None:
    kept, double = uuid4(), uuid4()
    rows = {
        kept: KnownResidentRow(kept, "d/s1/c1", None, None, gone=False),
        double: KnownResidentRow(double, "d/s1/c1", None, kept, gone=False),
    }
    async with service.pool.acquire() as connection, connection.transaction():
        await tables.write(connection, known_residents, rows)
    named: dict[str | None, UUID | None] = {}
    for person in (str(double), str(uuid4()), None):
        told: dict[str, Any] = {"person": person} if person else {}
        filed = (await desk.file(case_type="clue", **told))["id"]
        await desk.walk(filed, "accept", "verify", "dispatch", "sign", "reply", "callback")
        told_of = await _contracts(service, filed)
        clue, called = told_of["clue-verified"], told_of["callback-recorded"]
        assert isinstance(clue, ClueVerified)
        assert isinstance(called, CallbackRecorded)
        assert (called.petitioner, called.territory) == (clue.petitioner, clue.territory)
        named[person] = clue.petitioner
    assert [*named.values()] == [kept, None, None]
