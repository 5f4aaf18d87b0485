"""Every page there is, and who looks at it: in the tests and for `make screenshots`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from services.dashboard.pages import people_page
from services.grievance.sample import whistles
from services.grievance.sample.loading import id_of
from services.points.sample.market import item_of, shop_of

# When the case of the lamp, filed three weeks ago, was under way.
THEN = (datetime.now(UTC) - timedelta(days=20)).strftime("%Y-%m-%dT%H:%M:%SZ")

SHOP = shop_of(people_page.HOME)


class Shown(NamedTuple):
    """A page, by a name for its picture."""

    name: str
    path: str
    person: str | None = None


PAGES = (
    Shown("people", "/people"),
    Shown("design", "/design"),
    Shown("board-district", "/board/shili", "operator-1"),
    Shown("board-community", "/board/huolongjing", "operator-1"),
    Shown("board-past", "/board/shili?at=2026-01-31&drawn=then", "operator-1"),
    Shown("explain", "/board/shili/explain/overdue", "operator-1"),
    Shown("compare", "/compare", "operator-1"),
    Shown("desk-clerk", "/desk", "clerk-1"),
    Shown("desk-unit", "/desk", "unit-1"),
    Shown("desk-caller", "/desk", "caller-1"),
    Shown("register", "/cases", "clerk-1"),
    Shown("register-found", "/cases?q=路灯&state=open&sort=due", "clerk-1"),
    Shown("register-too-short", "/cases?q=灯", "clerk-1"),
    Shown("case-closed", f"/cases/{id_of('lamp')}", "clerk-1"),
    Shown("case-then", f"/cases/{id_of('lamp')}?moment={THEN}&reading=was", "clerk-1"),
    Shown("case-bounced", f"/cases/{id_of('tree')}", "arbiter-1"),
    Shown("case-asked", f"/cases/{id_of('wall')}", "supervisor-1"),
    Shown("case-evidence", f"/cases/{id_of('lamp')}", "auditor-1"),
    Shown("case-open", f"/cases/{id_of('parking')}", "clerk-1"),
    Shown("looks", f"/cases/{id_of('lamp')}/looks", "auditor-1"),
    Shown("glass", f"/cases/{id_of('lamp')}/glass", "auditor-1"),
    Shown("whistles", "/whistles", "grid-1"),
    Shown("whistle-ended", f"/whistles/{whistles.id_of('night-market')}", "supervisor-1"),
    Shown("whistle-open", f"/whistles/{whistles.id_of('burst-pipe')}", "grid-1"),
    Shown("whistle-of-unit", f"/whistles/{whistles.id_of('burst-pipe')}", "unit-1"),
    Shown("whistle-unasked", "/whistles/0190aaaa-0000-7000-8000-000000000001", "unit-1"),
    Shown("campaigns", "/campaigns", "clerk-1"),
    Shown("rules", "/rules", "auditor-1"),
    Shown("rules-publish", "/rules", "keeper-1"),
    Shown("scores", "/scores", "supervisor-1"),
    Shown("scores-community", "/scores?by=community", "operator-1"),
    Shown("scores-unit", "/scores", "unit-1"),
    Shown("sample-caller", "/scores", "caller-1"),
    Shown("outbox", "/outbox", "clerk-1"),
    Shown("calendar", "/calendar", people_page.NEIGHBOUR),
    Shown("calendar-lead", "/calendar", "leader-1"),
    Shown("teams", "/teams", "leader-1"),
    Shown("stars-queue", "/stars", "supervisor-1"),
    Shown("stars-notice", "/stars/notice"),
    Shown("volunteer-rules", "/volunteer-rules", "resident-1"),
    Shown("volunteer-rules-try", "/volunteer-rules", "keeper-1"),
    Shown("points-rules", "/points/rules", "resident-1"),
    Shown("points-rules-keeper", "/points/rules", "keeper-1"),
    Shown("points-rules-draft", "/points/rules/draft", "keeper-1"),
    Shown("help", "/help", people_page.ALONE),
    Shown("help-desk", "/help", "supervisor-1"),
    Shown("care", "/care", "supervisor-1"),
    Shown("findings", "/findings", "supervisor-1"),
    Shown("petition", "/petition"),
    Shown("volunteering-volunteer", "/volunteering", people_page.VETERAN),
    Shown("volunteering-leader", "/volunteering", "leader-1"),
    Shown("volunteering-approver", "/volunteering", "approver-1"),
    Shown("volunteering-district", "/volunteering", "operator-1"),
    Shown("served", "/served/shili", "operator-1"),
    Shown("follow", "/petition/follow"),
    Shown("certificates", "/certificates"),
    Shown("certificate-mistyped", "/certificates/7K3M-Q2XD-94FC"),
    Shown("certificate-none", "/certificates/2222-2222-2222"),
    Shown("promises", "/promises", "supervisor-1"),
    Shown("duties", "/duties", "supervisor-1"),
    Shown("hours", "/hours", "approver-1"),
    Shown("hours-approved", "/hours?status=approved", "supervisor-1"),
    Shown("time", "/time", people_page.VETERAN),
    Shown("shops", "/shop", people_page.VETERAN),
    Shown("shop", f"/shop/{SHOP}", people_page.VETERAN),
    Shown("shop-for-somebody", f"/shop/{SHOP}?person={people_page.ALONE}", "shop-1"),
    Shown("shop-codes", "/shop/codes", people_page.VETERAN),
    Shown("counters", "/counter", "reviewer-1"),
    Shown("counter", f"/counter/{SHOP}", "shop-1"),
    Shown("counter-given", f"/counter/{SHOP}/given", "shop-1"),
    Shown("counter-stock", f"/counter/{SHOP}/stock", "shop-1"),
    Shown("counter-stock-head", f"/counter/{SHOP}/stock", "reviewer-1"),
    Shown("counter-item", f"/counter/{SHOP}/stock/{item_of(people_page.HOME, 2)}", "shop-1"),
    Shown("points", "/points", people_page.VETERAN),
    Shown("points-resident", "/points", people_page.ALONE),
    Shown("points-none", "/points", "resident-1"),
    Shown("points-staff", "/points", "grid-1"),
    Shown("points-counter", f"/points?person={people_page.VETERAN}", "registrar-1"),
    Shown("points-statement", "/points/statement", people_page.VETERAN),
    Shown(
        "points-statement-counter",
        f"/points/statement?holder={people_page.VETERAN}&as_of=2026-06-30",
        "supervisor-1",
    ),
    Shown("points-give", f"/points/give?holder={people_page.VETERAN}", "grid-1"),
    Shown("points-give-none", "/points/give", "leader-1"),
    Shown("honours", "/honours", people_page.NEIGHBOUR),
    Shown("honours-stranger", "/honours"),
    Shown("honours-notice", "/honours/notice"),
    Shown("honours-desk", "/honours/desk", "supervisor-1"),
    Shown("honours-own", "/honours/desk", people_page.NEIGHBOUR),
    Shown("points-claims", "/points/claims", "supervisor-1"),
    Shown("points-claims-own", "/points/claims", people_page.VETERAN),
    Shown("points-claim", "/points/claim", people_page.VETERAN),
    Shown("points-claim-for", f"/points/claim?person={people_page.ALONE}", "registrar-1"),
    Shown("points-given", "/points/given/shili", "operator-1"),
    Shown("points-outstanding", "/points/outstanding", "operator-1"),
    Shown("not-found", "/nothing-here"),
    Shown("not-allowed", "/board/shili", "resident-1"),
)
