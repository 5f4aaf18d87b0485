"""Every role on the rule books, inside and outside its territory: what the table says is what
happens."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from services.grievance.access import ACCESS
from shared.core.roles import NAMES
from tests.grievance.books import KEEPER, sent, today
from tests.grievance.front_desk import FrontDesk

pytestmark = [pytest.mark.postgres, pytest.mark.anyio]
SCOPE = "d/s1"
ABOVE = ("d", SCOPE)
TERRITORIES = (*ABOVE, "d/s1/c1", "d/s2", "nowhere")


def _may(action: str, role: str, territory: str) -> bool:
    """What the table says, read without the code that enforces it."""
    granted = [grant for grant in ACCESS.actions[action] if role in grant.roles]
    assert all(grant.where == "territory" for grant in granted)
    return bool(granted) and territory in ABOVE


async def test_rule_books_are_published_and_withdrawn_by_those_of_the_table_only(
    desk: FrontDesk,
) -> None:
    later = {"scope": SCOPE, "starts": today(30).isoformat()}
    published = 0
    for number, (role, territory) in enumerate(product(NAMES, TERRITORIES)):
        actor: dict[str, Any] = {"sub": "someone", "roles": (role,), "territory": territory}
        form, path = sent(f"v{number}", **later), f"/rules/v{number}/withdraw"
        answer = await desk.client.post("/rules", json=form, headers=desk.headers(**actor))
        may = _may("publish_rule_book", role, territory)
        assert answer.status_code == (201 if may else 403), (actor, answer.text)
        if not may:
            keeper = desk.headers(**KEEPER)
            assert (await desk.client.post("/rules", json=form, headers=keeper)).is_success
        answer = await desk.client.post(path, json={}, headers=desk.headers(**actor))
        expected = 200 if _may("withdraw_rule_book", role, territory) else 403
        assert answer.status_code == expected, (actor, answer.text)
        published += may
    assert published == len(ABOVE)
