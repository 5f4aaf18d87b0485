"""A letter as a PDF: the same letter is the same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Paragraph

from services.grievance.letters.content import Letter
from shared.papers.drawing import HEADING, SIGNED, SMALL, TOP, pages, told

TITLE = "答复意见书"


def drawn(letter: Letter) -> bytes:
    """The letter, on pages of A4."""
    return pages(_flow(letter), f"{TITLE} {letter.number}", letter.number)


def _flow(letter: Letter) -> Iterator[Paragraph]:
    yield from told(TITLE, TOP)
    yield from told(f"编号：{letter.number}")
    yield from told(f"诉求人：{letter.name}")
    yield from told(f"您于 {letter.asked_on} 反映的事项，现答复如下。")
    for heading, texts in (
        ("反映事项", [letter.matter]),
        ("办理经过", letter.done),
        ("答复意见", [letter.reply]),
        ("办理结果", [letter.outcome]),
        ("如有异议", [letter.again]),
    ):
        yield from told(heading, HEADING)
        for text in texts:
            yield from told(text)
    yield from told(letter.unit, SIGNED)
    yield from told(letter.replied_on, SIGNED)
    yield from told(f"本件由业务记录生成，内容截至第 {letter.position} 号记录。", SMALL)
