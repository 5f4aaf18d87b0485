"""What a certificate calls things: in Chinese and in English, whoever it is shown to."""

from __future__ import annotations

TITLE = "志愿服务时长证明"
TITLE_EN = "Certificate of volunteer service"
SERIAL = "编号 Serial"
NAME = "姓名 Name"
PERIOD = "服务期间 Period"
HOURS = "服务时长 Time served"
RECORDS = "服务记录 Records"
COMMUNITY = "所在地区 Community"
ISSUED = "出具日期 Issued on"
CHECK = "怎样核对 How to check this paper"
PLACE = "记录位置 Log position"
HASH = "校验值 Hash"
NO_NAME = "（未载明，见人员编号）"
PERSON = "人员编号 Person"
ERASED = "（个人信息已清除）"
TYPE_IT = "打开下面的网址，输入编号，就能看到本证明是否真实，所载时长是否仍然有效。"
TYPE_IT_EN = (
    "Open this address and type the serial: it says whether the certificate is genuine, and "
    "whether its hours still stand."
)
NO_SITE = "在出具单位的网站，打开“核对证明”页面 On the issuer's site, page /certificates"
TRUE_AT = "本证明由业务记录生成，在第 {} 号记录处为真；此后如有时长被撤销，以核对结果为准。"


def spelled(minutes: int) -> str:
    """Minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分 ({hours} h {rest} min)，共 {minutes} 分钟 (minutes)"
