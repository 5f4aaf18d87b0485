"""What goes wrong while a page is made, as a page: what it was and what to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from services.dashboard.pages.language import in_words
from services.dashboard.pages.problem_words import said
from services.dashboard.pages.rendering import Pages
from services.dashboard.pages.visitor import NotSignedIn, visitor
from shared.runtime.web import problems

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

HEADINGS = {
    401: "请先选择身份",
    403: "您不能查看这一页",
    404: "没有找到这一页",
    409: "这一步现在办不了",
    422: "有的内容填写得不对",
    429: "请稍等一会儿",
    503: "暂时没有回应",
}
BROKEN = "这一页出了问题"


class Faults:
    """ASGI middleware: a fault ends here as a page; who is not known is sent to `login`."""

    def __init__(self, app: App, *, pages: Pages, login: str) -> None:
        self._app = app
        self._pages = pages
        self._login = login

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as fault:
            if begun or scope["type"] != "http":  # half an answer is sent already
                raise
            await self._answer(Request(scope), fault)(scope, receive, send)

    def _answer(self, request: Request, fault: Exception) -> Response:
        if isinstance(fault, NotSignedIn):
            return RedirectResponse(self._login, status_code=303)
        return page_of(request, self._pages, fault)


def page_of(request: Request, pages: Pages, fault: Exception) -> Response:
    """The page of a fault."""
    problem, who = problems.of(fault), visitor(request)
    told = {
        "heading": in_words(who.language, HEADINGS.get(problem.status, BROKEN)),
        "text": said(who.language, problem.code, problem.detail),
        "status": problem.status,
        "code": problem.code,
    }
    return pages.page(request, who, "fault.html", told, status=problem.status)


def install(app: FastAPI, pages: Pages) -> None:
    """The framework's own refusals are pages too."""

    async def answer(request: Request, fault: Exception) -> Response:
        return page_of(request, pages, fault)

    for kind in (RequestValidationError, HTTPException):
        app.add_exception_handler(kind, answer)
