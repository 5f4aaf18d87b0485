"""A district with its sample, and a browser that looks at it."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser

from tests.pages.district import district
from tests.pages.looking import CHROMIUM, browser

REQUIRED = "LINLI_BROWSER_REQUIRED"


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests share one district, so they run side by side with others, not with each other."""
    for item in items:
        if "sample_district" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("pages"))
            item.add_marker(pytest.mark.system)
            item.add_marker(pytest.mark.timeout(240))


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skips without Chromium, or fails where it is required."""
    if not CHROMIUM.exists():
        (pytest.fail if os.environ.get(REQUIRED) else pytest.skip)(f"no {CHROMIUM}")


@pytest.fixture(scope="package")
def sample_district(chromium: None) -> Iterator[str]:
    """The address of a small sample district, where it is never too late to tell somebody."""
    told = {"LINLI_TELLING__QUIET_FROM": "08:00", "LINLI_TELLING__QUIET_UNTIL": "08:00"}
    with district("--sample", "--scale", "0.05", told=told) as url:
        yield url


@pytest.fixture(scope="package")
async def opened(sample_district: str) -> AsyncIterator[Browser]:
    """A browser; each visit has a clean context of its own."""
    async with browser() as made:
        yield made
