"""A campaign through the pages: opened, a case put into it, its result recorded, closed."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from services.grievance.sample.loading import id_of
from tests.pages.looking import visit


async def test_a_campaign_is_opened_has_a_result_and_is_closed(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district, width=390) as clerk:
        await clerk.be("clerk-1")
        await clerk.open("/campaigns")
        page = clerk.page
        await page.locator("summary", has_text="发起行动").click()
        await page.fill("#name", "河边大扫除")
        await page.select_option("#lead-territory", "huolongjing")
        await page.get_by_role("button", name="发起行动").click()
        own = page.locator("[data-campaign]").first
        await expect(own).to_contain_text("河边大扫除")

        await own.locator("[data-step=link] summary").click()
        await own.get_by_label("案件编号").fill(str(id_of("parking")))
        await own.locator("[data-step=link] button").click()
        await expect(own.locator("dd").nth(2)).to_have_text("1")

        await own.locator("[data-step=result] summary").click()
        await own.get_by_label("清运垃圾（公斤）").fill("1200")
        await own.get_by_label("参加人数").fill("42")
        await own.locator("[data-step=result] button").click()
        await expect(own.locator("dd").first).to_have_text("1,200")

        await own.locator("[data-step=close] button").click()
        await expect(own.locator(".chip").first).to_have_text("已结束")
        assert clerk.noted == []
