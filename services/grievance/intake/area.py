"""The first place named in a subject line.

A masked name (a Latin letter, digits, then a word for a kind of place: A市, A3区, J11市) is exact
and wins wherever it stands; one with a space in it (J10 县) comes next and loses the space.
Without either, a name written out (长沙市, 麒麟区) is guessed: words that no place name holds and
words that only look like places (小区, 城市, 市民) cut the line into pieces, and the first piece
that holds a word for a kind of place gives the name. A name has two or three characters before
that word, one or two before 县 and 州; of a longer piece the last two are taken, as most names
are that long. No list of places is kept, so this stays a guess.
"""

import re

MASKED = re.compile(r"[A-Z]\d*[省市区县州镇乡村旗]")
MASKED_APART = re.compile(r"([A-Z]\d*)\s+([省市区县州镇乡村旗])")
NOT_A_PLACE = re.compile(
    "小区|社区|学区|园区|地区|景区|(?<!沙)市区|郊区|辖区|片区|校区|厂区|库区|院区|街区|矿区|灾区|老区|"
    "住宅区|工业区|商业区|保护区|开发区|高新区|经开区|管理区|示范区|棚户区|服务区|生活区|居民区|"
    "贫困山区|偏远山区|(?<![东西增相])城区|[县全本我该各跨两]区|"
    "(?<![盐运晋聊宣邹诸丰禹项韩应])城市|超市|门市|夜市|菜市|集市|楼市|股市|上市|"
    "市民|市场|市政(?!府)|市容|[省全本我该各县两]市|"
    "[全本我该各外跨节反]省|[全本我该各外邻两]县|县城|县政府|县领导|"
    "[城村乡小集古全本我该各]镇|[家老回返下故城]乡|乡[村镇下]|"
    "农村|村民|[全本我该各新]村|城中村|行政村|自然村|贫困村|[红国锦]旗|旗[下舰帜]|[神九]州|"
    "关于|有关|请问|咨询|反映|投诉|举报|建议|请求|希望|盼望|呼吁|要求|恳请|敬请|反对|支持|质疑|"
    "实名|强烈|坚决|再次|多次|紧急|关注|感谢|求助|解决|整治|治理|取缔|查处|规划|修建|加快|尽快|"
    "家住|居住|位于|地处|来自|前往|我们|你们|他们|咱们|领导|书记|市长|县长|区长|政府|"
    "[对在把被让给与及就向到为请我你您的]|[^一-鿿]"
)
WRITTEN_OUT = re.compile(
    r"([一-鿿]+?)(自治[州县旗]|州[省市区县镇乡村]?|县|(?<=[一-鿿]{2})(?:新区|[省市区镇乡村旗]))"
)


def first_place(subject: str) -> str | None:
    """The first place name of the line, as the module says; None if there is none."""
    if masked := MASKED.search(subject):
        return masked[0]
    if masked := MASKED_APART.search(subject):
        return masked[1] + masked[2]
    written_out = WRITTEN_OUT.search(NOT_A_PLACE.sub(" ", subject))
    return _trimmed(written_out[1], written_out[2]) if written_out else None


def _trimmed(stem: str, kind: str) -> str:
    """The name without the words that ran into it from the left."""
    if kind.startswith("自治"):
        return stem + kind
    if kind.startswith("州") and len(kind) > 1:
        return stem[-1] + kind
    longest = 2 if kind in ("州", "县") else 3
    return (stem if len(stem) <= longest else stem[-2:]) + kind
