"""The page at ``/``: what is served here, and how to be let in. Plain HTML, nothing to run."""

from collections.abc import Awaitable, Callable, Sequence
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from shared.runtime.hosting import Hosted

PAGE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>邻里 Linli</title>
<h1>邻里 Linli</h1>
<p>本机服务 · Services on this machine</p>
<ul>
{services}
</ul>
<p><a href="/readyz">readyz</a> · <a href="/livez">livez</a> · <a href="/metrics">metrics</a></p>
{token}
</html>
"""
SERVICE = (
    '<li><b>{title}</b> <code>{path}</code> · <a href="{path}/openapi.json">接口说明 API</a></li>'
)
TOKEN = """<h2>令牌 · Token</h2>
<p>本机签发，仅供试用 · Issued here, for trying things out:</p>
<pre>curl -s {base}/dev/token -H 'content-type: application/json' \\
  -d '{{"id": "clerk-1", "roles": ["dispatcher"], "territory": "shili"}}'</pre>
<p><code>Authorization: Bearer &lt;token&gt;</code></p>"""
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def front_page(
    services: Sequence[Hosted], *, issues: bool
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint; `issues` tells whether tokens can be had here."""
    rows = "\n".join(SERVICE.format(title=escape(s.title), path=escape(s.path)) for s in services)

    async def page(request: Request) -> Response:
        base = escape(str(request.base_url).rstrip("/"))
        token = TOKEN.format(base=base) if issues else ""
        body = PAGE.format(services=rows, token=token)
        return HTMLResponse(body, headers={"content-security-policy": POLICY})

    return page
