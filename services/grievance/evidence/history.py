"""`history.html`: a case as a page to read and to print, though not what is proved. No script and
no other file has a part in it; whatever stands in a text is shown as text. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any, NamedTuple

import orjson

from services.grievance.evidence import words
from services.grievance.evidence.opened import Shown
from services.grievance.evidence.spelling import Fact, Names, moment, told_of
from shared.core.messages import ANONYMOUS

# What turns the order of signs around, or is an order to whoever prints.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
STYLE = """
@page { size: A4; margin: 18mm 16mm }
body { font: 16px/1.7 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: #1a1a1a;
 max-width: 46em; margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.6em; line-height: 1.3 } h2 { font-size: 1.1em; margin: 0 }
aside { border: 2px solid #7a1f1f; padding: .6em 1.1em; margin: 1.5em 0 }
aside p { margin: .4em 0 } code { font-size: .85em; word-break: break-all }
ol { list-style: none; padding: 0 } li { border-top: 1px solid #999; padding: .7em 0;
 break-inside: avoid } li p { margin: 0; color: #555; font-size: .9em }
dl { display: grid; grid-template-columns: 8em 1fr; gap: .15em 1em; margin: .4em 0 0 }
dt { color: #555 } dd { margin: 0; overflow-wrap: anywhere } dd.said { white-space: pre-wrap }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 11pt } }
"""
TOP = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    'style-src \'unsafe-inline\'"><meta name="viewport" content="width=device-width">'
)


class Page(NamedTuple):
    """What the page says beside the events. `erased` are sealed values that nobody can open any
    more, by version and name; `witnesses` are the names of those who signed the checkpoint."""

    number: str
    redacted: bool
    names: Names
    erased: frozenset[tuple[int, str]]
    sealed_at: datetime
    witnesses: Sequence[str]


def history(rows: Sequence[Any], shown: Sequence[Shown], page: Page) -> bytes:
    """The page of these rows, with the values that are shown."""
    texts = {(one.value.version, one.value.name): one for one in shown}
    return "".join(
        [
            TOP,
            f"<title>{seen(page.number)} 案件经过</title><style>{STYLE}</style></head><body>",
            f"<h1>案件经过　{seen(page.number)}</h1>",
            *_box(rows, page),
            "<ol>",
            *(_entry(row, page, texts) for row in rows),
            "</ol></body></html>\n",
        ]
    ).encode()


def seen(text: str) -> str:
    """A text that nothing can be hidden in: no mark-up, no sign that is not seen."""
    return escape("".join(one for one in text if one == "\n" or _visible(one)))


def _visible(one: str) -> bool:
    return unicodedata.category(one) not in UNSEEN


def _box(rows: Sequence[Any], page: Page) -> Iterator[str]:
    yield "<aside><h2>本文件能证明什么，不能证明什么</h2>"
    yield (
        f"<p><strong>能证明：</strong>下列 {len(rows)} 条记录当时就按此顺序存在，没有被改动，"
        f"其间没有缺少，且不晚于 {moment(page.sealed_at)}（北京时间）。{_witnessed(page)}</p>"
    )
    yield (
        "<p><strong>不能证明：</strong>所记的事情本身属实；此后没有新的记录；"
        "没有出示的加密内容写了什么；保管者没有用同一代号另存一份经过。</p>"
    )
    if page.redacted:
        yield (
            "<p><strong>这是隐去版：</strong>姓名、联系方式和所写文字都没有出示，"
            "其余照样可以核验。</p>"
        )
    yield (
        "<p><strong>怎样核验：</strong>本页只供阅读，证明在同一压缩包的 evidence.json 里。离线运行 "
        "<code>python verify_bundle.py 本文件.zip --key 公钥 --history</code>，"
        "程序逐条打印得到证明的内容；公钥要从本文件以外的途径取得并核对。</p></aside>"
    )


def _witnessed(page: Page) -> str:
    if not page.witnesses:
        return "这个时间由本系统的签名说明，没有外部见证。"
    return f"外部见证者 {seen('、'.join(page.witnesses))} 也签了名。"


def _entry(row: Any, page: Page, texts: Mapping[tuple[int, str], Shown]) -> str:
    version = row["version"]

    def text(name: str) -> str:
        one = texts.get((version, name))
        if one is None:
            return words.ERASED if (version, name) in page.erased else words.SEALED
        return one.text if one.secret else f"{one.text}{words.UNPROVED}"

    facts = told_of(orjson.loads(row["payload"]), page.names, text)
    return (
        f"<li><h2>{version}　{seen(words.EVENTS.get(row['type'], row['type']))}</h2>"
        f"<p>{moment(row['occurred_at'])} 发生，{moment(row['recorded_at'])} 记录"
        f"{'（历史数据导入）' if row['origin'] == 'history' else ''}　"
        f"经办：{seen(_who(row['actor']))}　记录号 {row['position']}</p>"
        f"<dl>{''.join(_fact(one) for one in facts)}</dl></li>"
    )


def _who(actor: str) -> str:
    return "诉求人（未登录）" if actor.startswith(ANONYMOUS) else actor


def _fact(one: Fact) -> str:
    kind = ' class="said"' if one.said else ""
    return f"<dt>{seen(one.label)}</dt><dd{kind}>{seen(one.text)}</dd>"
