"""The logs of this service: their names, and every event each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.grievance.campaign import upcasters as campaign
from services.grievance.campaign.events import CampaignEvent
from services.grievance.case.events import CaseEvent
from services.grievance.case.upcasters import UPCASTERS
from services.grievance.look import upcasters as look
from services.grievance.look.events import LookEvent
from services.grievance.notice.events import NoticeEvent
from services.grievance.rule_book.events import RuleBookEvent
from services.grievance.whistle import upcasters as whistle
from services.grievance.whistle.events import WhistleEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "grievance"
GrievanceEvent = (
    CaseEvent | NoticeEvent | RuleBookEvent | PersonEvent | WhistleEvent | CampaignEvent
)
EVENTS = Catalogue.of(GrievanceEvent, {**UPCASTERS, **whistle.UPCASTERS, **campaign.UPCASTERS})
# Who looked. A log of its own: a lock, positions and seals of its own, and nothing is published.
LOOK_LOG = "grievance-access"
LOOKS = Catalogue.of(LookEvent, look.UPCASTERS)
LOGS: Mapping[str, Catalogue[Any]] = {LOG: EVENTS, LOOK_LOG: LOOKS}
