"""A register that is full: a district's cases of three years, each line as the read models have it,
with subjects that can be opened and found by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any, NamedTuple, get_args
from uuid import UUID

from bench.lives import DAYS, NOW, places
from services.grievance.projections.case_register import CaseRow, case_register
from services.grievance.projections.case_rounds import RoundRow, case_rounds
from services.grievance.projections.case_words import WORDED, WordsRow, case_words
from services.grievance.words import CaseType, Channel
from shared.core.local_time import day_of, month_of
from shared.runtime.commands.erasing import Eraser
from shared.runtime.commands.sealing import Sealer
from shared.runtime.projections.wording import Wording
from shared.store import tables, tallies
from shared.store.key_store import KeyStore
from shared.store.pool import Pool

MODELS: Sequence[Any] = (case_register, case_rounds, case_words)
PAGE = 20_000
UNITS = tuple(f"unit-{n}" for n in range(50))
STATES = ("filed", "accepted", "dispatched", "signed", "replied")
OPEN = 30  # one in so many is
WHERE = (
    "北门",
    "三号楼",
    "小广场",
    "菜场东侧",
    "幼儿园门口",
    "地下车库",
    "河边步道",
    "公交站旁",
    "二单元",
    "楼顶",
)
WHAT = (
    "路灯",
    "窨井盖",
    "电梯",
    "垃圾桶",
    "健身器材",
    "雨水管",
    "人行道",
    "停车位",
    "花坛",
    "门禁",
)
HOW = (
    "不亮了",
    "坏了半个月",
    "一直漏水",
    "被占用",
    "有异味",
    "松动，怕砸到人",
    "夜里很吵",
    "没有人管",
)
RARE = "白鹭飞进了配电房"


class Text(NamedTuple):
    """What someone wrote: sealed, and as it is found."""

    person: UUID
    box: str
    terms: str


async def fill(pool: Pool, keys: Pool, master: bytes, log: str, cases: int) -> None:
    """Put so many cases into the register, what is open and what is searched."""
    store = KeyStore(keys, lambda: [master])
    sealer = Sealer(store)
    wording = Wording(sealer, Eraser(pool, log, store), await store.root(), WORDED)
    texts = [await _text(sealer, wording, n, text) for n, text in enumerate(_texts())]
    await sealer.aclose()
    await tables.make(pool, log, MODELS)
    random, sums = Random(3), {model.name: Counter[tuple[Any, str]]() for model in MODELS}
    for first in range(0, cases, PAGE):
        lines = [_line(random, n, cases, texts) for n in range(first, min(first + PAGE, cases))]
        for model, rows in zip(MODELS, zip(*lines, strict=True), strict=True):
            await _write(pool, model, rows, sums[model.name])
    for model in MODELS:
        await _sum_up(pool, model, sums[model.name])


def _texts() -> Iterator[str]:
    yield RARE
    for where, what, how in product(WHERE, WHAT, HOW):
        yield f"{where}{what}{how}"


async def _text(sealer: Sealer, wording: Wording, number: int, text: str) -> Text:
    person = UUID(int=number + 1)
    box = (await sealer.seal(person, {"subject": text}))["subject"].box
    return Text(person, box, " ".join(sorted(wording.terms(text))))


def _line(
    random: Random, number: int, cases: int, texts: Sequence[Text]
) -> tuple[CaseRow, RoundRow, WordsRow]:
    case_id = UUID(int=random.getrandbits(128))
    raised_at = NOW - timedelta(days=DAYS) + number * (timedelta(days=DAYS) / cases)
    text = texts[0] if number % 20_000 == 0 else random.choice(texts[1:])
    is_open = random.randrange(OPEN) == 0
    status = random.choice(STATES) if is_open else "closed"
    shared: dict[str, Any] = {
        "case_id": case_id,
        "territory": random.choice(ESTATES),
        "case_type": random.choice(get_args(CaseType)),
        "channel": random.choice(get_args(Channel)),
        "unit": random.choice(UNITS) if status in ("closed", "replied", "signed") else None,
        "raised_by": f"clerk-{random.randrange(40)}",
        "raised_at": raised_at,
    }
    row = CaseRow(
        number=number * 8 + 1, version=8, status=status, area="unknown", urgency="normal",
        category=None, source=None, ref=None, outcome=None if is_open else "solved", rounds=1,
        petitioner=text.person, subject=text.box, updated_at=raised_at, support=None, oppose=None,
        unit_version=3, closed_version=0, **shared,
    )  # fmt: skip
    due = day_of(raised_at + timedelta(days=15))
    round_ = RoundRow(stage=status, is_open=is_open, begun_at=raised_at, due=due, begun_version=1,
                      unit_version=3, callback_version=0, **shared)  # fmt: skip
    return row, round_, WordsRow(case_id, text.person, month_of(raised_at), text.terms)


ESTATES = tuple(code for code in places() if code.count("/") > 2)


async def _write(
    pool: Pool, model: Any, rows: Sequence[Any], sums: Counter[tuple[Any, str]]
) -> None:
    async with pool.acquire() as connection:
        changes = {row.case_id: row for row in rows}
        await tables.write(connection, model, changes, before={})
    if model.tally is not None:
        for row in rows:
            for key, amounts in model.tally.count(row).items():
                for name, amount in amounts.items():
                    sums[key, name] += amount


async def _sum_up(pool: Pool, model: Any, sums: Counter[tuple[Any, str]]) -> None:
    async with pool.acquire() as connection:
        if model.tally is not None:
            added: dict[Any, dict[str, int]] = {}
            for (key, name), amount in sums.items():
                added.setdefault(key, {})[name] = amount
            await tallies.add(connection, model.tally, added, tables.LIVE)
        await connection.execute(f"analyze read.{model.name}", timeout=tables.PATIENCE)
