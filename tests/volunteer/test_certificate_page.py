"""Where anybody checks a certificate: what the page says in large words, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from services.dashboard.pages.language import Language
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import Visitor
from services.dashboard.pages.volunteers.certificate_page import SERIAL, Typed, spelled

FOUND: dict[str, Any] = {
    "serial": "7K3MQ2XD94FC", "issued_at": "2026-05-01T02:00:00Z", "since": "2026-01-01",
    "until": "2026-04-30", "territory": "c", "community": "火龙井社区", "minutes": 750,
    "records": 8,
    "position": 1234, "hash": "ab" * 32, "minutes_agree": None, "hash_agrees": None,
    "genuine": True, "standing": 750, "reversed": 0, "reversed_records": 0, "reversed_at": None,
    "proof": None,
}  # fmt: skip
PROOF = {"sealed_at": "2026-05-01T02:00:05Z", "checkpoint": "linli/volunteer\n1300\nroot\n"}
OWN = {"items": [{"serial": "7K3MQ2XD94FC", "minutes": 750, "since": "2026-01-01",
                  "until": "2026-04-30"}]}  # fmt: skip


class _Static:
    def url(self, name: str) -> str:
        return f"/static/{name}"


def _page(language: Language, **told: Any) -> str:
    frame: dict[str, Any] = {
        "visitor": Visitor(language), "language": language, "here": "/certificates",
        "back": "/certificates", "picker": False, "links": [], "typed": Typed(), "found": None,
        "fault": None, "own": None, "me": None, "spelled": spelled, "today": "2026-05-02",
    }  # fmt: skip
    pages = Pages(_Static(), picker=False)
    return pages.render(language, "volunteers/certificate.html", frame | told)


@pytest.mark.parametrize(
    ("changed", "zh", "en"),
    [
        ({}, "证明属实，时长有效", "Genuine, and all of it stands"),
        (
            {"standing": 660, "reversed": 90, "reversed_records": 1},
            "出具以后撤销了 1 条记录，共 1 小时 30 分。",
            "Since it was issued 1 records were reversed, 1 h 30 min in all.",
        ),
        (
            {"genuine": False, "minutes_agree": False},
            "纸上的时长不是所证明的时长。",
            "The time on the paper is not the time that was certified.",
        ),
        ({"proof": PROOF}, "2026-05-01 10:00:05", "2026-05-01 10:00:05"),
    ],
)
def test_the_verdict_is_in_words(changed: dict[str, Any], zh: str, en: str) -> None:
    assert zh in _page("zh", found=FOUND | changed)
    page = _page("en", found=FOUND | changed)
    assert en in page
    assert "12 h 30 min" in page
    assert "7K3M-Q2XD-94FC" in page


def test_a_mistyped_serial_and_none_are_told() -> None:
    for language in ("zh", "en"):
        for code in ("serial_mistyped", "no_such_certificate", "too_often", "does_not_verify"):
            fault = said(language, code, "")
            assert fault in _page(language, fault=fault)


def test_volunteers_find_their_own_below() -> None:
    assert "/api/volunteer/v1/certificates/7K3MQ2XD94FC.pdf" in _page("zh", own=OWN, me="1")
    assert "No certificate yet." in _page("en", own={"items": []}, me="1")


def test_what_leads_elsewhere_is_no_serial() -> None:
    for typed in ("../accounts", "7K3M/pdf", "7K3M?x", "", "证明"):
        assert not SERIAL.fullmatch(typed)
