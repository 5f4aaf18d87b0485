"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.grievance.case.events import CaseEvent
from services.grievance.case.upcasters import UPCASTERS
from services.grievance.rule_book.events import (
    RuleBookEvent,
    RuleBookPublished,
    RuleBookWithdrawn,
)
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent, SubjectErased

LOG = "grievance"
GrievanceEvent = CaseEvent | RuleBookEvent | PersonEvent
# What did not happen to a case.
Elsewhere = SubjectErased | RuleBookPublished | RuleBookWithdrawn
EVENTS = Catalogue.of(GrievanceEvent, UPCASTERS)
