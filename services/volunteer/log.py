"""The log of this service: its name, and every event it may hold."""

from __future__ import annotations

from services.volunteer.account import upcasters as account
from services.volunteer.account.events import AccountEvent
from services.volunteer.activity import upcasters as activity
from services.volunteer.activity.events import ActivityEvent
from services.volunteer.clearing import upcasters as clearing
from services.volunteer.clearing.events import ClearingEvent
from services.volunteer.duty import upcasters as duty
from services.volunteer.duty.events import DutyEvent
from services.volunteer.help import upcasters as help_request
from services.volunteer.help.events import HelpEvent
from services.volunteer.pool import upcasters as pool
from services.volunteer.pool.events import PoolEvent
from services.volunteer.series import upcasters as series
from services.volunteer.series.events import SeriesEvent
from services.volunteer.stars import upcasters as stars
from services.volunteer.stars.events import StarsEvent
from services.volunteer.team import upcasters as team
from services.volunteer.team.events import TeamEvent
from services.volunteer.volunteer import upcasters as volunteer
from services.volunteer.volunteer.events import VolunteerEvent as OneVolunteerEvent
from services.volunteer.volunteer_rules import upcasters as volunteer_rules
from services.volunteer.volunteer_rules.events import VolunteerRulesEvent
from shared.core.catalogue import Catalogue
from shared.core.person.events import PersonEvent

LOG = "volunteer"
VolunteerEvent = (
    AccountEvent
    | PersonEvent
    | PoolEvent
    | OneVolunteerEvent
    | TeamEvent
    | ActivityEvent
    | VolunteerRulesEvent
    | StarsEvent
    | HelpEvent
    | ClearingEvent
    | SeriesEvent
    | DutyEvent
)  # fmt: skip
EVENTS = Catalogue.of(
    VolunteerEvent,
    {
        **account.UPCASTERS,
        **pool.UPCASTERS,
        **volunteer.UPCASTERS,
        **team.UPCASTERS,
        **activity.UPCASTERS,
        **volunteer_rules.UPCASTERS,
        **stars.UPCASTERS,
        **help_request.UPCASTERS,
        **clearing.UPCASTERS,
        **series.UPCASTERS,
        **duty.UPCASTERS,
    },
)
