"""Somebody who may not see a contact says why, sees it, and is seen doing so."""

from __future__ import annotations

from playwright.async_api import Browser

from services.grievance.sample.loading import id_of
from tests.pages.looking import visit

CASE = f"/cases/{id_of('lamp')}"
WHY = "纪检来电核实，需要联系诉求人。"


async def test_whoever_breaks_glass_is_on_the_list_of_who_looked(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district) as someone:
        await someone.be("auditor-1")
        page = someone.page
        await someone.open(CASE)
        await page.get_by_role("link", name="写明理由再看").click()
        reason = page.get_by_label("为什么必须看")
        await reason.fill("看看")
        await page.get_by_role("button", name="记下并查看").click()
        assert not await page.get_by_text("理由已经记下").is_visible()
        await reason.fill(WHY)
        await page.get_by_role("button", name="记下并查看").click()
        await page.get_by_text("理由已经记下").wait_for()
        await someone.open(CASE)
        await page.get_by_role("link", name="谁看过这件").click()
        line = page.locator("tr", has_text=WHY).first
        assert "auditor-1" in await line.inner_text()
        assert await page.locator("tr", has_text="查了谁看过").first.is_visible()
        assert someone.noted == []


async def test_a_case_of_another_place_is_shown_to_whoever_says_why(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district) as someone:
        await someone.be("grid-1")
        page = someone.page
        assert await someone.open(f"/cases/{id_of('court')}") == 404
        await page.get_by_label("为什么必须看").fill(WHY)
        await page.get_by_role("button", name="记下并查看").click()
        await page.get_by_text("理由已经记下").wait_for()
        assert await page.get_by_text("经过").first.is_visible()
