"""The rules that every district begins with, until it publishes its own."""

from __future__ import annotations

from datetime import date

from services.volunteer.rules.book import Rung, VolunteerRules

HOUR = 60

BOOK = VolunteerRules(
    version="2026.1",
    starts=date(2000, 1, 1),
    ladder=(
        Rung(star=1, minutes=100 * HOUR, level="county"),
        Rung(star=2, minutes=300 * HOUR, level="county"),
        Rung(star=3, minutes=600 * HOUR, level="city"),
        Rung(star=4, minutes=1_000 * HOUR, level="city"),
        Rung(star=5, minutes=1_500 * HOUR, level="province"),
    ),
    skipping=False,
    notice_days=5,
    cap=1_500 * HOUR,
    opens=100 * HOUR,
    kin=("spouse", "parent", "child", "grandparent", "grandchild"),
    longest=16 * HOUR,
    daily=24 * HOUR,
    late_days=3,
    priority=("empty_nest", "hardship", "disabled"),
    barred_years=3,
    sources={
        "ladder": "100/300/600/1,000/1,500 h; county 1-2, city 3-4, province 5: Fujian 2013",
        "skipping": "four is granted before five is applied for: Sichuan youth volunteers 2021",
        "notice_days": "at least five working days of public notice: Guangdong",
        "cap": "1,500 h, the excess may be honoured: Nanjing, Xinhua 2019-08-30",
        "opens": "redemption opens at one star: Guangzhou, New Express 2019-08-27",
        "kin": "gifts to direct relatives: Beijing, CCTV 2022-01-20",
        "priority": "elders living alone, of low income, disabled: Nanjing, Xinhua 2019-08-30",
        "barred_years": "false hours bar 1-3 years: Guangdong",
        "longest": "ours: nobody serves through a day and a night",
        "daily": "a day has 24 hours",
        "late_days": "ours: what is older is told with a reason",
    },
)
