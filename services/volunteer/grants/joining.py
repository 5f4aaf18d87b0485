"""Who may do what with volunteers. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

REGISTRARS: Roles = frozenset({"registrar", "team_leader"})
KNOW: Roles = frozenset(
    {"registrar", "team_leader", "activity_lead", "recorder", "hours_approver", "party_secretary",
     "supervisor", "district_observer", "auditor"}
)  # fmt: skip
# Who sees names: those who call people together, and those who say whether they came.
CALL_VOLUNTEERS: Roles = frozenset(
    {"registrar", "team_leader", "activity_lead", "recorder", "hours_approver", "party_secretary"}
)
OWN = Grant(frozenset({"volunteer", "resident"}), "own")

VOLUNTEERING: Mapping[str, Sequence[Grant]] = {
    "register_volunteer": [Grant(REGISTRARS | {"importer"}), OWN],
    "change_volunteer": [Grant(REGISTRARS), OWN],
    "end_volunteer": [Grant(REGISTRARS), OWN],
    "read_volunteers": [Grant(KNOW)],
    "read_volunteer": [Grant(KNOW), OWN],
}
