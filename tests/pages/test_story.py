"""One petition through the pages: filed on a phone, handled at desks, seen on the board, answered
by whoever filed it."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from tests.pages.looking import Visit, visit


async def _case(someone: Visit, path: str) -> None:
    await someone.open(path)


async def test_from_the_phone_to_the_board_and_back(opened: Browser, sample_district: str) -> None:
    async with (
        visit(opened, sample_district, width=390) as resident,
        visit(opened, sample_district) as operator,
        visit(opened, sample_district) as clerk,
        visit(opened, sample_district) as unit,
        visit(opened, sample_district) as caller,
    ):
        await operator.be("operator-1")
        await operator.open("/board/huolongjing")
        filed = operator.page.locator("[data-tile=filed] .tile-figure")
        before = int(await filed.inner_text())

        await resident.open("/petition")
        page = resident.page
        await page.select_option("#territory", "huolongjing")
        await page.fill("#details", "三栋二单元的楼道灯坏了，晚上看不清台阶。")
        await page.fill("#phone", "000-0000-1234")
        await page.get_by_role("button", name="提交").click()
        await expect(page.locator("#slip")).to_be_visible()
        number = await page.locator("[data-number]").inner_text()
        code = await page.locator("[data-code]").inner_text()
        assert re.fullmatch(r"[0-9]{8}-[0-9]+", number)

        await expect(filed).to_have_text(str(before + 1))

        await clerk.be("clerk-1")
        await clerk.open(f"/cases?q={number}")
        await clerk.page.locator("tbody th a").click()
        await clerk.page.locator("[data-step=accept] button").click()
        await clerk.page.locator("[data-step=dispatch] summary").wait_for()
        await clerk.page.fill("#unit", "city-management")
        await clerk.page.locator("[data-step=dispatch] button").click()
        await expect(clerk.page.locator(".chip").first).to_have_text("已派单")
        where = clerk.page.url.removeprefix(sample_district).split("?")[0]

        await unit.be("unit-1")
        await _case(unit, where)
        await expect(unit.page.locator("dl.facts")).to_contain_text("000-0000-1234")
        await unit.page.locator("[data-step=sign] button").click()
        await unit.page.fill("#reply-reply", "已换好两盏灯，今晚会亮。")
        await unit.page.locator("[data-step=reply] button").click()
        await expect(unit.page.locator(".chip").first).to_have_text("已回复")

        await resident.open("/petition/follow")
        await page.fill("#number", number)
        await page.fill("#code", code.lower())
        await page.locator("#look button").click()
        await expect(page.locator(".said")).to_have_text("已换好两盏灯，今晚会亮。")
        assert "000-0000-1234" not in await page.content()
        await page.get_by_label("没有解决").check()
        await page.get_by_label("不满意").check()
        await page.locator("form[data-again] button").click()
        await expect(page.locator("ol.time")).to_contain_text("没有解决，不满意")

        await caller.be("caller-1")
        await _case(caller, where)
        await expect(caller.page.locator("ol.time")).to_contain_text("没有解决")
        for someone in (resident, operator, clerk, unit, caller):
            assert someone.noted == []
