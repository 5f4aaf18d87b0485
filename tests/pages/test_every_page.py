"""Every page, in both languages, on a desk and on a phone: it answers, fits, asks nobody else,
keeps its own rules, and everyone can use it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.pages.gallery import PAGES, Shown
from tests.pages.looking import Language, visit

STATUS = {"not-found": 404, "certificate-none": 404, "not-allowed": 403}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
async def test_a_page_is_whole(
    opened: Browser, sample_district: str, shown: Shown, width: int, language: Language
) -> None:
    async with visit(opened, sample_district, width=width, dark=language == "en") as someone:
        if shown.person:
            await someone.be(shown.person)
        await someone.speak(language)
        assert await someone.open(shown.path) == STATUS.get(shown.name, 200)
        assert await someone.overflow() <= 0
        assert await someone.hindrances() == []
        assert someone.noted == []
