"""Points through the pages: given at once by who may, seen on a phone, put together at home, and
taken back at the counter."""

from __future__ import annotations

from playwright.async_api import Browser, Locator, expect

from services.dashboard.pages.people_page import ALONE
from tests.pages.looking import Visit, visit

LONG = 60_000  # milliseconds: the read models come round
WORDS = "给邻居讲了医保怎么报销"


async def test_points_are_given_seen_shared_and_taken_back(
    opened: Browser, sample_district: str
) -> None:
    async with (
        visit(opened, sample_district, width=390) as grid,
        visit(opened, sample_district, width=390) as resident,
        visit(opened, sample_district) as supervisor,
    ):
        await grid.be("grid-1")
        await resident.be(ALONE)
        await supervisor.be("supervisor-1")
        before = await _free(resident)
        await _given(grid)
        assert await _free(resident) == before + 10
        await expect(_line(resident)).to_contain_text("+10")
        await _put_together(resident)
        assert await _free(resident) == before + 7
        await _taken_back(supervisor)
        assert await _free(resident) == before - 3
        await resident.open("/points/statement")
        await expect(_row(resident).get_by_text("后来冲销")).to_be_visible()
        for someone in (grid, resident, supervisor):
            assert someone.noted == []
            assert await someone.overflow() <= 0
            assert await someone.hindrances() == []


async def _free(resident: Visit) -> int:
    """What her page says that she can spend today."""
    await resident.open("/points")
    text = await resident.page.locator("[data-free]").inner_text()
    return int(text.removesuffix("分").replace(",", "").strip())


async def _given(grid: Visit) -> None:
    await grid.open(f"/points/give?holder={ALONE}")
    form = grid.page.locator("[data-step=earn]")
    await form.locator("input[value=explaining]").check()
    await form.locator("textarea").fill(WORDS)
    await form.get_by_role("button", name="加分").click()
    await grid.page.wait_for_url("**done=true**min_position=*", timeout=LONG)
    await expect(grid.page.get_by_text("已经记下。")).to_be_visible()


async def _put_together(resident: Visit) -> None:
    """An account of the household, and three points for it."""
    await resident.open("/points")
    page = resident.page
    await page.get_by_role("button", name="给我家开户").click()
    await page.wait_for_url("**min_position=*", timeout=LONG)
    step = page.locator("[data-step=to-household]")
    await step.locator("summary").click()
    await step.locator("input[name=points]").fill("3")
    await step.get_by_role("button", name="转过去").click()
    await expect(page.locator("[data-home]").get_by_text("3 分", exact=True)).to_be_visible(
        timeout=LONG
    )


async def _taken_back(supervisor: Visit) -> None:
    await supervisor.open(f"/points/statement?holder={ALONE}")
    row = _row(supervisor)
    await row.locator("summary").click()
    await row.locator("select[name=reason]").select_option("false_claim")
    await row.get_by_role("button", name="冲销").click()
    await expect(row.get_by_text("后来冲销")).to_be_visible(timeout=LONG)


def _line(someone: Visit) -> Locator:
    return someone.page.locator("[data-entry]", has_text=WORDS)


def _row(someone: Visit) -> Locator:
    return someone.page.locator("tr[data-entry=points-earned]", has_text=WORDS)
