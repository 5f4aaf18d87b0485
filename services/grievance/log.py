"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.grievance.case.events import CaseEvent
from services.grievance.case.upcasters import UPCASTERS
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "grievance"
GrievanceEvent = CaseEvent | PersonEvent
EVENTS = Catalogue.of(GrievanceEvent, UPCASTERS)
