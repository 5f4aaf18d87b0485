"""What the pages call the parts of rules for points, and where their figures come from."""

from __future__ import annotations

from collections.abc import Mapping

UNITS = {"each": "每次", "hour": "每小时"}
EVIDENCE = {"none": "不用", "words": "写明情况", "photo": "照片"}
EXPIRES = {"never": "长期有效", "days": "过若干天", "month_end": "当月月底", "year_end": "当年年底"}
DEEDS = {
    "hours_approved": "志愿时长审核通过",
    "clue_verified": "提供的线索核实",
    "callback_answered": "回访作了评价",
    "honour_granted": "授予荣誉",
    "deliberation_attended": "参加议事",
    "mediation_succeeded": "调解成功",
}
HOLDERS = {"person": "个人", "household": "家庭", "building": "楼栋", "community": "社区"}
# Each needs a source before rules are published, and any may have one.
SOURCED = {
    "reasons": "各项分值",
    "limits": "封顶",
    "expiry": "到期",
    "fen": "一分值几元",
    "pickup_hours": "几小时内取货",
    "refund_days": "几天内可以退",
    "honours": "荣誉",
}
SOURCES = {
    "activity, mediation, serving, clues: S3; explaining policy 10 each time, "
    "2 an hour: Shuanggang community, Yiyang, 2025-01-02; other amounts are ours":
        "活动、调解、服务、线索四项：基层治理文件；宣讲政策每次10分、服务每小时2分："
        "益阳市双港社区，2025年1月2日；其他分值是邻里的默认值",
    "ours: the shape of published tables, whose figures differ by place":
        "邻里的默认值：各地公布的表都有封顶，数字各不相同",
    "ours: with the year, some carried over once": "邻里的默认值：年底到期，可结转一次",
    "ours: no official value of a point was found": "邻里的默认值：没有查到官方公布的分值",
    "S0: ten-star household, building head, volunteer; the last two are ours":
        "十星级文明户、最美楼栋长、最美志愿者：基层治理文件；后两项是邻里的默认值",
    "ours: three days to fetch what was chosen": "邻里的默认值：三天内取货",
    "ours: a week to bring something back": "邻里的默认值：一周内可以退",
}  # fmt: skip
# Who may be named as giving points at once.
GIVERS = (
    "points_reviewer", "grid_worker", "party_secretary", "party_instructor", "supervisor",
    "mediator", "building_head", "lane_head", "activity_lead", "team_leader",
)  # fmt: skip
WORDS: Mapping[str, Mapping[str, str]] = {
    "points_unit": UNITS,
    "points_evidence": EVIDENCE,
    "points_expires": EXPIRES,
    "points_deed": DEEDS,
    "honour_holder": HOLDERS,
    "points_sourced": SOURCED,
    "points_source": SOURCES,
}
