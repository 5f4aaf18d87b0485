"""What a petitioner is told, as staff see it: beside the case, and in the outbox."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.pages.looking import visit
from tests.shared.toy.waiting import until


async def test_what_happens_to_a_case_is_told_and_shown(
    opened: Browser, sample_district: str
) -> None:
    async with (
        visit(opened, sample_district, width=390) as resident,
        visit(opened, sample_district) as clerk,
    ):
        await resident.open("/petition")
        page = resident.page
        await page.select_option("#territory", "huolongjing")
        await page.fill("#details", "小区西门的井盖松了，车一过就响。")
        await page.fill("#email", "nobody@example.com")
        await page.get_by_role("button", name="提交").click()
        await expect(page.locator("#slip")).to_be_visible()
        number = await page.locator("[data-number]").inner_text()

        await clerk.be("clerk-1")
        await clerk.open(f"/cases?q={number}")
        await clerk.page.locator("tbody th a").click()
        await expect(clerk.page.locator("[aria-labelledby=facts]")).to_contain_text(
            "nobody@example.com"
        )
        told = clerk.page.locator("[aria-labelledby=told]")
        await expect(told).to_contain_text("还没有要告知诉求人的事")
        await clerk.page.locator("[data-step=accept] button").click()
        await expect(clerk.page.locator(".chip").first).to_have_text("已受理")

        async def shown() -> bool:
            await clerk.page.reload()
            return "已告知" in await told.inner_text()

        await until(shown)
        await expect(told).to_contain_text("留在本机")
        await clerk.open("/outbox")
        line = clerk.page.locator("tbody tr", has_text=number)
        await expect(line).to_contain_text(f"您反映的事（编号 {number}）已经受理。")
        assert "nobody@example.com" not in await clerk.page.content()
        assert (resident.noted, clerk.noted) == ([], [])
