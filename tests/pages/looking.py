"""A browser that notes whatever a page should not do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--no-first-run",
]  # fmt: skip
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {1280: 900, 390: 844}
Language = Literal["zh", "en"]
GRAVE = ("serious", "critical")


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, headless."""
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield made
        finally:
            await made.close()


class Visit:
    """A person at a browser. `noted` are faults of the pages: errors of scripts, violations of the
    content policy, requests to any other host."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.noted: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda fault: self.noted.append(f"script: {fault}"))
        page.on("request", self._request)

    async def open(self, path: str) -> int:
        """Go there; the status of the answer."""
        answer = await self.page.goto(self.base + path)
        assert answer is not None
        await self.page.wait_for_load_state("load")
        return answer.status

    async def be(self, person: str) -> None:
        """Become this person of the picker."""
        await self.open("/people")
        await self.page.locator(f"form:has(input[value='{person}']) button").click()
        await self.page.wait_for_url(lambda url: not url.endswith("/people"))

    async def speak(self, language: Language) -> None:
        """Switch the language."""
        await self.page.context.add_cookies(
            [{"name": "linli_language", "value": language, "url": self.base}]
        )

    async def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wide: int = await self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        return wide

    async def hindrances(self) -> list[str]:
        """What axe finds that is serious or critical."""
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = await self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0]['failureSummary']}"
            for one in found["violations"]
            if one["impact"] in GRAVE
        ]

    def _console(self, message: ConsoleMessage) -> None:
        # an answer of 4xx or 5xx is what the test looks at, not a fault of the page
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.noted.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.noted.append(f"foreign: {request.url}")


@asynccontextmanager
async def visit(
    made: Browser, base: str, *, width: int = 1280, dark: bool = False
) -> AsyncIterator[Visit]:
    """A person with a clean browser of this width."""
    context = await made.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if dark else "light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    context.set_default_timeout(15_000)
    try:
        yield Visit(await context.new_page(), base)
    finally:
        await context.close()
