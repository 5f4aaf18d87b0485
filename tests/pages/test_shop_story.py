"""From a phone to the counter: a roll of bags is put aside, its code is scanned, it is handed over,
and it comes back."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from services.dashboard.pages import people_page
from services.points.sample.market import item_of, shop_of
from tests.pages.looking import visit

SHOP, BAGS = shop_of(people_page.HOME), item_of(people_page.HOME, 5)  # four points


async def test_what_is_chosen_on_a_phone_is_scanned_and_handed_over(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district, width=390) as resident:
        await resident.be(people_page.VETERAN)
        await resident.open(f"/shop/{SHOP}")
        await resident.page.locator(f"[data-item='{BAGS}'] button").click()
        await resident.page.wait_for_url(lambda url: "/shop/codes" in url)
        code = await resident.page.locator("[data-code]").first.inner_text()
        first, second = code.split()
        assert (len(first), len(second)) == (4, 4)
        assert await resident.overflow() <= 0
        assert await resident.hindrances() == []
        async with visit(opened, sample_district) as keeper:
            await keeper.be("shop-1")
            await keeper.open(f"/counter/{SHOP}")
            page = keeper.page
            await page.keyboard.type("0000 0000")  # the field waits for it
            await page.keyboard.press("Enter")
            await expect(page.locator("#look-up [role='alert']")).to_be_visible()
            await page.locator("h1").click()  # a scanner types wherever one happens to be
            await page.evaluate("document.activeElement.blur()")
            await page.keyboard.type(code)
            await page.keyboard.press("Enter")
            await expect(page.locator("#found")).to_contain_text("垃圾袋 × 1 卷")
            assert await keeper.hindrances() == []
            await page.keyboard.press("Enter")  # the button has the focus
            await expect(page.locator("[data-done]")).to_contain_text("交出去了：垃圾袋，1 卷。")
            given = page.locator("[data-given]").first
            await given.locator("summary").click()
            await given.locator("select").select_option("faulty")
            await given.locator("input[value='true']").check()
            await given.locator("button").click()
            await expect(given.locator(".chip")).to_contain_text("还了 4 分")
            assert keeper.noted == []
        await resident.open("/shop/codes")
        await expect(resident.page.locator("[data-past='fulfilled']").first).to_contain_text("退回")
        assert resident.noted == []


async def test_what_is_not_wanted_any_more_is_free_again(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district, width=390) as resident:
        await resident.be(people_page.VETERAN)
        await resident.open(f"/shop/{SHOP}")
        had = await resident.page.locator("[data-free]").inner_text()
        await resident.page.locator(f"[data-item='{BAGS}'] button").click()
        await resident.page.wait_for_url(lambda url: "/shop/codes" in url)
        waiting = resident.page.locator("[data-waiting]").first
        await waiting.locator("summary").click()
        await waiting.locator("button").click()
        await expect(resident.page.locator("[data-past='cancelled']").first).to_be_visible()
        await resident.open(f"/shop/{SHOP}")
        assert await resident.page.locator("[data-free]").inner_text() == had
        assert resident.noted == []


async def test_a_delivery_is_entered_in_yuan(opened: Browser, sample_district: str) -> None:
    async with visit(opened, sample_district) as keeper:
        await keeper.be("shop-1")
        await keeper.open(f"/counter/{SHOP}/stock/{BAGS}")
        page = keeper.page
        before = int(await page.locator("[data-tile='shelf'] .tile-figure").inner_text())
        await page.locator("#came").fill("20")
        await page.locator("input[value='supplier']").check()
        await page.locator("#source").fill("惠民超市")
        await page.locator("#cost").fill("19.9")
        await page.locator("form[data-command$='/receive'] button").click()
        await expect(page.locator("[data-tile='shelf'] .tile-figure")).to_have_text(
            str(before + 20)
        )
        await expect(page.locator("[data-move]").first).to_contain_text("19.90 元")
        assert keeper.noted == []
