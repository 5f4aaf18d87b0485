"""What a case goes through over HTTP, who takes which step, and what a refusal has to look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import uuid4

import httpx

PETITION: Mapping[str, Any] = {
    "territory": "d/s1/c1",
    "subject": "滨河市路灯不亮",
    "details": "三单元门口的路灯坏了两周。",
    "case_type": "repair",
    "name": "测试人",
    "phone": "139 0000 0000",
    "email": "someone@example.com",
    "address": "某路1号",
}
CLERK: Mapping[str, Any] = {"sub": "clerk-1", "roles": ("dispatcher",)}
UNIT: Mapping[str, Any] = {"sub": "lamp-1", "roles": ("handling_unit",), "unit": "lamps"}
AGENT: Mapping[str, Any] = {"sub": "caller-1", "roles": ("callback_agent",)}
CHIEF: Mapping[str, Any] = {"sub": "chief-1", "roles": ("supervisor",)}
FORMS: Mapping[str, Mapping[str, Any]] = {
    "accept": {},
    "decline": {"reason": "outside_remit", "explanation": "属于邻区。"},
    "dispatch": {"unit": "lamps"},
    "sign": {},
    "reply": {"reply": "已更换灯泡。"},
    "bounce": {"reason": "not_our_remit", "evidence": "产权在物业公司。"},
    "remit": {"unit": "parks", "grounds": "绿地里的灯归园林。"},
    "contact": {"reached": True, "words": "约好下午去看。"},
    "progress": {"progress": "配件已订。"},
    "assign": {"unit": "parks"},
    "assist": {"words": "已修剪遮灯的树枝。"},
    "prolong": {"days": 5, "reason": "materials", "grounds": "灯杆要定做。"},
    "allow": {"granted": True, "explanation": "灯杆要定做，多等五个工作日。"},
    "inspect": {"confirmed": True, "found": "灯亮了。"},
    "redo": {"words": "只修了一盏。"},
    "shelve": {"review_on": "2027-03-01", "explanation": "要等老旧小区改造。"},
    "review": {"resumed": True, "explanation": "改造已开工。"},
    "raise": {},
    "watch": {"words": "请每周报进度。"},
    "unwatch": {"words": "已办好。"},
    "exclude": {"reason": "unreasonable", "grounds": "要求拆除邻居的阳台。"},
    "judge": {"granted": True, "words": "同意剔除。"},
    "verify": {"holds": True, "words": "属实。"},
    "withdraw": {"words": "自己修好了。"},
    "callback": {"contacted": True, "resolved": True, "satisfied": False, "words": "太慢。"},
    "close": {"outcome": "solved"},
    "reopen": {"reason": "灯又坏了。"},
}
ARBITER: Mapping[str, Any] = {"sub": "arbiter-1", "roles": ("arbiter",)}
PARKS: Mapping[str, Any] = {"sub": "parks-1", "roles": ("handling_unit",), "unit": "parks"}
ACTORS: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("sign", "reply", "bounce", "contact", "progress", "prolong"), UNIT),
    **dict.fromkeys(("callback", "redo", "inspect"), AGENT),
    **dict.fromkeys(("allow", "shelve", "review", "watch", "unwatch", "judge"), CHIEF),
    "assist": PARKS,
    "remit": ARBITER,
}
POINTER = re.compile("(/([^~/]|~[01])*)*")


class Headers(Protocol):
    """The fixture `headers`."""

    def __call__(
        self, sub: str = ..., *, key: str | None = None, version: int | None = None, **about: Any
    ) -> dict[str, str]: ...


class FrontDesk:
    """Files petitions and takes steps, each as the actor whose turn it is."""

    def __init__(self, client: httpx.AsyncClient, headers: Headers) -> None:
        self.client = client
        self.headers = headers

    async def file(self, actor: Mapping[str, Any] = CLERK, **changes: object) -> dict[str, Any]:
        """A new petition's receipt."""
        form = {**PETITION, **changes}
        answer = await self.client.post("/cases", json=form, headers=self.headers(**actor))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def step(
        self,
        case_id: str,
        verb: str,
        version: int,
        *,
        form: Mapping[str, Any] | None = None,
        **actor: Any,
    ) -> httpx.Response:
        """One step by whoever usually takes it, or by `actor`."""
        about = {**(ACTORS.get(verb, CLERK)), **actor}
        return await self.client.post(
            f"/cases/{case_id}/{verb}",
            json=FORMS[verb] if form is None else form,
            headers=self.headers(version=version, **about),
        )

    async def walk(self, case_id: str, *verbs: str, version: int = 1) -> dict[str, Any]:
        """Take these steps one after the other; the last receipt."""
        receipt: dict[str, Any] = {}
        for verb in verbs:
            answer = await self.step(case_id, verb, version)
            assert answer.status_code == 200, (verb, answer.text)
            receipt = answer.json()
            version = receipt["version"]
        return receipt

    async def correct(
        self, case_id: str, version: int, corrects: int, changes: Mapping[str, Any]
    ) -> httpx.Response:
        """Correct event number `corrects`."""
        form = {"corrects": corrects, "changes": changes, "reason": "entry_error"}
        return await self.step(case_id, "correct", version, form=form)

    async def read(self, address: str, **query: Any) -> httpx.Response:
        """GET as the clerk, or as `actor`."""
        actor = query.pop("actor", CLERK)
        return await self.client.get(address, params=query, headers=self.headers(**actor))

    async def register(self, **query: Any) -> dict[str, Any]:
        """A page of the register."""
        answer = await self.read("/cases", **query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


def refused(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, Any]:
    """The problem of a refusal, as RFC 9457 and the promises of this API have it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "code", "detail"} <= problem.keys()
    assert problem["status"] == status
    assert problem["type"].endswith(problem["code"])
    assert problem["title"]
    assert problem["detail"]
    assert code in (None, problem["code"]), problem
    for error in problem.get("errors", ()):
        assert error["detail"]
        assert POINTER.fullmatch(error["pointer"]), error
    return problem


def pointers(problem: Mapping[str, Any]) -> list[str]:
    """Where the problem points."""
    return [error["pointer"] for error in problem.get("errors", ())]


def fresh_key() -> str:
    """An Idempotency-Key that nobody has used."""
    return uuid4().hex
