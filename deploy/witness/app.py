"""The witness over HTTP: one route, `POST /add-checkpoint`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from deploy.witness.memory import Memory
from shared.core.notes import PublicKey, SigningKey
from shared.core.witnessed import CONFLICT, MALFORMED, UNPROVED, Ask, Refused, judged

LARGEST = 64 * 1024
SIZE = "text/x.tlog.size"

log = structlog.get_logger()


def app_of(key: SigningKey, logs: Sequence[PublicKey], memory: Memory) -> Starlette:
    """The app of a witness that signs with `key` what the `logs` have signed."""
    turn = asyncio.Lock()

    async def add_checkpoint(request: Request) -> Response:
        try:
            ask = Ask.parse(await _text(request))
            async with turn:
                line = await asyncio.to_thread(cosigned, ask, key, logs, memory)
        except Refused as refusal:
            log.warning("witness.refused", status=refusal.status, reason=str(refusal))
            if refusal.size is not None:
                return PlainTextResponse(f"{refusal.size}\n", CONFLICT, media_type=SIZE)
            return PlainTextResponse(f"{refusal}\n", refusal.status)
        return PlainTextResponse(f"{line}\n")

    return Starlette(routes=[Route("/add-checkpoint", add_checkpoint, methods=["POST"])])


def cosigned(ask: Ask, key: SigningKey, logs: Sequence[PublicKey], memory: Memory) -> str:
    """The signature line for this request, which is on the disk by then. Raises Refused."""
    origin = ask.note.text.partition("\n")[0]
    try:
        point = judged(ask, memory.seen(origin), logs)
    except Refused as refusal:
        if refusal.status in (CONFLICT, UNPROVED) and refusal.size in (None, ask.old):
            memory.object(origin, ask.note)
            log.error("witness.objects", origin=origin, reason=str(refusal))
        raise
    memory.keep(str(point.origin), ask.note)
    return str(key.sign(ask.note.text, datetime.now(UTC)))


async def _text(request: Request) -> str:
    told = b""
    async for part in request.stream():
        told += part
        if len(told) > LARGEST:
            raise Refused(MALFORMED, f"a request has at most {LARGEST} bytes")
    try:
        return told.decode()
    except UnicodeDecodeError as fault:
        raise Refused(MALFORMED, "a request is text in UTF-8") from fault
