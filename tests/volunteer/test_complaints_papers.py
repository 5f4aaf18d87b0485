"""What users of other time banks and volunteer systems complain of, as far as it concerns papers
and files: a test each, named after the complaint (the design's domain page, section e)."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from services.volunteer.account.stream import account_of
from services.volunteer.account.time_commands import DonateTime
from services.volunteer.certifying.file import account_file
from services.volunteer.importing.people import person_of
from services.volunteer.service import Volunteers
from services.volunteer.settings import Settings
from shared.core.merkle import BadProof
from shared.store import seal_keys
from tests.grievance.letters import text_of
from tests.volunteer.papers import (
    ANN,
    APPROVER,
    AUDITOR,
    BOB,
    HOME,
    Hours,
    ago,
    check_proof,
    mapped,
    seal,
    sealing,
    tell,
)
from tests.volunteer.test_imports import HEADER, bring, line

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
TEAM = UUID(int=9)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update={"seals": sealing(tmp_path / "seals")})


@pytest.fixture
async def hours(
    service: Volunteers, client: httpx.AsyncClient, headers: Callable[..., dict[str, str]]
) -> Hours:
    await mapped(service)
    return Hours(service, client, headers)


async def test_timeoverflow_569_export_from_day_one_as_json_csv_and_xlsx(hours: Hours) -> None:
    await hours.served(90)
    await hours.service.projector.drain()
    told = [await hours.get(f"/hours-report.{kind}", AUDITOR) for kind in ("json", "csv", "xlsx")]
    item = told[0].json()["items"][0]
    line = [*csv.reader(StringIO(told[1].content.decode("utf-8-sig")))][-1]
    sheet: Any = load_workbook(BytesIO(told[2].content)).active
    row = [*sheet.iter_rows(values_only=True)][-1]
    assert [str(value) for value in item.values()] == line
    assert tuple(item.values()) == row
    assert (item["person"], item["minutes"]) == (str(ANN), 90)


async def test_fosdem_volunteers_127_a_certificate_is_verifiable_against_the_chain(
    hours: Hours, service: Volunteers
) -> None:
    await hours.served(90)
    serial = await hours.serial()
    await seal(service)
    paper = text_of((await hours.get(f"/certificates/{serial}.pdf")).content)
    told = (await hours.check(serial, minutes=90)).json()
    assert told["genuine"]
    assert told["hash"] in paper
    assert service.seals is not None
    [key] = seal_keys.read_public(service.seals.place / "keys")
    check_proof(told, key)
    forged = (await hours.check(serial, minutes=190)).json()
    assert (forged["genuine"], forged["minutes"]) == (False, 90)
    with pytest.raises(BadProof):
        check_proof(told | {"position": told["position"] - 1}, key)


async def test_highestgoodnetworkapp_5179_hours_per_person_team_and_period(hours: Hours) -> None:
    await hours.served(90, days=1, team=TEAM)
    await hours.served(60, days=2)
    await hours.served(20, days=1, person=BOB, team=TEAM)
    await hours.service.projector.drain()

    async def of(by: str, **period: str) -> dict[str, int]:
        answer = await hours.get("/hours-report.json", AUDITOR, by=by, **period)
        return {one[by]: one["minutes"] for one in answer.json()["items"]}

    assert await of("person") == {str(ANN): 150, str(BOB): 20}
    assert await of("team") == {"": 60, str(TEAM): 110}
    assert sum((await of("month")).values()) == 170
    assert await of("person", **{"from": ago(1), "to": ago(1)}) == {str(ANN): 90, str(BOB): 20}


async def test_ledger_340_history_brought_in_late_breaks_no_balance(hours: Hours) -> None:
    person = person_of("old-bank", "v1")
    await bring(hours, ["人员编号,所在社区,分钟", f"v1,{HOME},600"], "balances")
    await tell(
        hours.service,
        person,
        DonateTime(at=datetime.now(UTC), actor=APPROVER, pool=HOME, minutes=450),
    )
    before = await account_file(hours.service, person)
    entries = await _entries(hours, person)
    lines = [line(n, day=f"20{n:02}-03-01") for n in range(10, 20)]
    told = (await bring(hours, [HEADER, *lines, line(20, day="2019-03-02", reason="虚报")])).json()
    assert (told["taken"], told["refused"]) == (11, 0)
    after = await account_file(hours.service, person)
    assert (
        (after.balance, after.debt, after.held) == (before.balance, 0, before.held) == (150, 0, {})
    )
    assert after.served == 900
    assert await _entries(hours, person) == entries


async def _entries(hours: Hours, person: UUID) -> list[tuple[Any, ...]]:
    await hours.service.projector.drain()
    statement = "select kind, amount, free, debt, at from time_entries where account_id = $1"
    async with hours.service.pool.acquire() as connection:
        return [tuple(row) for row in await connection.fetch(statement, account_of(person))]
