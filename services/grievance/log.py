"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.grievance.campaign import upcasters as campaign
from services.grievance.campaign.events import CampaignEvent
from services.grievance.case.events import CaseEvent
from services.grievance.case.upcasters import UPCASTERS
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
