"""The rule book 2026.1: what is in force where a deployment has published no other."""

from __future__ import annotations

from datetime import date

from services.grievance.rules.book import RuleBook
from shared.contracts import limits

DB11 = "DB11/T 2021—2022, Beijing, in force 2023-01-01"
DRAFT = "draft of DB11/T 2021, 2021-12"
QINGLONG = "Qinglong county, 2023-06-28"
SHANDONG = "Shandong hotline rule, 2020-01"
PANZHIHUA = "Panzhihua petitions bureau, 2025-05-29"
BAYANNUR = "Bayannur, problem orders"
PINGGU = "Pinggu, origin of the whistle"
OURS = "Linli's default: no published figure found"

BOOK = RuleBook(
    version=limits.VERSION,
    starts=date(2020, 1, 1),
    dispatch={"critical": "1h", "urgent": "2h", "normal": "24h", "complex": "24h"},
    answer={"critical": "2h", "urgent": "24h", "normal": "7d", "complex": "15d"},
    sign="2h",
    bounce="2wd",
    contact="24h",
    handle={kind: f"{days}d" for kind, days in limits.DAYS.items()},
    handle_otherwise=f"{limits.OTHERWISE}d",
    extension="2wd",
    prolongs={"petition": "30d"},
    prolongs_otherwise="10wd",
    remit="2wd",
    redo="5wd",
    callback="7d",
    supervision="10wd",
    exclusion="5wd",
    reopen="30d",
    shelves="365d",
    whistle="30min",
    bounces=2,
    redos=3,
    units=3,
    callback_share=10,
    sources={
        "dispatch": DB11,
        "answer": DRAFT,
        "sign": QINGLONG,
        "bounce": SHANDONG,
        "contact": OURS,
        "handle": f"{QINGLONG}; petitions: 60 days, {PANZHIHUA}; otherwise: 15 days, {DB11}",
        "extension": OURS,
        "prolongs": f"{SHANDONG}; petitions: {PANZHIHUA}",
        "remit": OURS,
        "redo": f"as a general order, {SHANDONG}",
        "callback": OURS,
        "supervision": OURS,
        "exclusion": OURS,
        "reopen": OURS,
        "shelves": OURS,
        "whistle": PINGGU,
        "bounces": OURS,
        "redos": BAYANNUR,
        "units": BAYANNUR,
        "callback_share": QINGLONG,
    },
)
