"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.grievance.case.events import CaseEvent
from services.grievance.case.upcasters import UPCASTERS
from services.grievance.notice.events import NoticeEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "grievance"
GrievanceEvent = CaseEvent | NoticeEvent | PersonEvent
EVENTS = Catalogue.of(GrievanceEvent, UPCASTERS)
