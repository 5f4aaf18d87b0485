"""A whistle through the pages: blown in the street, answered by a unit that was called, ended."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.pages.looking import visit


async def test_a_whistle_is_blown_answered_and_ended(opened: Browser, sample_district: str) -> None:
    async with (
        visit(opened, sample_district, width=390) as worker,
        visit(opened, sample_district) as unit,
    ):
        await worker.be("grid-1")
        await worker.open("/whistles")
        page = worker.page
        await page.locator("summary", has_text="吹哨").click()
        await page.select_option("#blow-territory", "huolongjing")
        await page.fill("#blow-where", "东门外")
        await page.select_option("#blow-reason", "emergency")
        await page.fill("#blow-what", "树倒了，压着电线。")
        await page.fill("#blow-unit-1", "city-management")
        await page.fill("#blow-unit-2", "fire-brigade")
        await page.get_by_role("button", name="吹哨").click()
        row = page.locator("tr", has_text="树倒了，压着电线。")
        await expect(row).to_contain_text("0 个到场，叫了 2 个")
        await row.locator("a").click()
        where = page.url.removeprefix(sample_district).split("?")[0]

        await unit.be("unit-1")
        await unit.open(where)
        await unit.page.locator("[data-step=report] button").click()
        await unit.page.fill("#words", "已锯断树枝。")
        await unit.page.get_by_role("button", name="报告结果").click()
        own = unit.page.locator("[data-unit=city-management]")
        await expect(own).to_contain_text("按时到场")
        await expect(own).to_contain_text("已锯断树枝。")
        await expect(unit.page.locator("[data-step=end]")).to_have_count(0)

        await worker.open(where)
        await page.locator("[data-step=end] summary").click()
        await page.locator("[data-step=end] button").click()
        await expect(page.locator(".chip").first).to_have_text("已结束")
        await expect(page.locator("[data-unit=fire-brigade]")).to_contain_text("不用到场")
        await worker.open("/whistles")
        line = page.locator("section tr", has_text="按时到场").first
        await expect(line).to_be_visible()
        for someone in (worker, unit):
            assert someone.noted == []
