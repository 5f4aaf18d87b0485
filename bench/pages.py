"""Pages: the first one that a browser opens, with nothing of ours in its cache."""

from __future__ import annotations

import asyncio
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bench import boards, lives, serving
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from deploy.local.supervisor import ADDRESS
from shared.testkit.databases import ROLE

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
VISITS = 10  # a round
CASES = 200_000  # events
BOARD = f"/board/{serving.DISTRICT}"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
INCLUDES = (
    f"the board of the district with {CASES:,} events behind it, charts drawn, over loopback: from "
    "the beginning of the navigation until the page has loaded; a browser profile of its own each"
)


def measure(stage: Stage) -> list[Measure]:
    """The board; nothing where there is no Chromium."""
    if not CHROMIUM.exists():
        print(f"  left out: no {CHROMIUM}")
        return []
    asyncio.run(boards.filled(stage, lives.Told(CASES)))
    told = {"LINLI_DASHBOARD__DSN": stage.postgres.dsn(boards.DATABASE, ROLE)}
    with serving.web(stage, told) as port:
        before = load()
        samples = rounds(stage, {"ours": opening(port)})
    ours = Figure("first page, cold cache", "pages/s", INCLUDES, samples["ours"])
    return [Measure(ours, Bar(p95=1_500), [], before)]


def opening(port: int) -> Round:
    """A round of visits, one after the other."""

    async def run(stage: Stage) -> Sample:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            token = serving.token(stage.home)
            took = [await _visit(browser, port, token) for _ in range(VISITS)]
            await browser.close()
        return Sample.of(sum(took), took)

    return run


async def _visit(browser: Browser, port: int, token: str) -> float:
    """The seconds until the page has loaded."""
    visitor = await browser.new_context(extra_http_headers={"authorization": f"Bearer {token}"})
    page = await visitor.new_page()
    answer = await page.goto(f"http://{ADDRESS}:{port}{BOARD}", wait_until="load")
    if answer is None or not answer.ok:
        raise RuntimeError("the board was not shown")
    await page.locator(".chart canvas, .chart svg").first.wait_for()
    loaded: float = await page.evaluate(LOADED)
    await visitor.close()
    return loaded / 1e3
