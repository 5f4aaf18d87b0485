"""Certificates: issued, printed, checked by anybody, and told apart from what was forged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.volunteer.certifying import words
from services.volunteer.certifying.serials import ALPHABET, spelled
from services.volunteer.service import Volunteers
from services.volunteer.settings import Settings
from shared.core.merkle import BadProof
from shared.core.messages import Actor
from shared.core.notes import PublicKey
from shared.core.person.commands import EraseSubject
from shared.core.person.decider import person
from shared.core.person.stream import stream_of
from shared.runtime.commands.submission import Identity, Target, single
from shared.runtime.web.allowance import Allowance
from shared.store import seal_keys
from shared.testkit.databases import TestDatabase
from tests.grievance.bundles import verifier
from tests.grievance.letters import text_of
from tests.volunteer.papers import (
    ANN,
    AUDITOR,
    COUNTER,
    OTHER,
    OWN,
    Hours,
    ago,
    check_proof,
    mapped,
    seal,
    sealing,
)

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
Headers = Callable[..., dict[str, str]]


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    seals = sealing(tmp_path / "seals")
    return settings.model_copy(update={"seals": seals, "site": "https://linli.example"})


@pytest.fixture
async def hours(service: Volunteers, client: httpx.AsyncClient, headers: Headers) -> Hours:
    await mapped(service)
    return Hours(service, client, headers)


def _key(service: Volunteers) -> PublicKey:
    assert service.seals is not None
    [public] = seal_keys.read_public(service.seals.place / "keys")
    return public


async def _verdict(hours: Hours, serial: str, **shown: Any) -> dict[str, Any]:
    answer = await hours.check(serial, **shown)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def refused(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_a_certificate_is_issued_printed_and_found_true_by_anybody(hours: Hours) -> None:
    await hours.served(90)
    await hours.served(60, days=2)
    await hours.logged(45, days=3)
    await hours.served(30, days=60, late_reason="paper_form")
    serial = await hours.serial(
        form={"since": ago(30), "until": ago(0), "name": "王小明"}, **COUNTER
    )
    told = await _verdict(hours, spelled(serial).lower())
    assert (told["minutes"], told["records"], told["standing"], told["reversed"]) == (
        150,
        2,
        150,
        0,
    )
    assert (told["genuine"], told["minutes_agree"], told["hash_agrees"]) == (True, None, None)
    assert "王小明" not in str(told)
    assert str(ANN) not in str(told)
    paper = await hours.get(f"/certificates/{serial}.pdf")
    text = text_of(paper.content)
    for part in (
        words.TITLE, spelled(serial), "王小明", "2 小时 30 分", "150 分钟",
        f"{words.RECORDS}：2", f"{words.PLACE}：{told['position']}", told["hash"],
        "https://linli.example/certificates",
    ):  # fmt: skip
        assert part in text, (part, text)
    assert (await hours.get(f"/certificates/{serial}.pdf")).content == paper.content


async def test_a_figure_altered_on_paper_is_told_apart(hours: Hours) -> None:
    await hours.served(90)
    serial = await hours.serial()
    true = await _verdict(hours, serial, minutes=90)
    assert (true["genuine"], true["minutes_agree"]) == (True, True)
    forged = await _verdict(hours, serial, minutes=900, hash=true["hash"][:16])
    assert (forged["genuine"], forged["minutes_agree"], forged["hash_agrees"]) == (
        False,
        False,
        True,
    )
    assert forged["minutes"] == 90
    other = await _verdict(hours, serial, hash="0" * 16)
    assert (other["genuine"], other["hash_agrees"]) == (False, False)


async def test_hours_that_were_reversed_later_are_said(hours: Hours) -> None:
    record = await hours.served(90)
    await hours.served(60, days=2)
    outside = await hours.served(30, days=60, late_reason="paper_form")
    serial = await hours.serial()
    await hours.reversed(outside)
    assert (await _verdict(hours, serial))["reversed"] == 0
    await hours.reversed(record)
    told = await _verdict(hours, serial, minutes=150)
    assert told["genuine"]
    assert (told["minutes"], told["standing"], told["reversed"]) == (150, 60, 90)
    assert told["reversed_records"] == 1
    assert told["reversed_at"] is not None


async def test_the_place_in_the_log_is_proved_without_us_once_it_is_sealed(
    hours: Hours, service: Volunteers
) -> None:
    await hours.served(90)
    serial = await hours.serial()
    assert (await _verdict(hours, serial))["proof"] is None
    await seal(service)
    told = await _verdict(hours, serial)
    check_proof(told, _key(service))
    with pytest.raises(BadProof):
        check_proof(told | {"hash": "00" * 32}, _key(service))
    answer = await hours.get(f"/certificates/{serial}/evidence")
    assert answer.status_code == 200, answer.text
    with ZipFile(BytesIO(answer.content)) as parts:
        found = verifier.check(parts.read("evidence.json"), [str(_key(service))])
    assert found.whole["events"][-1]["type"] == "certificate-issued"
    assert f'"serial":"{serial}"' in found.whole["events"][-1]["payload"]


async def test_an_account_that_was_changed_in_the_database_certifies_nothing(
    hours: Hours, log_database: TestDatabase
) -> None:
    await hours.served(90)
    serial = await hours.serial()
    owner = await asyncpg.connect(log_database.owner)
    await owner.execute("alter table event disable trigger user")
    changed = await owner.execute(
        "update event set payload = convert_to(replace(convert_from(payload, 'utf8'),"
        " '\"minutes\":90', '\"minutes\":95'), 'utf8') where type = 'certificate-issued'"
    )
    await owner.close()
    assert changed == "UPDATE 1"
    refused(await hours.check(serial), 409, "does_not_verify")
    refused(await hours.get(f"/certificates/{serial}.pdf"), 409, "does_not_verify")


async def test_only_whose_hours_they_are_and_the_counter_get_the_paper(hours: Hours) -> None:
    await hours.served(90)
    refused(await hours.issue(**OTHER), 404, "no_account")
    refused(await hours.issue(form={"since": ago(9), "until": ago(0), "name": "李四"}), 403,
            "name_by_counter")  # fmt: skip
    serial = await hours.serial()
    for path in (f"/certificates/{serial}.pdf", f"/certificates/{serial}/evidence"):
        for actor in (OTHER, AUDITOR):
            refused(await hours.get(path, actor), 404, "no_such_certificate")
    for actor in (OWN, COUNTER):
        assert (await hours.get(f"/certificates/{serial}.pdf", actor)).status_code == 200
        answer = await hours.get(f"/accounts/{ANN}/certificates", actor)
        assert [one["serial"] for one in answer.json()["items"]] == [serial]
    refused(await hours.get(f"/accounts/{ANN}/certificates", OTHER), 404, "no_account")


async def test_a_retry_is_the_same_certificate(hours: Hours) -> None:
    await hours.served(90)
    first = await hours.issue(**OWN, key="once")
    again = await hours.issue(**OWN, key="once")
    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"


async def test_what_cannot_be_certified_or_found_is_refused(hours: Hours) -> None:
    await hours.served(90)
    refused(await hours.issue(form={"since": ago(20), "until": ago(10)}), 422, "nothing_to_certify")
    refused(await hours.issue(form={"since": ago(1), "until": ago(2)}), 422,
            "ends_before_it_begins")  # fmt: skip
    refused(await hours.issue(form={"since": ago(1), "until": ago(-2)}), 422, "in_the_future")
    serial = await hours.serial()
    wrong = ALPHABET[(ALPHABET.index(serial[0]) + 1) % len(ALPHABET)] + serial[1:]
    refused(await hours.check(wrong), 422, "serial_mistyped")
    refused(await hours.check("22222222222" + "2"), 404, "no_such_certificate")


async def test_the_name_on_it_goes_with_the_person(hours: Hours, service: Volunteers) -> None:
    await hours.served(90)
    named = {"since": ago(9), "until": ago(0), "name": "王小明"}
    serial = await hours.serial(form=named, **COUNTER)
    at, actor = datetime.now(UTC), Actor(id="s", roles=frozenset({"service"}), territory="d")
    erase = EraseSubject(at=at, actor=actor, subject=ANN, reason="own_request")
    submission = single(Target(person, stream_of(ANN)), erase, Identity(uuid4(), b"1" * 32))
    await service.executor.execute(submission)
    await service.eraser.catch_up()
    text = text_of((await hours.get(f"/certificates/{serial}.pdf")).content)
    assert "王小明" not in text
    assert words.ERASED in text


async def test_checking_has_a_limit(hours: Hours, service: Volunteers, running: FastAPI) -> None:
    running.state.service = replace(service, checks=Allowance(1))
    refused(await hours.check("222222222222"), 404, "no_such_certificate")
    refused(await hours.check("222222222222"), 429, "too_often")
