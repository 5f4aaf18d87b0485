"""Every page as a picture: `make screenshots` writes .screenshots/<kind>/<page>-<width>-<language>.

Three districts: `full` has the sample, `empty` has nothing but its name, and `failing` cannot reach
its case service.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from playwright.async_api import Browser

from tests.pages.district import district
from tests.pages.gallery import PAGES, Shown
from tests.pages.looking import WIDTHS, Language, Visit, browser, visit

FOLDER = Path(__file__).parents[2] / ".screenshots"
NOBODY = "http://127.0.0.1:9/api/grievance/v1"
KINDS: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "full": (("--sample",), {}),
    "empty": ((), {}),
    "failing": ((), {"LINLI_FEEDS__GRIEVANCE": NOBODY}),
}


async def pictures(kind: str, base: str) -> None:
    """Every page of one district."""
    async with browser() as made:
        for width in WIDTHS:
            for language in get_args(Language):
                await _all(made, base, FOLDER / kind, (width, language))


async def _all(made: Browser, base: str, folder: Path, how: tuple[int, Language]) -> None:
    width, language = how
    for dark in (False, True) if width == 1280 else (False,):
        async with visit(made, base, width=width, dark=dark) as someone:
            await someone.speak(language)
            person: str | None = None
            for shown in PAGES:
                if shown.person and shown.person != person:
                    await someone.be(shown.person)
                    person = shown.person
                await _one(someone, shown, folder / f"{width}-{language}{'-dark' if dark else ''}")


async def _one(someone: Visit, shown: Shown, folder: Path) -> None:
    await someone.open(shown.path)
    await someone.page.wait_for_timeout(200)  # until a chart is drawn
    await someone.page.screenshot(path=folder / f"{shown.name}.png", full_page=True)


def main() -> None:
    """All kinds, one after the other. The browser makes the folders."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for kind, (options, told) in KINDS.items():
        with district(*options, told=told) as base:
            asyncio.run(pictures(kind, base))


if __name__ == "__main__":
    main()
