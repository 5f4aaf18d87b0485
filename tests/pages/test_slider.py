"""The time slider of a case stands where the address says, and goes to the present and back."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from services.grievance.sample.loading import id_of
from tests.pages.gallery import THEN
from tests.pages.looking import visit

STOPS = "one => [Number(one.value), Number(one.max)]"


async def test_an_address_may_name_any_moment(opened: Browser, sample_district: str) -> None:
    async with visit(opened, sample_district, width=1280, dark=False) as someone:
        await someone.be("clerk-1")
        await someone.open(f"/cases/{id_of('lamp')}?moment={THEN}&reading=was")
        slider, shown = someone.page.locator("#moment"), someone.page.locator(".slider output")
        assert await slider.evaluate(STOPS) == [4, 9], "signed for, and not answered yet"
        await expect(shown).not_to_have_text("现在")
        await slider.press("End")
        await expect(shown).to_have_text("现在")
        assert "moment" not in someone.page.url
        await slider.press("Home")
        assert await slider.evaluate(STOPS) == [1, 9]
        assert someone.noted == []
