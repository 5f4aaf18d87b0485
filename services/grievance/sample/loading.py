"""The stories into the log. Loading them again adds nothing: each step is a command with an id of
its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.grievance import forms
from services.grievance.case.commands import CaseCommand, RaisePetition
from services.grievance.case.decider import case
from services.grievance.sample import campaigns, whistles
from services.grievance.sample.drawn import drawn
from services.grievance.sample.stories import Story, told
from services.grievance.service import Grievance
from services.grievance.steps import STEPS, command
from shared.core.messages import Actor
from shared.core.sample import Sample
from shared.runtime import timer
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single
from shared.store import turn

LATE = "migration"
ROLES = {
    **dict.fromkeys(("sign", "reply", "bounce", "contact", "progress", "prolong"), "handling_unit"),
    "callback": "callback_agent",
}
PLACES = ("community", "neighbourhood")
AT_ONCE = 64


def id_of(name: str) -> UUID:
    """The case of the story of this name."""
    return derived("sample-case", name)


async def load(service: Grievance, sample: Sample) -> None:
    """Load what is not there yet of the stories, counted back from the first loading. The timer
    stands still meanwhile: it would find the steps missed that are not told yet."""
    async with service.pool.acquire(timeout=10) as connection, connection.transaction():
        await turn.awaited(connection, timer.TURN)
        await _load(service, sample)


async def _load(service: Grievance, sample: Sample) -> None:
    await service.map.fresh()
    await service.rules.fresh()
    first, *others = told()
    began = await _first_loading(service, first) or datetime.now(UTC)
    await _tell(service, first, began)
    await whistles.load(service, began)
    await campaigns.load(service, began)
    stories = [*others, *drawn(sample, _places(service, began), began)]
    known = await service.executor.answers([_id(story, len(story.turns)) for story in stories])
    turns = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        for story in stories:
            if _id(story, len(story.turns)) not in known:
                group.create_task(_in_turn(turns, service, story, began))


async def _first_loading(service: Grievance, first: Story) -> datetime | None:
    history = await service.archive.history(id_of(first.name))
    return history[0].occurred_at + timedelta(hours=first.hours_ago) if history else None


def _places(service: Grievance, now: datetime) -> Sequence[str]:
    everywhere = service.map.atlas.territories.values()
    return [one.code for one in everywhere if one.kind in PLACES and one.exists(now)]


async def _in_turn(
    turns: asyncio.Semaphore, service: Grievance, story: Story, began: datetime
) -> None:
    async with turns:
        await _tell(service, story, began)


async def _tell(service: Grievance, story: Story, began: datetime) -> None:
    at = began - timedelta(hours=story.hours_ago)
    case_id, petitioner = id_of(story.name), derived("sample-person", story.name)
    form = forms.Petition.model_validate(story.petition)
    sealed: dict[str, Any] = dict(await service.sealer.seal(petitioner, form.personal()))
    raised_with: dict[str, Any] = form.model_dump(exclude={*form.SEALED, "person", "occurred_at"})
    district = service.map.atlas.district
    book = service.book(form.territory)
    raised_with |= {"at": at, "actor": _actor(district, "dispatcher"), "late_reason": LATE}
    raised_with["book"] = book
    raised = RaisePetition(petitioner=petitioner, area="unknown", **raised_with, **sealed)
    await _execute(service, story, (case_id, 0), raised)
    unit: str | None = None
    for number, one in enumerate(story.turns, start=1):
        unit = one.filled.get("unit", unit)
        step, at = STEPS[one.verb], at + timedelta(hours=one.hours)
        filled = step.form.model_validate(one.filled)
        known: dict[str, Any] = dict(await service.sealer.seal(petitioner, filled.personal()))
        role = ROLES.get(one.verb, "dispatcher")
        actor = _actor(district, role, unit if role == "handling_unit" else None)
        known |= {"at": at, "actor": actor, "late_reason": LATE, "book": book}
        await _execute(service, story, (case_id, number), command(step, filled, known))


async def _execute(
    service: Grievance, story: Story, place: tuple[UUID, int], asked: CaseCommand
) -> None:
    case_id, number = place
    identity = Identity(_id(story, number), service.fingerprints.of(story.name.encode()))
    submission = single(Target(case, case_id), asked, identity, fresh=number == 0)
    await service.executor.execute(submission)


def _id(story: Story, number: int) -> UUID:
    return derived("sample", story.name, str(number))


def _actor(district: str, role: str, unit: str | None = None) -> Actor:
    name = unit or {"dispatcher": "clerk-1", "callback_agent": "caller-1"}[role]
    return Actor(id=name, roles=frozenset({role}), territory=district, unit=unit)
