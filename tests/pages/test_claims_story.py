"""Points that are claimed, through the pages: on a phone with a photo, looked into by a reviewer
who compares it, approves the one and turns the other down."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Locator, expect

from services.dashboard.pages.people_page import ALONE, NEIGHBOUR
from tests.pages.looking import Visit, visit

LONG = 60_000  # milliseconds: the read models come round
WORDS = "帮三楼的老人搬米"
OTHER = "周末打扫楼道"
FINE = "已加分"


async def test_a_claim_is_made_compared_approved_and_shown(
    opened: Browser, sample_district: str, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8 as good as any: only its hash is taken")
    async with (
        visit(opened, sample_district, width=390) as first,
        visit(opened, sample_district, width=390) as second,
        visit(opened, sample_district) as reviewer,
    ):
        await first.be(NEIGHBOUR)
        await second.be(ALONE)
        await reviewer.be("supervisor-1")
        await _claimed(first, WORDS, photo)
        await _claimed(second, OTHER)
        await _compared(reviewer, photo)
        await _approved(reviewer, WORDS)
        await _turned_down(reviewer, OTHER)
        await _shown(first, FINE, "+2 分")
        await _shown(second, "未通过", "凭据看不出来")
        for someone in (first, second, reviewer):
            assert someone.noted == []
            assert await someone.overflow() <= 0
            assert await someone.hindrances() == []


async def _claimed(someone: Visit, words: str, photo: Path | None = None) -> None:
    await someone.open("/points/claim")
    page = someone.page
    await page.locator("input[value='activity']").check()
    await page.fill("#words", words)
    if photo is not None:
        await page.set_input_files("#photo", photo)
        await expect(page.get_by_text("照片已记下指纹")).to_be_visible()
    await page.get_by_role("button", name="申报", exact=True).click()
    await page.wait_for_url("**/points/claims?min_position=*", timeout=LONG)
    mine = page.locator("li", has_text=words)
    await expect(mine.get_by_text("等待审核")).to_be_visible()
    today = datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d")
    await expect(mine).to_contain_text(today)


async def _compared(reviewer: Visit, photo: Path) -> None:
    """The photo that is shown is the one that was claimed with; another is not."""
    await reviewer.open("/points/claims")
    page = reviewer.page
    await page.locator("summary", has_text="核对照片").click()
    await page.set_input_files("#compare", photo)
    await expect(_row(reviewer, WORDS)).to_have_attribute("aria-selected", "true")
    other = photo.with_name("other.jpg")
    other.write_bytes(b"another")
    await page.set_input_files("#compare", other)
    await expect(page.get_by_text("这一页没有用这张照片的申报")).to_be_visible()


async def _approved(reviewer: Visit, words: str) -> None:
    row = _row(reviewer, words)
    await row.locator("[data-pick]").check()
    await reviewer.page.get_by_role("button", name="通过审核").click()
    await expect(row).to_have_count(0, timeout=LONG)


async def _turned_down(reviewer: Visit, words: str) -> None:
    row = _row(reviewer, words)
    await row.locator("summary", has_text="不通过").click()
    await row.locator("select[name=reason]").select_option("no_evidence")
    await row.get_by_role("button", name="不通过").click()
    await expect(row).to_have_count(0, timeout=LONG)


async def _shown(someone: Visit, *texts: str) -> None:
    await someone.open("/points/claims")
    for text in texts:
        await expect(someone.page.get_by_text(text).first).to_be_visible()


def _row(reviewer: Visit, words: str) -> Locator:
    return reviewer.page.locator("tr", has_text=words)
