"""A small sample: invented petitions at every stage, so that a first look shows something.

Loading it again adds nothing: each step is a command with an id of its own.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from services.grievance import forms
from services.grievance.case.commands import CaseCommand, RaisePetition
from services.grievance.case.decider import case
from services.grievance.service import Grievance
from services.grievance.steps import STEPS, command
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single

FILE = Path(__file__).with_name("sample.toml")
LATE = "migration"
# How long each step takes in the sample.
HOURS = {"accept": 3, "decline": 5, "dispatch": 1, "sign": 2, "reply": 60, "callback": 24,
         "close": 2, "reopen": 72, "correct": 1}  # fmt: skip
ROLES = {"sign": "handling_unit", "reply": "handling_unit", "callback": "callback_agent"}


@dataclass(frozen=True)
class Story:
    """One invented petition and the steps it went through, oldest first."""

    name: str
    days_ago: int
    petition: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]


async def load(service: Grievance) -> None:
    """Load the stories that are not there yet."""
    stories = [
        Story(name, told.pop("days_ago"), told, tuple(told.pop("steps", ())))
        for name, told in tomllib.loads(FILE.read_text(encoding="utf-8")).items()
    ]
    known = await service.executor.answers([_id(story, 0) for story in stories])
    fresh = [story for story in stories if _id(story, 0) not in known]
    began = datetime.now(UTC)
    await asyncio.gather(*(_tell(service, story, began) for story in fresh))


async def _tell(service: Grievance, story: Story, began: datetime) -> None:
    at = began - timedelta(days=story.days_ago)
    case_id, petitioner = derived("sample-case", story.name), derived("sample-person", story.name)
    form = forms.Petition.model_validate(story.petition)
    sealed = await service.sealer.seal(petitioner, form.personal())
    told: dict[str, Any] = form.model_dump(exclude={*form.SEALED, "person", "occurred_at"})
    district = service.map.atlas.district
    told |= {"at": at, "actor": _actor(district, "dispatcher"), "late_reason": LATE, **sealed}
    raised = RaisePetition(petitioner=petitioner, area="unknown", **told)
    await _execute(service, story, (case_id, 0), raised)
    unit: str | None = None
    for number, asked in enumerate(story.steps, start=1):
        [(verb, filled)] = asked.items()
        unit = filled.get("unit", unit)
        step, at = STEPS[verb], at + timedelta(hours=HOURS[verb])
        filled_form = step.form.model_validate(filled)
        known: dict[str, Any] = dict(await service.sealer.seal(petitioner, filled_form.personal()))
        role = ROLES.get(verb, "dispatcher")
        actor = _actor(district, role, unit if role == "handling_unit" else None)
        known |= {"at": at, "actor": actor, "late_reason": LATE}
        await _execute(service, story, (case_id, number), command(step, filled_form, known))


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
