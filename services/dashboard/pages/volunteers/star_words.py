"""What the pages call stars, the steps to one, and the figures by which they are judged."""

from __future__ import annotations

from collections.abc import Mapping

LEVELS = {"county": "区县", "city": "市", "province": "省"}
STATES = {
    "applied": "待公示",
    "noticed": "公示中",
    "objected": "有异议待答复",
    "upheld": "异议成立",
    "ready": "可以授予",
}
EVENTS = {
    "star-applied": "申请",
    "star-noticed": "开始公示",
    "star-objected": "有人提出异议",
    "objection-answered": "答复异议",
    "star-awarded": "授予",
    "star-refused": "不予授予",
    "star-recorded": "登记原有星级",
    "star-revoked": "撤销",
    "star-in-doubt": "时长冲正，星级存疑",
    "star-cleared": "解除存疑",
}
REFUSALS = {
    "hours_short": "时长不够",
    "objection_upheld": "异议成立",
    "conduct": "有不良行为",
    "papers_missing": "材料不全",
    "withdrew": "本人撤回",
}
REVOCATIONS = {
    "false_hours": "虚报时长",
    "hours_reversed": "时长已经冲正",
    "conduct": "有不良行为",
    "awarded_by_mistake": "授予有误",
    "own_wish": "本人要求",
}
OBJECTIONS = {"open": "待答复", "upheld": "成立", "dismissed": "不成立"}
FIGURES = {
    "ladder": "星级所需时长",
    "window": "时长怎么算",
    "skipping": "可以越级申请",
    "notice_days": "公示几个工作日",
    "cap": "时间账户上限",
    "opens": "服务满多少可以兑换",
    "opens_age": "满多少岁可以兑换",
    "kin": "可以转赠和继承的亲属",
    "priority": "没有储蓄也优先帮助的人",
    "barred_years": "虚报最长禁止几年",
    "longest": "一次服务最长",
    "daily": "一天最多",
    "late_days": "几天以内不算补录",
}
VALUES = {
    "lifetime": "累计",
    "calendar_year": "按自然年",
    "yes": "可以",
    "no": "不可以",
    "spouse": "配偶",
    "parent": "父母",
    "child": "子女",
    "grandparent": "祖父母、外祖父母",
    "grandchild": "孙子女、外孙子女",
    "sibling": "兄弟姐妹",
    "guardian": "监护人",
    "ward": "被监护人",
    "other_kin": "其他亲属",
    "empty_nest": "空巢老人",
    "left_behind_child": "留守儿童",
    "hardship": "困难家庭",
    "disabled": "残疾人",
    "living_alone": "独居老人",
    "veteran": "退役军人",
}
SOURCES = {
    "100/300/600/1,000/1,500 h; county 1-2, city 3-4, province 5: Fujian 2013":
        "100/300/600/1,000/1,500 小时；一二星区县授予，三四星市授予，五星省授予：福建，2013年",
    "four is granted before five is applied for: Sichuan youth volunteers 2021":
        "取得四星才能申请五星：四川青年志愿者，2021年",
    "at least five working days of public notice: Guangdong": "公示不少于五个工作日：广东",
    "1,500 h, the excess may be honoured: Nanjing, Xinhua 2019-08-30":
        "1,500 小时，超出的给予表彰：南京，新华网2019年8月30日",
    "redemption opens at one star: Guangzhou, New Express 2019-08-27":
        "一星起可以兑换：广州，新快报2019年8月27日",
    "gifts to direct relatives: Beijing, CCTV 2022-01-20":
        "可以转赠给直系亲属：北京，央视2022年1月20日",
    "elders living alone, of low income, disabled: Nanjing, Xinhua 2019-08-30":
        "独居、低收入、残疾老人：南京，新华网2019年8月30日",
    "false hours bar 1-3 years: Guangdong": "虚报时长禁止1至3年：广东",
    "ours: nobody serves through a day and a night": "本系统规定：没有人能连续服务一天一夜",
    "a day has 24 hours": "一天有24小时",
    "ours: what is older is told with a reason": "本系统规定：更早的要说明理由",
}  # fmt: skip
WORDS: Mapping[str, Mapping[str, str]] = {
    "star_level": LEVELS,
    "star_state": STATES,
    "star_event": EVENTS,
    "star_refusal": REFUSALS,
    "star_revocation": REVOCATIONS,
    "star_reason": {**REFUSALS, **REVOCATIONS},
    "star_objection": OBJECTIONS,
    "hours_figure": FIGURES,
    "hours_value": VALUES,
    "hours_source": SOURCES,
}
