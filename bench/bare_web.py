"""The limit of HTTP: the same server and the same form, and nothing behind it.

`python -m bench.bare_web PORT`.
"""

from __future__ import annotations

import sys

import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

from deploy.local.supervisor import ADDRESS
from services.grievance.forms import Petition

app = FastAPI(docs_url=None, redoc_url=None)


@app.post("/cases", status_code=201)
async def accept(form: Petition) -> Response:
    """Check the form, do nothing."""
    return Response(b'{"channel":"%s"}' % form.channel.encode(), 201, media_type="application/json")


@app.get("/readyz")
async def readyz() -> Response:
    """It is."""
    return Response(b"{}")


if __name__ == "__main__":
    uvicorn.run(
        app, host=ADDRESS, port=int(sys.argv[1]), loop="uvloop", http="httptools", ws="none",
        access_log=False, log_config=None, server_header=False,
    )  # fmt: skip
