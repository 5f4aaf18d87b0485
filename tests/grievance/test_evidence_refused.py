"""When no evidence of a case is handed out: it was changed, or is not sealed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import asyncpg
import pytest

from deploy.cli import export
from deploy.local.fault import Fault
from services.grievance.evidence import words
from services.grievance.log import LOG
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from shared.ops.settings import Seals
from shared.runtime.seals import awaiting
from shared.testkit.databases import TestDatabase
from tests.grievance.exports import checked, dealt_with, sealed, sealing, take
from tests.grievance.front_desk import CHIEF, PETITION, FrontDesk, refused

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]


@pytest.fixture
def seals(tmp_path: Path) -> Seals | None:
    return sealing(tmp_path / "seals")


@pytest.fixture
def settings(settings: Settings, seals: Seals) -> Settings:
    return settings.model_copy(update={"seals": seals})


@pytest.fixture
async def case_id(desk: FrontDesk, service: Grievance) -> str:
    return await dealt_with(desk, service)


async def test_what_is_not_sealed_yet_is_waited_for_and_then_said(
    desk: FrontDesk, case_id: str, service: Grievance, seals: Seals,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    await desk.walk(case_id, "reopen", version=7)
    waiting = asyncio.create_task(take(desk, case_id))
    done, _ = await asyncio.wait({waiting}, timeout=1)
    assert not done
    await sealed(service)
    assert len(checked((await waiting).content, seals).whole["events"]) == 8
    monkeypatch.setattr(awaiting, "PATIENCE", 0.3)
    await desk.walk(case_id, "dispatch", version=8)
    answer = await take(desk, case_id)
    assert "position 10 is not sealed yet" in refused(answer, 503, "not_sealed_yet")["detail"]


async def _change(database: TestDatabase, *statements: str) -> None:
    owner = await asyncpg.connect(database.owner)
    for statement in statements:
        await owner.execute(statement)
    await owner.close()


async def test_a_case_that_was_changed_is_not_handed_out(
    desk: FrontDesk, case_id: str, log_database: TestDatabase
) -> None:
    await _change(log_database, "update event set actor = 'x' where position = 4")
    for redacted in (True, False):
        problem = refused(await take(desk, case_id, redacted=redacted), 409, "does_not_verify")
        assert "position 4 of the log does not hold" in problem["detail"]


async def test_a_case_whose_hashes_were_made_anew_is_not_handed_out(
    desk: FrontDesk, case_id: str, log_database: TestDatabase
) -> None:
    """Another time for the last event, and the hash that goes with it: the chain alone holds."""
    anew = """
        update event set recorded_at = recorded_at + interval '1 second', hash = sha256(
            (select p.hash from event p where p.position = 7) || digest || int8send(position)
            || int8send(((extract(epoch from recorded_at) + 1) * 1000000)::bigint))
        where position = 8
    """
    await _change(log_database, anew)
    assert (await desk.read(f"/cases/{case_id}/chain")).json()["ok"]
    problem = refused(await take(desk, case_id), 409, "does_not_verify")
    assert "position 8 of the log does not hold: it was sealed otherwise" in problem["detail"]


async def test_seals_that_cannot_be_read_prove_nothing(
    desk: FrontDesk, case_id: str, seals: Seals
) -> None:
    file = seals.place / LOG / "1" / "checkpoint"
    file.write_text("no note")
    refused(await take(desk, case_id), 503, "seals_damaged")
    state = (await desk.read(f"/cases/{case_id}/chain")).json()["seal"]
    assert state == {"events": 0, "at": None, "witnesses": []}


async def test_of_someone_erased_the_rest_still_holds(
    desk: FrontDesk, case_id: str, service: Grievance, seals: Seals
) -> None:
    person = (await desk.read(f"/cases/{case_id}")).json()["petitioner"]
    form, sent = {"reason": "own_request"}, desk.headers(**CHIEF)
    answer = await desk.client.post(f"/persons/{person}/erasure", json=form, headers=sent)
    assert answer.is_success, answer.text
    bundle = (await take(desk, case_id)).content
    assert not checked(bundle, seals).openings
    assert words.ERASED.encode() in bundle
    assert PETITION["details"].encode() not in bundle


class TestWithoutSeals:
    """A service that seals nothing."""

    @pytest.fixture
    def seals(self) -> None:
        return None

    async def test_nothing_is_handed_out(self, desk: FrontDesk, service: Grievance) -> None:
        filed = await desk.file()
        await service.projector.drain()
        refused(await take(desk, filed["id"]), 503, "no_seals")
        assert (await desk.read(f"/cases/{filed['id']}/chain")).json()["seal"] is None
        with pytest.raises(Fault, match="nothing is sealed here"):
            await export.made(service, filed["id"], redacted=True)
