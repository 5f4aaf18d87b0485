"""A case as evidence, from the service to whoever checks it: who gets what of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import orjson
import pytest

from deploy.cli import export
from deploy.local.fault import Fault
from services.grievance.case.events import CaseEvent
from services.grievance.evidence import exporting, words
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from services.grievance.words import CaseType, Channel, Clock, Outcome, Relation, Urgency, Window
from shared.core.catalogue import members
from shared.core.late_entry import LateReason
from shared.core.messages import Actor
from shared.core.notes import COSIGNED, PublicKey
from shared.core.roles import NAMES
from shared.ops.settings import Seals
from tests.grievance.bundles import verifier
from tests.grievance.exports import WITNESS, checked, dealt_with, sealed, sealing, take, witness
from tests.grievance.front_desk import CHIEF, CLERK, FORMS, PETITION, FrontDesk, refused
from tests.grievance.lives import Lives, live_at_random

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
EXPORTED = """select actor, payload from event where log = 'grievance-access'
    and type = 'evidence-exported' order by position"""
CONTACT = ("name", "phone", "email", "address")


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    return sealing(tmp_path / "seals")


@pytest.fixture
def settings(settings: Settings, seals: Seals) -> Settings:
    return settings.model_copy(update={"seals": seals})


@pytest.fixture
async def case_id(desk: FrontDesk, service: Grievance) -> str:
    return await dealt_with(desk, service)


async def test_a_case_is_handed_out_with_what_its_reader_sees_on_the_page(
    desk: FrontDesk, case_id: str, seals: Seals
) -> None:
    for actor in (CLERK, CHIEF, {"sub": "a", "roles": ("auditor",)}):
        answer = await take(desk, case_id, actor)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/zip"
        found = checked(answer.content, seals)
        opened = {path[1:]: one["text"] for (_, path), one in found.openings.items()}
        seen = (await desk.read(f"/cases/{case_id}", actor=actor)).json()
        told = {name: text for line in seen["history"] for name, text in line["data"].items()}
        assert opened == {name: told[name] for name in opened}
        assert {*opened} >= {"subject", "details", "reply", "words"}
        assert {*CONTACT} & {*opened} == {*CONTACT} - {*seen["withheld"]}
        for name in CONTACT:
            shown = PETITION[name].encode() in answer.content
            assert shown is (name not in seen["withheld"]), (name, actor)
        assert len(found.whole["events"]) == len(seen["history"]) == 7


async def test_a_redacted_one_has_nothing_that_anyone_wrote(
    desk: FrontDesk, case_id: str, seals: Seals
) -> None:
    answer = await take(desk, case_id, redacted=True)
    assert not checked(answer.content, seals).openings
    written = [*(PETITION[one] for one in (*CONTACT, "subject", "details"))]
    written += [FORMS["reply"]["reply"], FORMS["callback"]["words"]]
    for text in written:
        assert text.encode() not in answer.content
    assert "-redacted.zip" in answer.headers["content-disposition"]


async def test_only_those_of_the_table_take_it_away(desk: FrontDesk, case_id: str) -> None:
    for role in NAMES:
        for territory in ("d", "d/s1/c1", "d/s2", "nowhere"):
            actor = {"sub": "x", "roles": (role,), "territory": territory, "unit": "lamps"}
            answer = await take(desk, case_id, actor, redacted=True)
            inside = territory in ("d", "d/s1/c1")
            may = role in ("dispatcher", "supervisor", "auditor") and inside
            assert answer.status_code == (200 if may else 404), (role, territory)
    refused(await take(desk, str(uuid4())), 404, "no_such_case")


async def test_what_a_witness_signed_is_preferred_to_what_is_later(
    desk: FrontDesk, case_id: str, service: Grievance, seals: Seals
) -> None:
    state = (await desk.read(f"/cases/{case_id}/chain")).json()["seal"]
    assert (state["events"], state["witnesses"]) == (7, [])
    await desk.file()
    await witness(service, await sealed(service))
    await desk.file()
    await sealed(service)
    found = checked((await take(desk, case_id)).content, seals, witnesses=[str(WITNESS.public)])
    assert found.checkpoint.size == 9
    [one] = (await desk.read(f"/cases/{case_id}/chain")).json()["seal"]["witnesses"]
    assert (one["name"], one["events"]) == ("court", 7)
    await desk.walk(case_id, "reopen", version=7)
    assert (await desk.read(f"/cases/{case_id}/chain")).json()["seal"]["events"] == 7
    await sealed(service)
    later = checked((await take(desk, case_id)).content, seals)
    assert (later.checkpoint.size, later.witnesses) == (11, [])
    state = (await desk.read(f"/cases/{case_id}/chain")).json()["seal"]
    assert (state["events"], state["witnesses"][0]["events"]) == (8, 7)


async def test_every_case_that_lived_at_random_is_proved(service: Grievance, seals: Seals) -> None:
    lives: Lives = {}
    async with service.pool.acquire() as connection:
        for seed in range(4):
            await live_at_random(connection, seed, lives)
    await sealed(service)
    actor = Actor(id="a", roles=frozenset({"auditor"}), territory="d")
    kinds = set()
    for case_id, events in lives.items():
        made = await exporting.exported(service, case_id, actor, redacted=False)
        found = checked(made.content, seals)
        assert [one["type"] for one in found.whole["events"]] == [one.type for one in events]
        kinds |= {one.type for one in events}
    assert len(lives) > 10
    assert len(kinds) > 20


async def test_the_command_line_hands_out_the_same(
    service: Grievance, case_id: str, desk: FrontDesk, seals: Seals
) -> None:
    auditor = {"sub": "a", "roles": ("auditor",)}
    made = await export.made(service, case_id, redacted=False)
    assert made.content == (await take(desk, case_id, auditor)).content
    assert made.name == f"evidence-{made.name.split('-')[1]}-2.zip"
    assert checked(made.content, seals)
    with pytest.raises(Fault, match="there is no case 4711"):
        await export.made(service, "4711", redacted=True)


def test_everything_that_can_happen_to_a_case_has_its_word() -> None:
    events = members(get_args(CaseEvent)[0])
    assert {one.model_fields["type"].default for one in events} == words.EVENTS.keys()
    fields = {name for one in events for name in one.model_fields} - {"type", "at"}
    assert fields | {"occurred_at"} == {*words.FIELDS}
    for field, codes in (
        ("channel", Channel), ("case_type", CaseType), ("urgency", Urgency), ("outcome", Outcome),
        ("relation", Relation), ("late_reason", LateReason),
    ):  # fmt: skip
        assert words.CODES[field].keys() == {*get_args(codes)}, field
    assert words.CLOCKS.keys() == {*get_args(Clock), *get_args(Window)}
    reasons: list[Any] = [
        one.model_fields["reason"].annotation for one in events if "reason" in one.model_fields
    ]
    assert {code for one in reasons for code in get_args(one)} == words.REASONS.keys()


def test_a_key_is_spelled_for_the_program_as_it_is_here() -> None:
    public = WITNESS.public
    assert str(verifier.key_of(str(public), COSIGNED, ("", ""))) == str(public)
    assert PublicKey.parse(str(public)) == public


async def test_what_was_handed_out_is_on_record_with_the_contact_in_it(
    desk: FrontDesk, case_id: str, service: Grievance
) -> None:
    await take(desk, case_id, CLERK)
    await take(desk, case_id, CHIEF, redacted=True)
    async with service.pool.acquire() as connection:
        rows = await connection.fetch(EXPORTED)
    told = [(row["actor"], row["payload"]) for row in map(dict, rows)]
    assert [actor for actor, _ in told] == [CLERK["sub"], CHIEF["sub"]]
    first, second = (orjson.loads(payload) for _, payload in told)
    assert (first["redacted"], sorted(first["fields"])) == (False, sorted(CONTACT))
    assert (second["redacted"], second.get("fields", [])) == (True, [])
    assert {first["case_id"], second["case_id"]} == {case_id}
