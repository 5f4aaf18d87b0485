"""Rules for points as an administrator drafts, tries, publishes and withdraws them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, Page

from services.points.rules.book_2026_1 import BOOK
from shared.core.local_time import day_of
from tests.pages.looking import visit


async def tried(page: Page) -> None:
    """The form, sent to be tried."""
    await page.get_by_role("button", name="试算").last.click()


async def test_rules_for_points_are_drafted_tried_published_and_withdrawn(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district) as someone:
        await someone.be("keeper-1")
        page = someone.page
        await someone.open("/points/rules")
        assert await page.get_by_role("heading", name=BOOK.version).is_visible()
        await page.get_by_role("link", name="照这一版起草新的").click()
        await page.get_by_label("生效日").fill(day_of(datetime.now(UTC) + timedelta(days=30)))
        await tried(page)
        assert await page.locator("#version[aria-invalid]").count() == 1, "it needs a version"
        assert await page.get_by_role("button", name="发布").count() == 0
        await page.get_by_label("版本号").fill("points-later")
        await page.locator("#reasons-1-points").fill("20")
        await page.get_by_role("button", name="再加一项", exact=True).click()
        added = page.locator("[data-reason]").last
        await added.get_by_label("名称", exact=True).fill("河道巡查")
        await added.get_by_label("英文名称").fill("River patrol")
        await added.get_by_label("代码").fill("patrol")
        await added.get_by_label("分值").fill("五")
        await tried(page)
        number = len(BOOK.reasons)
        assert await page.locator(f"#reasons-{number}-points[aria-invalid]").count() == 1
        assert await page.locator("#reasons-1-points").input_value() == "20", "nothing is lost"
        await page.locator(f"#reasons-{number}-points").fill("5")
        await tried(page)
        assert await page.locator("[data-tried]").count() == 1
        await page.get_by_role("button", name="发布").click()
        await page.wait_for_url("**/points/rules?min_position=*")
        await page.get_by_role("link", name="points-later").click()
        assert await page.get_by_role("row", name="河道巡查").is_visible()
        assert "+20" in await page.get_by_role("row", name="调解矛盾纠纷").inner_text()
        await page.get_by_role("button", name="撤回 points-later").click()
        await page.wait_for_url("**/points/rules?min_position=*")
        assert "已撤回" in await page.locator("tr", has_text="points-later").inner_text()
        assert someone.noted == []


async def test_who_may_not_try_rules_has_no_form(opened: Browser, sample_district: str) -> None:
    async with visit(opened, sample_district) as someone:
        await someone.be("resident-1")
        await someone.open("/points/rules")
        assert await someone.page.get_by_role("link", name="照这一版起草新的").count() == 0
        assert await someone.open("/points/rules/draft") == 403
