"""A campaign and every command on it, as the tests tell them; and some at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from services.grievance.campaign.commands import (
    CampaignCommand,
    CloseCampaign,
    LinkCampaignCase,
    OpenCampaign,
    RecordCampaignResult,
)
from services.grievance.campaign.decider import campaign
from services.grievance.campaign.events import (
    CampaignCaseLinked,
    CampaignClosed,
    CampaignEvent,
    CampaignOpened,
    CampaignResultRecorded,
)
from services.grievance.log import LOG
from shared.core.messages import Actor, Rejected
from shared.store.append import append
from shared.store.pool import Connection
from shared.testkit.spec import Spec
from tests.grievance.lives import decided

given = Spec(campaign)

CASE = UUID(int=21)
CHIEF = Actor(id="chief-1", roles=frozenset({"party_secretary"}), territory="d")
OPENED = datetime(2026, 6, 1, 1, tzinfo=UTC)
DAY = "2026-06-06"
ON_THE_DAY = datetime(2026, 6, 6, 4, tzinfo=UTC)
TOLD: dict[str, Any] = {"name": "清除卫生死角", "territory": "d/s1/c1", "day": DAY}

opened = CampaignOpened(at=OPENED, **TOLD)
linked = CampaignCaseLinked(at=OPENED + timedelta(days=1), case_id=CASE)
result = CampaignResultRecorded(at=ON_THE_DAY, rubbish_kg=98_500, people=340)
closed = CampaignClosed(at=ON_THE_DAY + timedelta(days=1))

open_it = OpenCampaign(at=OPENED, actor=CHIEF, **TOLD)
link = LinkCampaignCase(at=OPENED + timedelta(days=1), actor=CHIEF, case_id=CASE)
record = RecordCampaignResult(at=ON_THE_DAY, actor=CHIEF, rubbish_kg=98_500, people=340)
close = CloseCampaign(at=ON_THE_DAY + timedelta(days=1), actor=CHIEF)
COMMANDS: tuple[CampaignCommand, ...] = (open_it, link, record, close)
STATES: dict[str, tuple[CampaignEvent, ...]] = {
    "new": (), "open": (opened,), "closed": (opened, linked, result, closed),
}  # fmt: skip


async def hold_at_random(connection: Connection, seed: int, steps: int = 40) -> None:
    """So many commands to some campaigns, appended."""
    random, lives = Random(seed), dict[UUID, list[CampaignEvent]]()
    for _ in range(steps):
        fresh = not lives or random.random() < 0.2
        key = uuid4() if fresh else random.choice([*lives])
        before = lives.get(key, [])
        asked = random.choices(COMMANDS[1:], weights=(4, 4, 1))[0] if before else open_it
        if isinstance(asked, LinkCampaignCase):
            asked = replace(asked, case_id=UUID(int=random.randrange(9)))
        try:
            events = list[CampaignEvent](campaign.decide(asked, campaign.fold(before)))
        except Rejected:
            continue
        await append(connection, LOG, [decided(key, len(before), events)])
        lives[key] = [*before, *events]
