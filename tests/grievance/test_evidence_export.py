"""A case as evidence, from the service to whoever checks it: who gets what of it, and when not."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4
from zipfile import ZipFile

import asyncpg
import httpx
import pytest

from deploy.cli import export
from deploy.local.fault import Fault
from services.grievance.case.events import CaseEvent
from services.grievance.evidence import exporting, words
from services.grievance.log import LOG
from services.grievance.service import Grievance
from services.grievance.settings import Settings
from services.grievance.words import CaseType, Channel, Clock, Outcome, Relation, Urgency, Window
from shared.core.catalogue import members
from shared.core.late_entry import LateReason
from shared.core.messages import Actor
from shared.core.notes import COSIGNED, Note, PublicKey
from shared.core.roles import NAMES
from shared.ops.settings import Seals
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.sealing import Sealing
from shared.store import epochs, seal_keys
from shared.testkit.databases import TestDatabase
from tests.grievance.bundles import verifier
from tests.grievance.front_desk import CHIEF, CLERK, FORMS, PETITION, FrontDesk, refused
from tests.grievance.lives import Lives, live_at_random

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
CONTACT = ("name", "phone", "email", "address")
LIFE = ("accept", "dispatch", "sign", "reply", "callback", "close")
WITNESS = seal_keys.made("court", COSIGNED)


@pytest.fixture
def seals(tmp_path: Path) -> Seals:
    """Where the seals are; one key signs."""
    place = tmp_path / "seals"
    place.mkdir()
    seal_keys.write_private(place / "private", [seal_keys.made("shili")])
    (place / "witnesses").write_text(f"{WITNESS.public}\n")
    return Seals(place=place, key_file=place / "private", witnesses=place / "witnesses")


@pytest.fixture
def settings(settings: Settings, seals: Seals) -> Settings:
    return settings.model_copy(update={"seals": seals})


async def sealed(service: Grievance) -> Note:
    """Seal all that the log has, as a worker would."""
    assert service.seals is not None
    async with service.pool.acquire() as connection:
        epoch = await epochs.begin(connection, LOG)
    folder = folder_of(service.seals.place, epoch)
    with folder.held(), folder.tree(writing=True) as tree:
        sealing = Sealing(service.pool, epoch, folder, tree, service.seals)
        await sealing.begin()
        note = await sealing.next()
    assert note is not None
    return note


async def witness(service: Grievance, note: Note) -> None:
    """An outside witness signs the checkpoint."""
    assert service.seals is not None
    async with service.pool.acquire() as connection:
        epoch = await epochs.current(connection, LOG)
    at = verifier.EPOCH + verifier.timedelta(days=30_000)
    signed = note.with_lines([WITNESS.sign(note.text, at)])
    folder_of(service.seals.place, epoch).witnessed("court", signed)


@pytest.fixture
async def case_id(desk: FrontDesk, service: Grievance) -> str:
    """A case that was dealt with, and sealed."""
    await desk.file()
    filed = await desk.file()
    await desk.walk(filed["id"], *LIFE)
    await service.projector.drain()
    await sealed(service)
    return str(filed["id"])


def checked(content: bytes, seals: Seals, **known: Any) -> Any:
    """What the program finds, with the key from the seals themselves."""
    [public] = seal_keys.read_public(seals.place / "keys")
    with ZipFile(BytesIO(content)) as parts:
        return verifier.check(parts.read("evidence.json"), [str(public)], **known)


async def take(desk: FrontDesk, case_id: str, actor: Any = CLERK, **asked: Any) -> httpx.Response:
    """The evidence as this actor gets it."""
    return await desk.read(f"/cases/{case_id}/evidence", actor=actor, **asked)


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
    monkeypatch.setattr(exporting, "PATIENCE", 0.3)
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
