"""The rules that every district begins with, until it publishes its own."""

from __future__ import annotations

from datetime import date

from services.points.rules.book import Expiry, HonourKind, PointsRules, Reason
from shared.core.roles import Role

STAFF: tuple[Role, ...] = ("grid_worker", "party_secretary", "points_reviewer")

BOOK = PointsRules(
    version="2026.1",
    starts=date(2000, 1, 1),
    reasons=(
        Reason(code="activity", label="参加社区活动", label_en="Community activity",
               points=2, daily=10, evidence="words", granted_by=STAFF),
        Reason(code="mediation", label="调解矛盾纠纷", label_en="Mediating disputes",
               points=15, monthly=60, evidence="words", granted_by=STAFF),
        Reason(code="serving", label="服务群众", label_en="Serving people",
               unit="hour", points=2, daily=16),
        Reason(code="clue", label="提供线索", label_en="Giving clues",
               points=5, daily=10, monthly=50),
        Reason(code="explaining", label="宣讲政策", label_en="Explaining policy",
               points=10, daily=20, evidence="words", granted_by=STAFF),
        Reason(code="answering", label="回访评价", label_en="Answering a callback",
               points=1, daily=2),
        Reason(code="uncivil", label="不文明行为", label_en="Uncivil conduct", taken=True,
               points=5, evidence="words", granted_by=("points_reviewer", "supervisor")),
    ),
    daily=50,
    reactions={
        "hours_approved": "serving",
        "clue_verified": "clue",
        "callback_answered": "answering",
        "deliberation_attended": "activity",
        "mediation_succeeded": "mediation",
    },
    expiry=Expiry(mode="year_end", carry=100, notice=30),
    least=1,
    pickup_hours=72,
    refund_days=7,
    sharing=True,
    fen=50,
    honours=(
        HonourKind(code="ten_star_household", label="十星级文明户",
                   label_en="Ten-star civilised household", holder="household"),
        HonourKind(code="best_building_head", label="最美楼栋长",
                   label_en="Most beautiful building head", holder="person"),
        HonourKind(code="best_volunteer", label="最美志愿者",
                   label_en="Most beautiful volunteer", holder="person"),
        HonourKind(code="civilised_building", label="文明楼栋",
                   label_en="Civilised building", holder="building"),
        HonourKind(code="model_community", label="示范社区",
                   label_en="Model community", holder="community",
                   level="county", granted_by=("supervisor",)),
    ),
    sources={
        "reasons": "activity, mediation, serving, clues: S3; explaining policy 10 each time, "
                   "2 an hour: Shuanggang community, Yiyang, 2025-01-02; other amounts are ours",
        "limits": "ours: the shape of published tables, whose figures differ by place",
        "expiry": "ours: with the year, some carried over once",
        "fen": "ours: no official value of a point was found",
        "honours": "S0: ten-star household, building head, volunteer; the last two are ours",
        "pickup_hours": "ours: three days to fetch what was chosen",
        "refund_days": "ours: a week to bring something back",
    },
)  # fmt: skip
