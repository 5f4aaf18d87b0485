"""The page at ``/``: what is served here, and how to be let in. Plain HTML, nothing to run."""

from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from shared.runtime.hosting import Hosted

HERE = Path(__file__).parent
PAGE = (HERE / "front_page.html").read_text(encoding="utf-8")
STYLE = (HERE / "front_page.css").read_text(encoding="utf-8")
SERVICE = (
    '<li><b>{title}</b> <code>{path}</code><a href="{path}/openapi.json">接口说明 '
    '<span lang="en">API description</span></a></li>'
)
TOKEN = """<h2>试一试 <span lang="en">Try it</span></h2>
<p>令牌由本机签发，仅供试用。<br>
<span lang="en">Tokens are issued here, for trying things out.</span></p>
<pre>T=$(curl -s {base}/dev/token -H 'content-type: application/json' \
-d '{{"id":"clerk-1","roles":["dispatcher"],"territory":"shili"}}' \
| python3 -c 'import json,sys; print(json.load(sys.stdin)["token"])')</pre>
<pre>curl -s {base}/api/grievance/v1/cases?limit=3 -H "authorization: Bearer $T"</pre>"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def front_page(
    services: Sequence[Hosted], *, issues: bool
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint; `issues` tells whether tokens can be had here."""
    rows = "\n".join(SERVICE.format(title=escape(s.title), path=escape(s.path)) for s in services)

    async def page(request: Request) -> Response:
        base = escape(str(request.base_url).rstrip("/"))
        token = TOKEN.format(base=base) if issues else ""
        body = PAGE.format(style=STYLE, services=rows, token=token)
        return HTMLResponse(body, headers={"content-security-policy": POLICY})

    return page
