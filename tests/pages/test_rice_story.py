"""The story of the documents in a browser: a report at the information station becomes a clinic,
somebody serves there, the hours are approved, points arrive, rice is chosen on a phone and fetched
at the counter, and the district's board shows each step."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, Locator, expect

from services.dashboard.pages.people_page import HOME, VETERAN
from services.points.sample.market import item_of, shop_of
from tests.pages.looking import Visit, visit

DISTRICT = ZoneInfo("Asia/Shanghai")
LONG = 60_000  # milliseconds: what follows elsewhere comes when the services have come round
NAME = "周末义诊"
RICE, POINTS = item_of(HOME, 0), 40
# The form of a report has no channel: the station's own system files it.
FILE = """async (told) => {
  const answer = await fetch("/api/grievance/v1/cases", {
    method: "POST", body: JSON.stringify(told),
    headers: {"content-type": "application/json", "idempotency-key": crypto.randomUUID()},
  });
  return [answer.status, await answer.json()];
}"""
TILES = ("filed", "hours", "held", "points_given", "points_redeemed")


async def test_a_report_becomes_a_clinic_and_in_the_end_a_bag_of_rice(
    opened: Browser, sample_district: str
) -> None:
    async with (
        visit(opened, sample_district) as operator,
        visit(opened, sample_district) as leader,
        visit(opened, sample_district, width=390) as volunteer,
        visit(opened, sample_district) as staff,
    ):
        await operator.be("operator-1")
        await leader.be("leader-1")
        await volunteer.be(VETERAN)
        before = await _tiles(operator)
        case = await _reported(staff)
        clinic = await _promised(leader, case)
        activity = await _served(leader, volunteer, clinic)
        free = await _free(volunteer)
        await _approved(staff, f"/hours?activity={activity}")
        await _until(volunteer, "/points", "[data-free]", f"{free + 1:,}")
        code = await _chosen(volunteer)
        await _fetched(staff, code)
        await _moved(operator, before)
        for someone in (operator, leader, volunteer, staff):
            assert someone.noted == []


async def _tiles(operator: Visit) -> dict[str, int]:
    """The figures of the board of the community."""
    await operator.open(f"/board/{HOME}")
    figures = {}
    for name in TILES:
        text = await operator.page.locator(f"[data-tile={name}] .tile-figure").inner_text()
        figures[name] = int(text.replace(",", ""))
    return figures


async def _reported(staff: Visit) -> str:
    """A resident told the information station; the id of the case."""
    await staff.be("grid-1")
    told = {
        "channel": "station", "case_type": "suggest", "territory": HOME,
        "subject": "老人看病远", "details": "小区里慢性病的老人多，量血压要走很远。",
        "phone": "000-0000-4321",
    }  # fmt: skip
    status, answer = await staff.page.evaluate(FILE, told)
    assert status == 201, answer
    return str(answer["id"])


async def _promised(leader: Visit, case: str) -> str:
    """It becomes a clinic that recurs on this day of the week; the path of the promise."""
    page = leader.page
    await _until_taken(leader, case)
    await page.wait_for_url("**/promises?min_position=*", timeout=LONG)
    await leader.open("/promises")
    row = page.locator("tr[data-promise]", has_text=NAME).first
    await expect(row).to_contain_text("来自案件")
    return await row.locator("a").get_attribute("href") or ""


async def _until_taken(leader: Visit, case: str) -> None:
    """The case is known here a moment after it was filed there."""
    page, weekday = leader.page, datetime.now(DISTRICT).isoweekday()
    for _ in range(LONG // 2_000):
        await leader.open("/promises")
        await page.locator("summary", has_text="作出承诺").click()
        await page.fill("#name", NAME)
        await page.select_option("#kind", "clinic")
        await page.select_option("#at", HOME)
        await page.select_option("#rhythm", f'{{"every":"week","weekday":{weekday}}}')
        await page.fill("#cause", case)
        await page.get_by_role("button", name="作出承诺").click()
        await page.wait_for_timeout(2_000)
        if "min_position" in page.url:
            return
    raise AssertionError(f"the volunteer service never heard of case {case}")


async def _served(leader: Visit, volunteer: Visit, clinic: str) -> str:
    """An activity is planned for it, somebody signs up, and it is held; its id."""
    starts = datetime.now(DISTRICT) - timedelta(minutes=40)
    page = leader.page
    await leader.open(clinic)
    await page.get_by_role("link", name="为它安排活动").click()
    await page.fill("form #name", NAME)
    await page.select_option("#plan-territory", HOME)
    await page.fill("#plan-place", "居委会门口")
    await page.fill("#starts", f"{starts:%Y-%m-%dT%H:%M}")
    await page.fill("#ends", f"{starts + timedelta(minutes=60):%Y-%m-%dT%H:%M}")
    await page.select_option("#plan-kind", "health")
    await page.select_option("#plan-service", "health")
    await page.get_by_role("button", name="安排活动").click()
    await page.wait_for_url("**/calendar?min_position=*", timeout=LONG)
    calendar = f"/calendar?since={starts:%Y-%m-%d}"
    await _signed_up(volunteer, calendar)
    await leader.open(calendar)
    where = await _activity(leader).locator("h3 a").get_attribute("href") or ""
    await leader.open(where)
    await page.get_by_role("link", name="先全部记为到场").click()
    await page.get_by_role("button", name="保存考勤").click()
    await expect(page.locator("label", has_text="已到场")).to_have_count(1, timeout=LONG)
    await page.fill("#served", "30")
    await page.get_by_role("button", name="登记时长并结束").click()
    await expect(page.locator(".chip").first).to_have_text("来了 1 人", timeout=LONG)
    return where.rsplit("/", 1)[-1]


async def _signed_up(volunteer: Visit, calendar: str) -> None:
    """As a volunteer; who is none yet becomes one first."""
    await volunteer.open(calendar)
    page = volunteer.page
    if await page.locator("#reg-name").count():
        await page.fill("#reg-name", "赵小路")
        await page.select_option("#reg-territory", HOME)
        await page.get_by_role("button", name="登记为志愿者").click()
        await page.wait_for_url("**/calendar?min_position=*", timeout=LONG)
        await volunteer.open(calendar)
    own = _activity(volunteer)
    await own.get_by_role("button", name="我要报名").click()
    await expect(own.get_by_text("已报名", exact=True)).to_be_visible(timeout=LONG)


async def _approved(staff: Visit, queue: str) -> None:
    await staff.be("approver-1")
    page = staff.page
    await _until_there(staff, queue, page.locator("tr[data-row]"))
    await page.get_by_label("全选这一页").check()
    await page.get_by_role("button", name="通过审核").click()
    await expect(page.get_by_text("没有等您审核的时长。")).to_be_visible(timeout=LONG)


async def _free(volunteer: Visit) -> int:
    await volunteer.open("/points")
    text = await volunteer.page.locator("[data-free]").inner_text()
    return int(text.removesuffix("分").replace(",", "").strip())


async def _chosen(volunteer: Visit) -> str:
    """Rice is put aside on a phone; its code."""
    page = volunteer.page
    await volunteer.open(f"/shop/{shop_of(HOME)}")
    await page.locator(f"[data-item='{RICE}'] button").click()
    await page.wait_for_url("**/shop/codes?min_position=*", timeout=LONG)
    card = page.locator("[data-waiting]", has_text="大米").first
    code = await card.locator("[data-code]").inner_text()
    assert await volunteer.overflow() <= 0
    return "".join(one for one in code if one.isdigit())


async def _fetched(staff: Visit, code: str) -> None:
    """The keeper types the code, sees what waits, and hands it over."""
    await staff.be("shop-1")
    page = staff.page
    await staff.open(f"/counter/{shop_of(HOME)}")
    await page.fill("#code", code)
    await page.keyboard.press("Enter")
    await expect(page.locator("#found")).to_contain_text("大米", timeout=LONG)
    await page.locator("#hand-over button").click()
    await expect(page.locator("[data-done]")).to_contain_text("大米", timeout=LONG)


async def _moved(operator: Visit, before: dict[str, Any]) -> None:
    """Each figure of the board has moved by what happened."""
    least = {"filed": 1, "hours": 0, "held": 1, "points_given": 1, "points_redeemed": POINTS}
    for _ in range(LONG // 2_000):
        now = await _tiles(operator)
        if all(now[name] >= before[name] + more for name, more in least.items()):
            return
        await operator.page.wait_for_timeout(2_000)
    raise AssertionError(f"{before} became {now}")


async def _until(someone: Visit, path: str, where: str, text: str) -> None:
    await _until_there(someone, path, someone.page.locator(where, has_text=text))


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
