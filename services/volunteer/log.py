"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.volunteer.account import upcasters as account
from services.volunteer.account.events import AccountEvent
from services.volunteer.duty import upcasters as duty
from services.volunteer.duty.events import DutyEvent
from services.volunteer.series import upcasters as series
from services.volunteer.series.events import SeriesEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "volunteer"
VolunteerEvent = (
    AccountEvent
    | PersonEvent
    | SeriesEvent
    | DutyEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    VolunteerEvent,
    {
        **account.UPCASTERS,
        **series.UPCASTERS,
        **duty.UPCASTERS,
    },
)
