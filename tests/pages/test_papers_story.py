"""Photos and papers through the pages: from the resident to the unit, and back with the reply."""

from __future__ import annotations

from playwright.async_api import Browser, FilePayload, Page, expect

from tests.grievance.papers import PLAIN
from tests.grievance.pictures import BASELINE
from tests.pages.looking import Visit, visit

PHOTO: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": BASELINE}
PAPER: FilePayload = {"name": "收据.pdf", "mimeType": "application/pdf", "buffer": PLAIN}
BROKEN: FilePayload = {**PAPER, "buffer": PLAIN[:-20]}


async def _file(resident: Visit) -> tuple[str, str]:
    """File a petition with a photo; its number and code."""
    await resident.open("/petition")
    page = resident.page
    await page.select_option("#territory", "huolongjing")
    await page.fill("#details", "三栋二单元的楼道灯坏了，晚上看不清台阶。")
    await page.set_input_files("#photos", [PHOTO])
    await expect(page.locator("[data-shown] img")).to_be_visible()
    await page.get_by_role("button", name="提交").click()
    await expect(page.locator("#slip")).to_be_visible()
    number = await page.locator("[data-number]").inner_text()
    return number, await page.locator("[data-code]").inner_text()


async def _open(page: Page, step: str) -> None:
    """Open the form of a step, where it is shut."""
    form = page.locator(f"details[data-step={step}]")
    await form.wait_for()
    if await form.get_attribute("open") is None:
        await form.locator("summary").click()


async def _saved(page: Page, role: str, name: str) -> tuple[str, bytes]:
    """What clicking this saves: under which name, and what is in it."""
    async with page.expect_download() as saved:
        await page.get_by_role(role, name=name).click()  # type: ignore[arg-type]
    file = await saved.value
    return file.suggested_filename, (await file.path()).read_bytes()


async def test_papers_and_the_letter_reach_whom_they_are_for(
    opened: Browser, sample_district: str
) -> None:
    async with (
        visit(opened, sample_district, width=390) as resident,
        visit(opened, sample_district) as clerk,
        visit(opened, sample_district) as unit,
    ):
        number, code = await _file(resident)
        await clerk.be("clerk-1")
        await clerk.open(f"/cases?q={number}")
        await clerk.page.locator("tbody th a").click()
        await clerk.page.locator("[data-step=accept] button").click()
        await _open(clerk.page, "dispatch")
        await clerk.page.fill("#unit", "city-management")
        await clerk.page.locator("[data-step=dispatch] button").click()
        await expect(clerk.page.locator(".chip").first).to_have_text("已派单")
        where = clerk.page.url.removeprefix(sample_district).split("?")[0]

        await unit.be("unit-1")
        await unit.open(where)
        page = unit.page
        await page.locator("[data-step=sign] button").click()
        await _open(page, "reply")
        await page.fill("#reply-reply", "已换好两盏灯，今晚会亮。")
        await page.set_input_files("#reply-files", [PAPER])
        await expect(page.locator("[data-step=reply] [data-shown] li")).to_contain_text("收据")
        await page.locator("[data-step=reply] button.first").click()
        await expect(page.locator(".chip").first).to_have_text("已回复")
        for name in ("文件 1", "下载答复意见书"):
            _, content = await _saved(page, "link", name)
            assert content.startswith(b"%PDF-")

        await resident.open("/petition/follow")
        page = resident.page
        await page.fill("#number", number)
        await page.fill("#code", code)
        await page.locator("#look button").click()
        await expect(page.locator(".photos img[src^='blob:']")).to_be_visible()
        for name, ending in (("文件 1", "-1.pdf"), ("下载答复意见书", f"{number}.pdf")):
            called, content = await _saved(page, "button", name)
            assert called.endswith(ending)
            assert content.startswith(b"%PDF-")
        for someone in (resident, clerk, unit):
            assert someone.noted == []


async def test_what_is_no_paper_is_said_beside_its_field(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district) as unit:
        await unit.be("unit-1")
        await unit.open("/desk?group=reply")
        await unit.page.locator("tbody th a").first.click()
        await _open(unit.page, "reply")
        page = unit.page
        await page.set_input_files("#reply-files", [BROKEN])
        field = page.locator("[data-step=reply] .field", has=page.locator("#reply-files"))
        await expect(field.get_by_role("alert")).to_contain_text("这份文件不能用")
        await expect(field.locator("li")).to_have_count(0)
        await page.set_input_files("#reply-files", [PAPER])
        await field.get_by_role("button", name="去掉").click()
        await expect(field.locator("li")).to_have_count(0)
        await expect(field.get_by_role("alert")).to_have_count(0)
