"""What the pages load: our own styles and scripts, and a few libraries from `node_modules`.

Addresses carry a digest of all of it, so a browser keeps each file for good and asks again only
when something has changed.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from shared.ops.settings import Misconfigured

OWN = Path(__file__).parent / "static"
LIBRARIES: Mapping[str, str] = {
    "lib/htmx.js": "htmx.org/dist/htmx.min.js",
    "lib/echarts.js": "echarts/dist/echarts.common.min.js",
}
FOR_GOOD = {"cache-control": "public, max-age=31536000, immutable"}
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class StaticFiles:
    """Every file in memory. Raises Misconfigured when a library is not there."""

    def __init__(self, libraries: Path) -> None:
        self._files = {path.relative_to(OWN).as_posix(): path.read_bytes() for path in _own()}
        for name, place in LIBRARIES.items():
            self._files[name] = _library(libraries / place)
        self._digest = _digest(self._files)

    def url(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that is not there."""
        if name not in self._files:
            raise KeyError(name)
        return f"/static/{self._digest}/{name}"

    def router(self) -> APIRouter:
        """Serves them."""
        router = APIRouter()

        @router.get("/static/{digest}/{name:path}", include_in_schema=False)
        async def static(digest: str, name: str) -> Response:
            found = self._files.get(name)
            if found is None:
                return Response(status_code=404)
            kind = TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0]
            return Response(found, media_type=kind, headers=FOR_GOOD)

        return router


def _own() -> list[Path]:
    return sorted(path for path in OWN.rglob("*") if path.is_file())


def _library(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        detail = "run `npm ci`, or say in LINLI_LIBRARIES where they are"
        raise Misconfigured(f"the pages lack {path.name}: {detail}") from fault


def _digest(files: Mapping[str, bytes]) -> str:
    whole = sha256()
    for name in sorted(files):
        whole.update(name.encode() + sha256(files[name]).digest())
    return whole.hexdigest()[:12]
