"""Who may do what with hours, time and what they come from. Pure."""

from __future__ import annotations

from services.volunteer.account.two_people import SEPARATIONS
from services.volunteer.activities.grants import ACTIVITIES
from services.volunteer.banking.grants import BANKING
from services.volunteer.boards.grants import BOARDS
from services.volunteer.joining.grants import CALL_VOLUNTEERS, VOLUNTEERING
from services.volunteer.recording.grants import RECORDS
from services.volunteer.teaming.grants import TEAMS
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
        "erase_subject": [
            Grant(frozenset({"supervisor", "registrar"})),
            Grant(SERVICE, "anywhere"),  # passes on what was asked elsewhere
        ],
        "read_copies": [Grant(OPERATORS, "anywhere")],
        **BOARDS,
        "read_contracts": [Grant(SERVICE, "anywhere")],
    },
    separations=SEPARATIONS,
    fields={"name": CALL_VOLUNTEERS},
)
