"""Who may do what with requests for help. Pure."""

from __future__ import annotations

from shared.core.access import Grant, Roles

COUNTER: Roles = frozenset({"registrar", "hours_approver"})
ASKERS: Roles = COUNTER | {"grid_worker", "building_head"}
MATCHERS: Roles = COUNTER | {"dispatcher", "team_leader", "activity_lead", "grid_worker"}
REFEREES: Roles = frozenset({"registrar", "supervisor"})
OVERSEERS: Roles = frozenset({"supervisor", "district_observer", "auditor"})
PEOPLE: Roles = frozenset({"volunteer", "resident"})
SEE: Roles = ASKERS | MATCHERS | OVERSEERS
OWN = Grant(PEOPLE, "own")

HELPING = {
    "ask_help": [Grant(ASKERS), OWN],
    "match_help": [Grant(MATCHERS)],
    "accept_help": [OWN],
    "decline_help": [OWN],
    "finish_help": [OWN],
    "confirm_help": [Grant(COUNTER), OWN],
    "dispute_help": [OWN],
    "withdraw_help": [Grant(ASKERS), OWN],
    "drop_help": [Grant(REFEREES)],
    "lapse_help": [Grant(frozenset({"service"}), "anywhere")],
    "read_helps": [Grant(PEOPLE, "anywhere")],
    "read_help": [Grant(SEE), Grant(PEOPLE, "anywhere")],
    "read_help_desk": [Grant(SEE)],
    "read_helpers": [Grant(MATCHERS)],
}
