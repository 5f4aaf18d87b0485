"""Who may do what with hours, time and what they come from. Pure."""

from __future__ import annotations

from services.volunteer.account.two_people import SEPARATIONS
from services.volunteer.duty import judging
from services.volunteer.grants import certifying, importing, reporting
from services.volunteer.grants.account import ACCOUNTS
from services.volunteer.grants.activities import ACTIVITIES
from services.volunteer.grants.awarding import AWARDING, PUBLIC
from services.volunteer.grants.banking import BANKING
from services.volunteer.grants.boards import BOARDS
from services.volunteer.grants.caring import CARING
from services.volunteer.grants.helping import HELPING
from services.volunteer.grants.joining import CALL_VOLUNTEERS, VOLUNTEERING
from services.volunteer.grants.promising import PROMISES
from services.volunteer.grants.recording import RECORDS
from services.volunteer.grants.ruling import RULING
from services.volunteer.grants.serving import DUTIES
from services.volunteer.grants.settling import SETTLING
from services.volunteer.grants.teaming import TEAMS
from services.volunteer.grants.watching import WATCHING
from services.volunteer.stars import two_people as over_stars
from shared.core.access import Access, Grant, Roles

SERVICE: Roles = frozenset({"service"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})


ACCESS = Access(
    actions={
        **ACCOUNTS,
        **RECORDS,
        **BANKING,
        **VOLUNTEERING,
        **TEAMS,
        **ACTIVITIES,
        **PROMISES,
        **DUTIES,
        "erase_subject": [
            Grant(frozenset({"supervisor", "registrar"})),
            Grant(SERVICE, "anywhere"),  # passes on what was asked elsewhere
        ],
        "read_copies": [Grant(OPERATORS, "anywhere")],
        **BOARDS,
        "read_contracts": [Grant(SERVICE, "anywhere")],
        **RULING,
        **AWARDING,
        **HELPING,
        **SETTLING,
        **CARING,
        **WATCHING,
        **certifying.GRANTS,
        **reporting.GRANTS,
        **importing.GRANTS,
    },
    fields={"name": CALL_VOLUNTEERS},
    separations=(*SEPARATIONS, *over_stars.SEPARATIONS, *judging.SEPARATIONS),
    public={**PUBLIC, **certifying.PUBLIC},
)
