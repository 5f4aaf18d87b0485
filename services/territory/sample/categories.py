"""The categories of the sample's dispatch catalogue, in three levels, and who handles what. The
words are our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

# First level, second level: third level.
CATEGORIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "小区与住房": {
        "物业与收费": ("收费不清", "保洁不到位", "门岗无人", "更换物业"),
        "房屋修缮": ("屋顶渗水", "外墙脱落", "楼道灯不亮", "下水堵塞"),
        "电梯与消防": ("电梯停运", "通道堆物", "飞线充电"),
        "旧区改造": ("改造方案", "施工扰民", "改造质量"),
        "违建与占用": ("搭棚占地", "公共部位占用"),
    },
    "市容与环卫": {
        "垃圾清运": ("清运迟缓", "偷倒渣土", "分类投放"),
        "街面秩序": ("占道摆摊", "乱贴乱画", "门前堆放"),
        "绿化养护": ("树枝过高", "绿地毁坏"),
        "公厕与水沟": ("公厕脏乱", "明沟淤塞"),
    },
    "道路与停车": {
        "停车": ("车位不足", "挤占通道", "僵尸车"),
        "路面": ("坑洼积水", "井盖松动", "人行道破损"),
        "路灯与信号": ("路灯缺亮", "信号配时"),
        "公共交通": ("站点设置", "班次稀少"),
    },
    "水电气网": {
        "供水": ("水压过低", "爆管停水", "水质浑浊"),
        "供电供气": ("停电", "燃气入户"),
        "通信": ("线缆杂乱", "信号弱"),
    },
    "平安与消防": {
        "治安": ("盗窃", "斗殴", "夜间喧哗"),
        "养犬": ("不牵绳", "犬吠", "流浪犬"),
        "消防隐患": ("消防器材缺失", "违规用火"),
    },
    "生态环境": {
        "污水": ("污水直排", "河岸异味"),
        "油烟与噪声": ("餐饮油烟", "装修噪声", "广场舞音量"),
    },
    "民生保障": {
        "养老与助残": ("居家养老", "无障碍设施", "高龄补贴"),
        "救助": ("临时救助", "低保申请"),
        "就业与社保": ("再就业", "养老金领取"),
        "就医": ("慢病义诊", "医保报销"),
        "教育与托幼": ("就近入学", "课后看护"),
    },
    "邻里与调解": {
        "邻里矛盾": ("漏水纠纷", "噪音纠纷", "公共空间争执"),
        "家庭": ("赡养", "婚姻家事"),
        "宠物纠纷": ("咬伤赔偿",),
    },
    "市场与消费": {
        "食品": ("食品变质", "无证经营"),
        "消费争议": ("退款难", "价格不明"),
    },
    "党群与服务": {
        "办事服务": ("窗口态度", "证明开具"),
        "议事协商": ("议事提案", "信息公开"),
        "文体活动": ("场地预约", "老年大学报名"),
    },
}
# Who handles a category of the first or second level, in the whole district.
ROUTES: Mapping[str, str] = {
    "小区与住房": "housing", "小区与住房/电梯与消防": "market-supervision",
    "小区与住房/违建与占用": "city-management", "市容与环卫": "city-management",
    "市容与环卫/绿化养护": "green-care", "道路与停车": "city-management",
    "道路与停车/停车": "traffic-police", "道路与停车/路灯与信号": "traffic-police",
    "水电气网": "water", "水电气网/供电供气": "housing", "水电气网/通信": "culture",
    "平安与消防": "public-security", "平安与消防/消防隐患": "fire-brigade",
    "生态环境": "environment", "民生保障": "civil-affairs",
    "民生保障/就业与社保": "human-resources", "民生保障/就医": "health",
    "民生保障/教育与托幼": "education", "民生保障/养老与助残": "elder-services",
    "邻里与调解": "mediation-room",
    "市场与消费": "market-supervision", "党群与服务": "service-station",
    "党群与服务/议事协商": "petition-office",
}  # fmt: skip
# Of a finer category, since the second version.
EXCEPTIONS: Mapping[str, str] = {
    "小区与住房/房屋修缮/楼道灯不亮": "community-repair",
    "小区与住房/房屋修缮/下水堵塞": "community-repair",
}
BY_STREET = ("平安与消防/治安", "平安与消防/养犬")
BY_COMMUNITY = ("邻里与调解/邻里矛盾", "党群与服务/办事服务")


def paths() -> Iterator[str]:
    """Every category of the third level, by its path."""
    for first, seconds in CATEGORIES.items():
        for second, thirds in seconds.items():
            for third in thirds:
                yield f"{first}/{second}/{third}"
