"""What the founding documents name: streets, blocks, communities, estates, with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Named:
    """A place that a document names, below its parent."""

    code: str
    name: str
    parent: str
    households: int | None = None
    source: str = ""


DISTRICT = "shili"

STREETS = (
    Named("lingjiaoshan", "菱角山街道", "shili", source="S0"),
    Named("baiyuan", "白源街道", "shili", source="S1"),
    Named("tianxin", "田心街道", "shili", source="S2"),
    Named("jianning", "建宁街道", "shili", source="S3"),
    Named("shengli", "胜利街道", "shili", source="S4"),
)

# S2: 33 communities regrouped into 6 blocks; it names four of them. The types are those it gives.
BLOCKS = (
    Named("block-tianxin", "田心街区", "shili", source="S2"),
    Named("block-jingkan", "井墈街区", "shili", source="S2"),
    Named("block-xiangtianqiao", "湘天桥街区", "shili", source="S2"),
    Named("block-qiaoliangchang", "桥梁厂街区", "shili", source="S2"),
    Named("block-5", "第五街区", "shili"),
    Named("block-6", "第六街区", "shili"),
)

COMMUNITIES = (
    Named("huolongjing", "活龙井社区", "lingjiaoshan", source="S0"),
    Named("xincun", "新村社区", "baiyuan", source="S1"),
    Named("jingkan", "井墈社区", "tianxin", source="S2"),
    Named("chezhan", "车站社区", "jianning", source="S3"),
    Named("sanwan", "三湾社区", "shengli", source="S4"),
)

# S0: 17,000 people, 17 grid workers, 63 heads of buildings and lanes.
LARGEST = "huolongjing"
LARGEST_PEOPLE = 17_000
LARGEST_GRIDS = 17
LARGEST_HEADS = 63

ESTATES = (
    Named("tielu-sushe", "铁路宿舍区", "huolongjing", 580, "S0"),
    Named("xincun-kuangqu", "白源煤矿家属区", "xincun", 416, "S1"),
    Named("xinyuan", "新苑小区", "jingkan", source="S2"),
    Named("nanyuan", "南苑小区", "jingkan", source="S2"),
    Named("hengfeng", "恒丰小区", "jingkan", source="S2"),
    Named("guanghui", "广汇小区", "jingkan", source="S2"),
    Named("meiqi", "煤气生活区", "jingkan", source="S2"),
    Named("haohua-jinyuan", "昊华金源小区", "jingkan", source="S2"),
    Named("xuankuang", "选矿生活区", "jingkan", source="S2"),
    Named("zhusuo-youdian", "株所邮电部小区", "jingkan", source="S2"),
    Named("huodian-xincun", "火电新村", "jingkan", source="S2"),
    Named("litai", "利台生活小区", "chezhan", source="S3"),
    Named("wenhua", "文化小区", "sanwan", source="S4"),
    Named("sanwan-3", "三湾花园三期", "sanwan", source="S4"),
)

# S4: a row of railings was taken away, two estates became one.
MERGED = ("wenhua", "sanwan-3")
MERGER = Named("sanwan-wenhua", "三湾文化小区", "sanwan", source="S4")
MERGED_AT = datetime(2025, 5, 31, 16, tzinfo=UTC)  # the first minute of June in Beijing
