"""Who may do what with an account, and who may read of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.core.access import Grant, Roles

SERVICE: Roles = frozenset({"service"})
REVIEWERS: Roles = frozenset({"points_reviewer"})
COUNTER: Roles = frozenset({"registrar", "points_reviewer"})
# Which of them may give points for what, the rules in force say: `granted_by`.
GIVERS: Roles = frozenset(
    {"points_reviewer", "grid_worker", "party_secretary", "party_instructor", "supervisor",
     "activity_lead", "team_leader", "mediator", "building_head", "lane_head"}
)  # fmt: skip
OVERSEERS: Roles = frozenset({"supervisor", "auditor"})
PEOPLE: Roles = frozenset({"volunteer", "resident"})
OWN = Grant(PEOPLE, "own")

ACCOUNTS: Mapping[str, Sequence[Grant]] = {
    "open_points_account": [Grant(COUNTER), OWN],
    "move_points_account": [Grant(COUNTER), Grant(SERVICE, "anywhere")],
    "name_keeper": [Grant(COUNTER)],
    "earn_points": [Grant(GIVERS)],
    "credit_deed": [Grant(SERVICE, "anywhere")],
    "deduct_points": [Grant(REVIEWERS | {"supervisor"})],
    "hold_points": [Grant(COUNTER), OWN],
    "release_points": [Grant(COUNTER), OWN, Grant(SERVICE, "anywhere")],
    "redeem_points": [Grant(COUNTER), Grant(SERVICE, "anywhere")],
    "refund_points": [Grant(COUNTER)],
    "reverse_points": [Grant(REVIEWERS | {"supervisor"})],
    "reverse_deed": [Grant(SERVICE, "anywhere")],
    "transfer_points": [Grant(COUNTER), OWN],
    "receive_points": [Grant(COUNTER), OWN],  # the other half of a transfer
    "expire_points": [Grant(SERVICE, "anywhere")],
    "note_expiry": [Grant(SERVICE, "anywhere")],
    "read_points_account": [Grant(COUNTER | OVERSEERS), OWN],
    "read_point_entries": [Grant(COUNTER | OVERSEERS), OWN],
}
