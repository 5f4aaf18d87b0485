"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.volunteer.account import upcasters as account
from services.volunteer.account.events import AccountEvent
from services.volunteer.stars import upcasters as stars
from services.volunteer.stars.events import StarsEvent
from services.volunteer.volunteer_rules import upcasters as volunteer_rules
from services.volunteer.volunteer_rules.events import VolunteerRulesEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "volunteer"
VolunteerEvent = (
    AccountEvent
    | PersonEvent
    | VolunteerRulesEvent
    | StarsEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    VolunteerEvent,
    {
        **account.UPCASTERS,
        **volunteer_rules.UPCASTERS,
        **stars.UPCASTERS,
    },
)
