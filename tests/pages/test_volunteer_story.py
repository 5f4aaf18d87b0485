"""An activity through the pages: planned, signed up for on a phone by somebody new, held; its hours
approved, in the volunteer's book, and taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Locator, expect

from services.dashboard.pages.people_page import NEIGHBOUR
from tests.pages.looking import Visit, visit

DISTRICT = ZoneInfo("Asia/Shanghai")
LONG = 60_000  # milliseconds: hours follow from an activity when the services have come round
NAME = "河边清洁日"


async def test_hours_are_planned_served_approved_and_reversed(
    opened: Browser, sample_district: str
) -> None:
    async with (
        visit(opened, sample_district) as leader,
        visit(opened, sample_district, width=390) as volunteer,
        visit(opened, sample_district, width=390) as approver,
    ):
        await leader.be("leader-1")
        await volunteer.be(NEIGHBOUR)
        await approver.be("approver-1")
        # Begun half an hour ago, with half an hour to go: it can be signed up for and held.
        starts = datetime.now(DISTRICT) - timedelta(minutes=30)
        calendar = f"/calendar?since={starts:%Y-%m-%d}"
        where = await _planned(leader, calendar, starts)
        await _signed_up(volunteer, calendar)
        await _held(leader, where)
        queue = f"/hours?activity={where.rsplit('/', 1)[-1]}"
        await _approved(approver, queue)
        await _in_the_book(volunteer, "存入服务时长", "审核通过")
        await _reversed(approver, queue)
        await _in_the_book(volunteer, "冲销服务时长", "已冲销")
        for someone in (leader, volunteer, approver):
            assert someone.noted == []
            assert await someone.overflow() <= 0


async def _planned(leader: Visit, calendar: str, starts: datetime) -> str:
    """The path of the activity that the leader plans."""
    await leader.open(calendar)
    page = leader.page
    await page.locator("summary", has_text="安排活动").click()
    await page.fill("#name", NAME)
    await page.select_option("#plan-territory", "huolongjing")
    await page.fill("#plan-place", "东门集合")
    await page.fill("#starts", f"{starts:%Y-%m-%dT%H:%M}")
    await page.fill("#ends", f"{starts + timedelta(minutes=60):%Y-%m-%dT%H:%M}")
    await page.select_option("#plan-kind", "cleaning")
    await page.select_option("#plan-service", "environment")
    await page.get_by_role("button", name="安排活动").click()
    await page.wait_for_url("**/calendar?min_position=*", timeout=LONG)
    await leader.open(calendar)
    return await _activity(leader).locator("h3 a").get_attribute("href") or ""


async def _signed_up(volunteer: Visit, calendar: str) -> None:
    """The small sample has not put this neighbour on the list of volunteers yet."""
    await volunteer.open(calendar)
    page = volunteer.page
    await page.fill("#reg-name", "赵小路")
    await page.select_option("#reg-territory", "huolongjing")
    await page.get_by_role("button", name="登记为志愿者").click()
    await page.wait_for_url("**/calendar?min_position=*", timeout=LONG)
    await volunteer.open(calendar)
    own = _activity(volunteer)
    await own.get_by_role("button", name="我要报名").click()
    await expect(own.get_by_text("已报名", exact=True)).to_be_visible(timeout=LONG)


async def _held(leader: Visit, where: str) -> None:
    await leader.open(where)
    page = leader.page
    await page.get_by_role("link", name="先全部记为到场").click()
    await page.get_by_role("button", name="保存考勤").click()
    label = page.locator("label", has_text="赵小路 · 已到场")
    await expect(label).to_have_count(1, timeout=LONG)
    await page.fill("#served", "12")
    await page.get_by_role("button", name="登记时长并结束").click()
    await expect(page.locator(".chip").first).to_have_text("来了 1 人", timeout=LONG)


async def _approved(approver: Visit, queue: str) -> None:
    page = approver.page
    row = page.locator("tr[data-row]")
    await _until_there(approver, queue, row)
    await expect(row).to_have_count(1)
    await expect(row).to_contain_text("环境整治")
    await page.get_by_label("全选这一页").check()
    await expect(page.locator("[data-count]")).to_have_text("已选 1 条")
    await page.get_by_role("button", name="通过审核").click()
    await expect(page.get_by_text("没有等您审核的时长。")).to_be_visible(timeout=LONG)


async def _reversed(approver: Visit, queue: str) -> None:
    page = approver.page
    await approver.open(f"{queue}&status=approved")
    step = page.locator("[data-step=reverse]")
    await step.locator("summary").click()
    await step.get_by_label("原因").select_option("mistake")
    await step.get_by_role("button", name="冲销").click()
    await expect(page.get_by_text("没有这样的服务记录。")).to_be_visible(timeout=LONG)


async def _in_the_book(volunteer: Visit, entry: str, state: str) -> None:
    """The last line of the statement is this entry of these hours; the record stands so."""
    line = volunteer.page.locator("section:has(#lines) tbody tr", has_text="环境整治").first
    await _until_there(volunteer, "/time", line.filter(has_text=entry))
    sign = "−" if entry.startswith("冲销") else "+"
    await expect(line).to_contain_text(f"{sign}3")  # thirty minutes and some
    record = volunteer.page.locator("tr[data-record]", has_text="环境整治").first
    await expect(record).to_contain_text(state)


async def _until_there(someone: Visit, path: str, wanted: Locator) -> None:
    """Opens the page until it shows this. Raises AssertionError after a minute."""
    for _ in range(LONG // 2_000):
        await someone.open(path)
        if await wanted.count():
            return
        await someone.page.wait_for_timeout(2_000)
    raise AssertionError(f"{path} does not show it")


def _activity(someone: Visit) -> Locator:
    return someone.page.locator("[data-activity]", has_text=NAME).first
