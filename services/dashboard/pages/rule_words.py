"""What the pages call the figures of rule books and scores, and where those come from."""

from __future__ import annotations

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "dispatch": "派单时限",
    "answer": "答复时限",
    "sign": "签收时限",
    "bounce": "退单期限",
    "contact": "联系诉求人时限",
    "handle": "办理时限",
    "handle_otherwise": "其他类型的办理时限",
    "extension": "延期审批时限",
    "prolongs": "最长延期",
    "prolongs_otherwise": "其他类型的最长延期",
    "remit": "争议审定时限",
    "redo": "重办时限",
    "callback": "回访时限",
    "supervision": "督办时限",
    "exclusion": "剔除审定时限",
    "reopen": "可以申请重新办理的期限",
    "shelves": "最长挂账",
    "whistle": "吹哨后到场时限",
    "bounces": "最多退单次数",
    "redos": "重办几次可以提级",
    "units": "流转几个单位可以提级",
    "callback_share": "每月回访比例（%）",
}
UNITS = {"min": "分钟", "h": "小时", "d": "天", "wd": "个工作日"}
STATES = {"in_force": "现行", "to_come": "未生效", "past": "已被代替", "withdrawn": "已撤回"}
SOURCES: Mapping[str, str] = {
    "DB11/T 2021—2022, Beijing, in force 2023-01-01": "北京市 DB11/T 2021—2022，2023年1月1日起施行",
    "draft of DB11/T 2021, 2021-12": "DB11/T 2021 征求意见稿，2021年12月",
    "Qinglong county, 2023-06-28": "晴隆县，2023年6月28日",
    "Qinglong county, 2023-06-28; petitions: 60 days, Panzhihua petitions bureau, 2025-05-29;"
    " otherwise: 15 days, DB11/T 2021—2022, Beijing, in force 2023-01-01":
        "晴隆县，2023年6月28日；信访事项60天：攀枝花市信访局，2025年5月29日；"
        "其他15天：北京市 DB11/T 2021—2022",
    "Shandong hotline rule, 2020-01": "山东省热线办法，2020年1月",
    "Shandong hotline rule, 2020-01; petitions: Panzhihua petitions bureau, 2025-05-29":
        "山东省热线办法，2020年1月；信访事项：攀枝花市信访局，2025年5月29日",
    "as a general order, Shandong hotline rule, 2020-01":
        "与一般工单相同：山东省热线办法，2020年1月",
    "Bayannur, problem orders": "巴彦淖尔市，问题工单",
    "Pinggu, origin of the whistle": "平谷区，吹哨报到的由来",
    "Linli's default: no published figure found": "邻里的默认值：没有查到公布的数字",
    "Linli's definition: cities differ": "邻里的口径：各地不同",
    "Jungar Banner: response 30, resolution 35, satisfaction 35, in a secondary article":
        "准格尔旗：响应30、解决35、满意35，据二手报道",
    "Bengbu, 2011 measure: 90 excellent, 80 good, 60 pass, of 100":
        "蚌埠市2011年办法：满分100，90优秀、80良好、60合格",
}  # fmt: skip
RATES = {
    "response_rate": "响应率",
    "resolution_rate": "解决率",
    "satisfaction_rate": "满意率",
    "sign_rate": "按时签收率",
    "completion_rate": "办结率",
    "on_time_rate": "按期办结率",
    "redo_rate": "重办率",
    "extension_rate": "延期率",
    "bounce_rate": "退单率",
}
COUNTED = {
    "dispatched": "派单",
    "bounced": "退单",
    "sign_due": "到期应签收",
    "signed": "按时签收",
    "contact_due": "到期应联系",
    "contacted": "按时联系",
    "close_due": "到期应办结",
    "closed_in_time": "按期办结",
    "to_close": "办结或已超期",
    "closed": "办结",
    "redone": "办结前重办过",
    "extended": "延期",
    "called_back": "有效回访",
    "resolved": "回访已解决",
    "satisfied": "回访满意",
    "excluded": "剔除",
}
LEFT_OUT = {
    "cases that were excluded": "不计：已剔除的件",
    "cases that were excluded; orders with which it is not settled yet, or that went to another "
    "unit before it was": "不计：已剔除的件；还没到期的、到期前转走的工单",
}
GRADES = {"excellent": "优秀", "good": "良好", "pass": "合格", "fail": "不合格"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "figure": FIGURES,
    "limit": UNITS,
    "book_state": STATES,
    "source": SOURCES,
    "rate": RATES,
    "counted": COUNTED,
    "left_out": LEFT_OUT,
    "grade": GRADES,
}
