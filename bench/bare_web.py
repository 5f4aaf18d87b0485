"""The limit of HTTP: the same server and the same form, or the same bytes, and nothing behind it.

`python -m bench.bare_web PORT [FILE]`.
"""

from __future__ import annotations

import mmap
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response, StreamingResponse

from deploy.local.supervisor import ADDRESS
from services.grievance.forms import Petition

PART = 256 * 1024
file: bytes | mmap.mmap

app = FastAPI(docs_url=None, redoc_url=None)


@app.post("/cases", status_code=201)
async def accept(form: Petition) -> Response:
    """Check the form, do nothing."""
    return Response(b'{"channel":"%s"}' % form.channel.encode(), 201, media_type="application/json")


@app.get("/contracts")
async def stream() -> Response:
    """The file, part by part."""

    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, len(file), PART):
            yield file[start : start + PART]

    return StreamingResponse(parts(), media_type="application/x-ndjson")


@app.get("/readyz")
async def readyz() -> Response:
    """It is."""
    return Response(b"{}")


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)


if __name__ == "__main__":
    file = _mapped(Path(sys.argv[2])) if len(sys.argv) > 2 else b""
    uvicorn.run(
        app, host=ADDRESS, port=int(sys.argv[1]), loop="uvloop", http="httptools", ws="none",
        access_log=False, log_config=None, server_header=False,
    )  # fmt: skip
