"""Evidence: a case of a hundred events, from the log to one file, and checked from it offline."""

from __future__ import annotations

import base64
import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID

from bench.figures import Bar, Figure, Measure, Sample
from bench.histories import TERRITORY, UNIT
from bench.stage import Stage, load, rounds
from services.grievance.case.events import CaseAccepted, CaseDispatched, OrderSigned, PetitionRaised
from services.grievance.case.order_events import ProgressNoted
from services.grievance.evidence.exporting import exported
from services.grievance.log import EVENTS, LOG
from services.grievance.service import Grievance, opened
from services.grievance.settings import Settings
from shared.core.canonical import Facts
from shared.core.messages import Actor, Event
from shared.ops.settings import Databases, Seals
from shared.runtime.commands.ids import uuid7
from shared.runtime.seals.places import folder_of
from shared.runtime.seals.sealing import Sealing
from shared.store import epochs, seal_keys
from shared.store.append import Check, Decided, append

EVENTS_OF_A_CASE = 100
TIMES = 100
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)
ACTOR = Actor(id="clerk-1", roles=frozenset({"dispatcher"}), territory="d")
CHECKER = Path(__file__).parents[1] / "docs" / "evidence" / "verify_bundle.py"


def measure(stage: Stage) -> list[Measure]:
    """The export as a service makes it, with every value opened; the check of its file."""
    before = load()
    checks: list[Sample] = []

    async def export(stage: Stage) -> Sample:
        made, checked = await _exported(stage)
        checks.append(checked)
        return made

    samples = rounds(stage, {"export": export})["export"]
    what = f"a case of {EVENTS_OF_A_CASE} events"
    return [
        Measure(
            Figure("export evidence", "bundles/s",
                   f"{what}: read, hashed, proved, opened, put on record, packed", samples),
            Bar(p50=200), [], before,
        ),
        Measure(
            Figure("check evidence", "bundles/s",
                   f"{what}, offline: every hash, path, signature and opened value", checks),
            Bar(p50=50), [], before,
        ),
    ]  # fmt: skip


async def _exported(stage: Stage) -> tuple[Sample, Sample]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-evidence-") as folder:
        async with (
            stage.server.database("template_log") as log,
            stage.server.database("template_keys") as keys,
        ):
            settings = Settings(
                grievance=Databases(dsn=log.service, keys_dsn=keys.service),
                master_key=base64.b64encode(os.urandom(32)).decode(),
                seals=_seals(Path(folder)),
            )
            async with opened(settings) as service:
                case_id = await _case(service)
                return await _timed(service, case_id)


async def _timed(service: Grievance, case_id: UUID) -> tuple[Sample, Sample]:
    made, checked, program = [], [], _checker()
    for _ in range(TIMES):
        began = time.perf_counter()
        bundle = await exported(service, case_id, ACTOR, redacted=False)
        made.append(time.perf_counter() - began)
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            file.write(bundle.content)
            file.flush()
            began = time.perf_counter()
            found = program.check(program.evidence_of(file.name))
            checked.append(time.perf_counter() - began)
        if len(found.openings) < EVENTS_OF_A_CASE - 4:
            raise RuntimeError(f"{len(found.openings)} values opened")
    return Sample.of(sum(made), made), Sample.of(sum(checked), checked)


async def _case(service: Grievance) -> UUID:
    person, stream = uuid7(), uuid7()
    sealed = await service.sealer.seal(
        person,
        {"subject": "路灯不亮", "details": "路灯坏了两周。" * 20, "name": "甲", "phone": "0"},
    )
    told: list[Event] = [
        PetitionRaised(
            at=BEGAN, petitioner=person, territory=TERRITORY, area="unknown", channel="online",
            case_type="repair", **sealed,
        ),
        CaseAccepted(at=BEGAN),
        CaseDispatched(at=BEGAN, unit=UNIT),
        OrderSigned(at=BEGAN),
    ]  # fmt: skip
    while len(told) < EVENTS_OF_A_CASE:
        noted = await service.sealer.seal(person, {"progress": "正在办理，已联系施工单位。" * 4})
        told.append(ProgressNoted(at=BEGAN, **noted))
    facts = _facts(stream, told)
    decided = Decided(stream, bytes(32), (Check(stream, 0),), tuple(facts))
    async with service.pool.acquire() as connection:
        await append(connection, LOG, [decided])
        epoch = await epochs.begin(connection, LOG)
    assert service.seals is not None
    folder = folder_of(service.seals.place, epoch)
    with folder.held(), folder.tree(writing=True) as tree:
        sealing = Sealing(service.pool, epoch, folder, tree, service.seals)
        await sealing.begin()
        await sealing.next()
    return stream


def _facts(stream: UUID, told: Sequence[Event]) -> list[Facts]:
    return [
        Facts(
            LOG, stream, version, event.type, event.schema_version, TERRITORY, ACTOR.id, stream,
            stream, None, "live", BEGAN + timedelta(minutes=version), EVENTS.encode(event),
        )
        for version, event in enumerate(told, start=1)
    ]  # fmt: skip


def _seals(folder: Path) -> Seals:
    seal_keys.write_private(folder / "seal.key", [seal_keys.made("linli.bench")])
    (folder / "seals").mkdir()
    return Seals(place=folder / "seals", key_file=folder / "seal.key")


def _checker() -> ModuleType:
    """The program that others check with, as it is."""
    spec = importlib.util.spec_from_file_location("verify_bundle", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = program
    spec.loader.exec_module(program)
    return program
