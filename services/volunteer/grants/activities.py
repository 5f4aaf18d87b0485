"""Who may do what with activities. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.volunteer.grants.teaming import EVERYONE, OWN, ROSTER
from shared.core.access import Grant, Roles

LEADS: Roles = frozenset({"team_leader", "activity_lead", "party_secretary"})
RECORDERS: Roles = frozenset({"team_leader", "activity_lead", "recorder"})

ACTIVITIES: Mapping[str, Sequence[Grant]] = {
    "plan_activity": [Grant(LEADS), Grant(frozenset({"service"}), "anywhere")],
    "change_activity": [Grant(LEADS)],
    "cancel_activity": [Grant(LEADS), Grant(frozenset({"service"}), "anywhere")],
    "sign_up": [Grant(RECORDERS), OWN],
    "withdraw_sign_up": [Grant(RECORDERS), OWN],
    "sign_in": [Grant(RECORDERS), OWN],
    "sign_out": [Grant(RECORDERS), OWN],
    "mark_attendance": [Grant(RECORDERS)],
    "hold_activity": [Grant(RECORDERS)],
    "read_activities": [Grant(EVERYONE, "anywhere")],
    "read_activity": [Grant(EVERYONE, "anywhere")],
    "read_attendance": [Grant(ROSTER)],
    "read_site_code": [Grant(RECORDERS)],
    "read_campaign_effects": [Grant(EVERYONE, "anywhere")],
}
