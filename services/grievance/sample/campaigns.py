"""The campaigns of the sample district: a great clean-up, and one that has just begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.grievance.campaign.commands import (
    CampaignCommand,
    CloseCampaign,
    OpenCampaign,
    RecordCampaignResult,
)
from services.grievance.campaign.decider import campaign
from services.grievance.service import Grievance
from shared.core.local_time import day_of
from shared.core.messages import Actor
from shared.runtime.commands.ids import derived
from shared.runtime.commands.submission import Identity, Target, single

LATE = "migration"


@dataclass(frozen=True)
class Told:
    """A campaign, so many days before the sample is loaded; what was taken away by how many people,
    and whether it is over."""

    name: str
    territory: str
    days_ago: int
    results: tuple[tuple[int, int], ...] = ()
    over: bool = False


TOLD = (
    Told("清除卫生死角", "huolongjing", 40, ((61_500, 210), (38_000, 130)), over=True),
    Told("楼道清堆", "xincun", 2, ((2_400, 35),)),
)


async def load(service: Grievance, began: datetime) -> None:
    """Load what is not there yet of the campaigns, counted back from the first loading."""
    for told in TOLD:
        stream = derived("sample-campaign", told.name)
        for number, command in enumerate(_commands(service, told, began)):
            command_id = derived("sample", "campaign", told.name, str(number))
            identity = Identity(command_id, service.fingerprints.of(told.name.encode()))
            submission = single(Target(campaign, stream), command, identity)
            await service.executor.execute(submission)


def _commands(service: Grievance, told: Told, began: datetime) -> Iterator[CampaignCommand]:
    at = began - timedelta(days=told.days_ago)
    clerk = Actor(
        id="clerk-1", roles=frozenset({"dispatcher"}), territory=service.map.atlas.district
    )
    asked: dict[str, Any] = {"actor": clerk, "late_reason": LATE}
    yield OpenCampaign(at=at, name=told.name, territory=told.territory, day=day_of(at), **asked)
    for number, (kg, people) in enumerate(told.results, start=1):
        done = at + timedelta(hours=6 * number)
        yield RecordCampaignResult(at=done, rubbish_kg=kg, people=people, **asked)
    if told.over:
        yield CloseCampaign(at=at + timedelta(days=1), **asked)
