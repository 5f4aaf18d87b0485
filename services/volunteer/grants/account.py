"""Who may do what with an account: hours, time, what becomes of them."""

from __future__ import annotations

from shared.core.access import Grant, Roles

SERVICE: Roles = frozenset({"service"})
RECORDERS: Roles = frozenset({"recorder", "team_leader", "activity_lead"})
APPROVERS: Roles = frozenset({"hours_approver"})
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
