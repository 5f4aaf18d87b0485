"""The register from a real web process, at any depth, over an open load."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import asyncpg

from bench import lives, registered, serving
from bench.figures import Bar, Figure, Measure
from bench.questions import asking
from bench.stage import Stage, load, rounds
from deploy.local.environment import environment
from deploy.local.supervisor import ADDRESS
from services.grievance import marks
from services.grievance.log import LOG
from shared.store.pool import open_pool
from shared.testkit import maps

A_SECOND = 20
CASES = "/api/grievance/v1/cases"
STREET = f"{serving.DISTRICT}/s3"
ASKED: tuple[dict[str, Any], ...] = (
    {}, {}, {}, {"territory": STREET}, {"territory": f"{STREET}/c4"}, {"state": "closed"},
    {"state": "signed"}, {"state": "open"}, {"type": "repair"}, {"unit": "unit-7"},
    {"unit": "unit-7", "territory": STREET}, {"overdue": "true"}, {"channel": "hotline"},
)  # fmt: skip
WORDS: tuple[dict[str, Any], ...] = (
    {"q": "路灯"}, {"q": "小广场花坛"}, {"q": registered.RARE}, {"q": "电梯", "territory": STREET},
)  # fmt: skip


def measure(stage: Stage) -> list[Measure]:
    """As many cases as `stage.events` are told of, eight of each."""
    cases = stage.events // int(lives.OF_A_CASE)
    with serving.web(stage) as port:
        seconds = asyncio.run(_filled(stage, cases))
        before = load()
        token, cases_at = serving.token(stage.home), f"http://{ADDRESS}:{port}{CASES}"
        contenders = {
            name: asking(token, _address(cases_at, ask), A_SECOND)
            for name, ask in (("pages", _page), ("words", _words))
        }
        samples = rounds(stage, contenders)
    shared = (
        f"{cases:,} cases of three years, one in {registered.OPEN} open (written in {seconds:.0f} "
        f"s); {A_SECOND} requests a second at their times, each a page of 50 with its subjects "
        "opened, from a random moment of the past on"
    )
    pages = Figure("pages of the register", "requests/s", f"{shared}; by state, place, unit, type",
                   samples["pages"])  # fmt: skip
    words = Figure("the register by words", "requests/s", f"{shared}; common and rare words",
                   samples["words"])  # fmt: skip
    return [Measure(pages, Bar(p95=50), [], before), Measure(words, Bar(p95=50), [], before)]


def _address(cases: str, ask: Callable[[Random], dict[str, Any]]) -> Callable[[Random], str]:
    return lambda random: f"{cases}?{urlencode(ask(random))}"


def _page(random: Random) -> dict[str, Any]:
    return {**random.choice(ASKED), **_somewhere(random)}


def _words(random: Random) -> dict[str, Any]:
    return {**random.choice(WORDS), **_somewhere(random)}


def _somewhere(random: Random) -> dict[str, Any]:
    """The first page, or the one behind a random moment."""
    if random.random() < 0.3:
        return {}
    moment = lives.NOW - timedelta(days=lives.DAYS) * random.random()
    return {"after": marks.filed_mark({"raised_at": moment, "case_id": UUID(int=0)})}


async def _filled(stage: Stage, cases: int) -> float:
    """The case service's database with the map and all the cases; the seconds that took."""
    told = environment(stage.home)
    pool = await open_pool(told["LINLI_GRIEVANCE__DSN"])
    keys = await open_pool(told["LINLI_GRIEVANCE__KEYS_DSN"])
    await maps.lay(pool, list(lives.places()))
    began = time.perf_counter()
    await registered.fill(
        pool, keys, base64.b64decode(stage.home.master_key.read_bytes()), LOG, cases
    )
    seconds = time.perf_counter() - began
    await pool.close()
    await keys.close()
    owner = await asyncpg.connect(environment(stage.home, owner=True)["LINLI_GRIEVANCE__DSN"])
    await owner.execute("vacuum analyze")
    await owner.close()
    return seconds
