"""Rule books as an administrator publishes and withdraws them on their page."""

from __future__ import annotations

import json
from typing import Any

from playwright.async_api import Browser, Page

from services.grievance.rules.book_2026_1 import BOOK
from tests.pages.looking import visit


async def drafted(page: Page, **changes: Any) -> None:
    """The book in the form, with these changes, sent."""
    field = page.locator("textarea[name=book]")
    draft = json.loads(await field.input_value())
    await field.fill(json.dumps(draft | changes))
    await page.get_by_role("button", name="发布", exact=True).click()


async def test_a_book_is_published_and_withdrawn_on_its_page(
    opened: Browser, sample_district: str
) -> None:
    async with visit(opened, sample_district) as someone:
        await someone.be("keeper-1")
        page = someone.page
        await someone.open("/rules")
        assert await page.get_by_role("heading", name=BOOK.version).is_visible()
        await drafted(page, version="later-1", dispatch={"urgent": "2h"})
        fault = page.locator(".fault")
        await fault.wait_for()
        assert "/book/dispatch/critical" in await fault.inner_text()
        await drafted(page, version="later-1", dispatch=dict(BOOK.dispatch), sign="3h")
        await page.wait_for_url("**/rules?min_position=*")
        await page.get_by_role("link", name="later-1").click()
        changed = page.locator("tr", has_text="签收时限")
        assert "原为 2 小时" in await changed.inner_text()
        await page.get_by_role("button", name="撤回 later-1").click()
        await page.wait_for_url("**/rules?min_position=*")
        assert "已撤回" in await page.locator("tr", has_text="later-1").inner_text()
        assert someone.noted == []
