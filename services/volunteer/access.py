"""Who may do what with hours, time and what they come from. Pure."""

from __future__ import annotations

from services.volunteer.account.two_people import SEPARATIONS
from services.volunteer.activities.grants import ACTIVITIES
from services.volunteer.awarding.grants import AWARDING, PUBLIC
from services.volunteer.banking.grants import BANKING
from services.volunteer.boards.grants import BOARDS
from services.volunteer.caring.grants import CARING
from services.volunteer.certifying import grants as certifying
from services.volunteer.duty import judging
from services.volunteer.helping.grants import HELPING
from services.volunteer.importing import grants as importing
from services.volunteer.joining.grants import CALL_VOLUNTEERS, VOLUNTEERING
from services.volunteer.promising.grants import PROMISES
from services.volunteer.recording.grants import RECORDS
from services.volunteer.reporting import grants as reporting
from services.volunteer.ruling.grants import RULING
from services.volunteer.serving.grants import DUTIES
from services.volunteer.settling.grants import SETTLING
from services.volunteer.stars import two_people as over_stars
from services.volunteer.teaming.grants import TEAMS
from services.volunteer.watching.grants import WATCHING
from shared.core.access import Access, Grant, Roles

KEEPERS: Roles = frozenset({"administrator"})
SERVICE: Roles = frozenset({"service"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})
RECORDERS: Roles = frozenset({"recorder", "team_leader", "activity_lead"})
APPROVERS: Roles = frozenset({"hours_approver"})
OVERSEERS: Roles = frozenset({"supervisor", "district_observer", "auditor"})
COUNTER: Roles = frozenset({"registrar", "hours_approver"})
PEOPLE: Roles = frozenset({"volunteer", "resident"})
OWN = Grant(PEOPLE, "own")

ACCOUNTS = {
    "open_account": [Grant(COUNTER | RECORDERS), OWN],
    "move_account": [Grant(COUNTER), Grant(SERVICE, "anywhere")],
    "log_hours": [Grant(RECORDERS), OWN, Grant(SERVICE, "anywhere")],
    "approve_hours": [Grant(APPROVERS)],
    "reject_hours": [Grant(APPROVERS)],
    "reverse_hours": [Grant(APPROVERS | {"supervisor"})],
    "bar_volunteer": [Grant(frozenset({"supervisor"}))],
    "issue_certificate": [Grant(COUNTER), OWN],
    "hold_time": [Grant(COUNTER), OWN],
    "release_time": [Grant(COUNTER), OWN, Grant(SERVICE, "anywhere")],
    "redeem_time": [Grant(COUNTER), OWN, Grant(SERVICE, "anywhere")],
    "gift_time": [Grant(COUNTER), OWN],
    "receive_time": [Grant(COUNTER), OWN],  # the other half of a gift
    "donate_time": [Grant(COUNTER), OWN],
    "bring_in_hours": [Grant(frozenset({"importer"}))],
    "bring_in_time": [Grant(frozenset({"importer"}))],
    "transfer_out": [Grant(COUNTER)],
    "bequeath_account": [Grant(COUNTER)],
    "inherit_account": [Grant(COUNTER)],  # the other half of it
}

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
