"""Rules for points as the fields of a form, and back. Everything in a draft is text, as it was
written; what of it is no rule, the points service says. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from services.dashboard.pages.points.rules_words import DEEDS, SOURCED

Sent = Mapping[str, Sequence[str]]
Draft = dict[str, Any]
PLAIN = ("version", "starts", "scope")
NUMBERS = ("daily", "monthly", "opens", "least", "pickup_hours", "refund_days")
EXPIRY = ("mode", "days", "locked", "carry", "notice")
REASON = ("code", "label", "label_en", "taken", "unit", "points", "daily", "monthly", "evidence")
HONOUR = ("code", "label", "label_en", "holder", "notice_days", "level")
ROWS = {"reasons": REASON, "honours": HONOUR}
EMPTY: Mapping[str, Draft] = {
    "reasons": dict.fromkeys(REASON, "") | {"unit": "each", "evidence": "none", "granted_by": []},
    "honours": dict.fromkeys(HONOUR, "")
    | {"holder": "person", "notice_days": "5", "level": "community"}
    | {"granted_by": ["party_secretary", "supervisor"]},
}
FEN = Decimal("0.01")
DIGITS = 12  # more are no price


def draft_of(rules: Mapping[str, Any], today: str) -> Draft:
    """Rules as others to begin with: to be given a version, and changed where they should
    differ."""
    draft: Draft = {name: _text(rules[name]) for name in (*PLAIN, *NUMBERS)}
    draft |= {"version": "", "starts": today, "sharing": "true" if rules["sharing"] else ""}
    draft["yuan"] = str(Decimal(rules["fen"]) * FEN)
    draft["expiry"] = {name: _text(rules["expiry"][name]) for name in EXPIRY}
    for rows, names in ROWS.items():
        draft[rows] = [{name: _text(one[name]) for name in names} for one in rules[rows]]
        for line, one in zip(draft[rows], rules[rows], strict=True):
            line["granted_by"] = list(one["granted_by"])
    draft["reactions"] = {deed: rules["reactions"].get(deed, "") for deed in DEEDS}
    draft["sources"] = {name: rules["sources"].get(name, "") for name in SOURCED}
    return draft


def written_in(sent: Sent) -> Draft:
    """The draft as a browser sends it. Rows without a code and a name are left out."""
    draft: Draft = {name: _one(sent, name) for name in (*PLAIN, *NUMBERS, "yuan", "sharing")}
    draft["expiry"] = {name: _one(sent, f"expiry-{name}") for name in EXPIRY}
    for rows, names in ROWS.items():
        draft[rows] = [
            {name: _one(sent, f"{rows}-{number}-{name}") for name in names}
            | {"granted_by": list(sent.get(f"{rows}-{number}-granted_by", ()))}
            for number in _numbers(sent, rows)
        ]
    draft["reactions"] = {deed: _one(sent, f"reactions-{deed}") for deed in DEEDS}
    draft["sources"] = {name: _one(sent, f"sources-{name}") for name in SOURCED}
    return draft


def with_row(draft: Draft, rows: str) -> Draft:
    """With one more empty reason, or honour."""
    return {**draft, rows: [*draft[rows], dict(EMPTY[rows])]} if rows in EMPTY else draft


def rules_of(draft: Draft) -> dict[str, Any]:
    """The draft as the points service takes rules."""
    rules = {name: draft[name] for name in PLAIN}
    rules |= {name: _number(draft[name]) for name in ("daily", "monthly")}
    rules |= {name: _number(draft[name] or "0") for name in NUMBERS[2:]}
    rules |= {"fen": _fen(draft["yuan"]), "sharing": draft["sharing"] == "true"}
    rules["expiry"] = _expiry(draft["expiry"])
    rules["reasons"] = [_reason(one) for one in draft["reasons"]]
    rules["honours"] = [
        {name: one[name] for name in (*HONOUR, "granted_by")}
        | {"notice_days": _number(one["notice_days"] or "0")}
        for one in draft["honours"]
    ]
    rules["reactions"] = {deed: code for deed, code in draft["reactions"].items() if code}
    rules["sources"] = {name: told for name, told in draft["sources"].items() if told}
    return rules


def field_of(pointer: str) -> str:
    """The field that a part of the rules is written in: `/rules/reasons/0/points` is
    `reasons-0-points`."""
    name = pointer.removeprefix("/rules").strip("/").replace("/", "-")
    return {"fen": "yuan"}.get(name, name)


def _reason(one: Draft) -> dict[str, Any]:
    numbers = {name: _number(one[name]) for name in ("points", "daily", "monthly")}
    taken = {"taken": one["taken"].lower() == "true", "granted_by": one["granted_by"]}
    return {name: one[name] for name in REASON} | numbers | taken


def _expiry(one: Draft) -> dict[str, Any]:
    """Without what does not belong to its mode."""
    mode = one["mode"]
    ends = mode in {"month_end", "year_end"}
    return {
        "mode": mode,
        "days": _number(one["days"]) if mode == "days" else None,
        "locked": _number(one["locked"] or "0"),
        "carry": _number(one["carry"] or "0") if ends else 0,
        "notice": _number(one["notice"] or "0"),
    }


def _numbers(sent: Sent, rows: str) -> list[int]:
    named = re.compile(rf"{rows}-(\d{{1,3}})-(?:code|label)")
    return sorted({int(found[1]) for name in sent if (found := named.fullmatch(name))})


def _one(sent: Sent, name: str) -> str:
    return sent[name][0].strip() if name in sent else ""


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value)


def _number(text: str) -> int | str | None:
    """What is no number is left as it is: the service says so."""
    return int(text) if text.isdecimal() else text or None


def _fen(yuan: str) -> int | str:
    """Whole fen; what are none is left as it is."""
    try:
        fen = Decimal(yuan) / FEN
    except InvalidOperation:
        return yuan
    whole = fen.is_finite() and fen.adjusted() < DIGITS and fen == fen.to_integral_value()
    return int(fen) if whole else yuan
