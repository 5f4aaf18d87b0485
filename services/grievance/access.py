"""Who may do what with a case. Pure."""

from __future__ import annotations

from services.grievance.case.two_people import SEPARATIONS
from shared.core.access import Access, Grant, Roles

FRONT: Roles = frozenset(
    {"resident", "grid_worker", "building_head", "dispatcher", "first_receiver"}
)
WIDE: Roles = frozenset(
    {"grid_worker", "building_head", "dispatcher", "first_receiver", "callback_agent",
     "supervisor", "arbiter", "district_observer", "auditor", "importer"}
)  # fmt: skip
REPORTS: Roles = frozenset({"dispatcher", "supervisor", "district_observer", "auditor"})
DISPATCHER: Roles = frozenset({"dispatcher"})
UNIT: Roles = frozenset({"handling_unit"})
DESKS: Roles = frozenset(
    {"grid_worker", "dispatcher", "first_receiver", "callback_agent", "arbiter", "supervisor"}
)
SUPERVISOR: Roles = frozenset({"supervisor"})
LEADERS: Roles = frozenset({"dispatcher", "supervisor"})
DECIDERS: Roles = frozenset({"supervisor", "arbiter"})
OPERATORS: Roles = frozenset({"supervisor", "district_observer", "auditor", "administrator"})
CALLERS: Roles = frozenset({"callback_agent"})
KEEPERS: Roles = frozenset({"administrator"})
RULES: Roles = REPORTS | KEEPERS
# Who may open what is not theirs, contact and all, if they say why; each time it is on record.
GLASS: Roles = DESKS | frozenset({"auditor"})
# Who watches over the others. What a unit may know of a case does not hang on who else saw it.
OVERSEERS: Roles = frozenset({"supervisor", "auditor"})
# Whoever takes a step that files can stand behind.
HANDING_IN: Roles = frozenset(
    {"handling_unit", "arbiter", "grid_worker", "supervisor", "callback_agent"}
)
READERS = [Grant(WIDE), Grant(UNIT, "involved"), Grant(frozenset({"resident"}), "own")]
# Whoever has shown number and code, and so acts for the petitioner.
PETITIONER = [Grant(frozenset({"resident"}), "own")]
BLOWERS: Roles = frozenset({"dispatcher", "supervisor", "grid_worker", "party_secretary"})
WHISTLES = [Grant(WIDE | BLOWERS), Grant(UNIT, "unit")]
EXPORTERS: Roles = frozenset({"dispatcher", "supervisor", "auditor"})
REVEAL: Roles = frozenset({"dispatcher", "first_receiver", "handling_unit", "callback_agent"})

ACCESS = Access(
    actions={
        "raise_petition": [Grant(FRONT, "anywhere")],
        "record_past_petition": [Grant(frozenset({"importer"}), "anywhere")],
        "accept_case": [Grant(frozenset({"dispatcher", "first_receiver"}))],
        "decline_case": [Grant(DISPATCHER)],
        "dispatch_case": [Grant(DISPATCHER)],
        "sign_order": [Grant(UNIT, "unit")],
        "submit_reply": [Grant(UNIT, "unit")],
        "bounce_order": [Grant(UNIT, "unit")],
        "decide_remit": [Grant(frozenset({"arbiter"}))],
        "contact_requester": [Grant(UNIT, "unit")],
        "note_progress": [Grant(UNIT, "unit")],
        "assign_assist": [Grant(DISPATCHER), Grant(UNIT, "unit")],
        "give_assist": [Grant(UNIT, "involved")],
        "request_extension": [Grant(UNIT, "unit")],
        "decide_extension": [Grant(SUPERVISOR)],
        "verify_site": [Grant(frozenset({"grid_worker", "supervisor", "callback_agent"}))],
        "order_redo": [Grant(frozenset({"dispatcher", "supervisor", "callback_agent"}))],
        "shelve_case": [Grant(SUPERVISOR)],
        "review_shelved": [Grant(SUPERVISOR)],
        "raise_level": [Grant(LEADERS)],
        "open_supervision": [Grant(SUPERVISOR)],
        "end_supervision": [Grant(SUPERVISOR)],
        "request_exclusion": [Grant(LEADERS)],
        "decide_exclusion": [Grant(DECIDERS)],
        "verify_clue": [Grant(frozenset({"grid_worker", "dispatcher", "supervisor"}))],
        "link_case": [Grant(DISPATCHER)],
        "owe_notice": [Grant(frozenset({"service"}), "anywhere")],
        "record_delivery": [Grant(frozenset({"service"}), "anywhere")],
        "record_failure": [Grant(frozenset({"service"}), "anywhere")],
        "record_undeliverable": [Grant(frozenset({"service"}), "anywhere")],
        "note_time": [Grant(frozenset({"service"}), "anywhere")],
        "record_callback": [Grant(frozenset({"callback_agent"}))],
        "close_case": [Grant(DISPATCHER)],
        "reopen_case": [Grant(frozenset({"dispatcher", "callback_agent"}))],
        "correct_case": [Grant(frozenset({"dispatcher", "supervisor"}))],
        "answer_callback": PETITIONER,
        "ask_reopen": PETITIONER,
        "ask_withdrawal": PETITIONER,
        "withdraw_petition": [Grant(DISPATCHER)],
        # And each case of a batch as its step has it.
        "take_batch": [Grant(frozenset({"dispatcher", "first_receiver"})), Grant(UNIT, "unit")],
        "erase_subject": [
            Grant(frozenset({"supervisor", "registrar"})),
            Grant(frozenset({"service"}), "anywhere"),  # passes on what was asked elsewhere
        ],
        "read_register": READERS,
        "read_desk": [Grant(DESKS), Grant(UNIT, "unit")],
        "read_case": READERS,
        "read_timeline": READERS,
        "read_photo": READERS,
        "upload_file": [Grant(HANDING_IN, "anywhere")],
        "read_file": READERS,
        "read_letter": READERS,
        "read_chain": READERS,
        # With what the reader sees on the page: the fields below stay sealed for the others.
        "read_evidence": [Grant(EXPORTERS)],
        "read_notices": READERS,
        "read_outbox": [Grant(frozenset({"dispatcher", "supervisor", "administrator"}))],
        "break_glass": [Grant(GLASS, "anywhere")],
        "read_looks": [Grant(OVERSEERS | KEEPERS)],
        "search_looks": [Grant(OVERSEERS)],
        "read_backlog": [Grant(REPORTS), Grant(UNIT, "unit")],
        "read_channels": [Grant(REPORTS)],
        "read_response_times": [Grant(REPORTS)],
        "blow_whistle": [Grant(BLOWERS)],
        "call_more": [Grant(BLOWERS)],
        "report_unit": [Grant(UNIT, "unit")],
        "give_result": [Grant(UNIT, "unit")],
        "end_whistle": [Grant(BLOWERS, "own")],  # nobody but whoever blew it
        "note_arrivals": [Grant(frozenset({"service"}), "anywhere")],
        "read_whistles": WHISTLES,
        "read_whistle": WHISTLES,
        "read_turnout": [Grant(REPORTS | BLOWERS), Grant(UNIT, "unit")],
        "open_campaign": [Grant(BLOWERS)],
        "link_campaign_case": [Grant(BLOWERS & WIDE)],  # who may read the case, too
        "join_campaign": [Grant(BLOWERS & WIDE)],  # the case's part of it
        "record_campaign_result": [Grant(BLOWERS)],
        "close_campaign": [Grant(BLOWERS)],
        "read_campaigns": [Grant(WIDE | BLOWERS)],
        "read_scores": [Grant(REPORTS), Grant(UNIT, "unit")],
        "read_sample": [Grant(REPORTS | CALLERS)],
        "publish_rule_book": [Grant(KEEPERS)],
        "withdraw_rule_book": [Grant(KEEPERS)],
        "read_rules": [Grant(RULES)],
        "read_copies": [Grant(OPERATORS, "anywhere")],
        "read_contracts": [Grant(frozenset({"service"}), "anywhere")],
    },
    fields={"name": REVEAL, "phone": REVEAL, "email": REVEAL, "address": REVEAL},
    separations=SEPARATIONS,
    public={
        "file_petition": "nothing",
        "upload_photo": "nothing",
        "follow_petition": "code",
        "read_own_photo": "code",
        "read_own_file": "code",
        "read_own_letter": "code",
        "answer_callback": "code",
        "ask_reopen": "code",
        "ask_withdrawal": "code",
    },
)
