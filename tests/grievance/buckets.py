"""A small server that speaks S3 on loopback: put, copy, get, head, delete, list. It can be away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY_ID, SECRET, BUCKET = "linli-files", "a secret of tests", "linli"
SIGNED = re.compile(rf"AWS4-HMAC-SHA256 Credential={KEY_ID}/\d{{8}}/us-east-1/s3/aws4_request, .+")


@dataclass
class Shelf:
    """What the server has, by name, with the time it got it. `fault` is the status it answers
    with instead; while it `hangs`, it does not answer at all; `asked` are the requests it saw."""

    files: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    fault: int = 0
    hangs: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def age(self, name: str, moment: datetime) -> None:
        """Have a file as old as that."""
        self.files[name] = (self.files[name][0], moment)


@contextmanager
def served() -> Iterator[Shelf]:
    """A running server."""
    shelf = Shelf()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(shelf))
    shelf.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield shelf
    finally:
        shelf.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(shelf: Shelf) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - one method a verb
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            pass

        def parse_request(self) -> bool:
            good = super().parse_request()
            if good:
                shelf.asked.append(f"{self.command} {self.path}")
            return good

        @property
        def key(self) -> str:
            path = unquote(urlsplit(self.path).path)
            return path.removeprefix(f"/{BUCKET}").lstrip("/")

        def refused(self) -> bool:
            if shelf.hangs.is_set():
                shelf.over.wait(30)
                self.close_connection = True
                return True
            signed = SIGNED.fullmatch(self.headers.get("authorization", ""))
            status = shelf.fault or (0 if signed else 403)
            if status:
                self.answer(status, b"<Error><Code>Refused</Code></Error>")
            return bool(status)

        def answer(self, status: int, body: bytes = b"", since: datetime | None = None) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            if since is not None:
                self.send_header("etag", f'"{md5(body).hexdigest()}"')
                self.send_header("last-modified", format_datetime(since, usegmt=True))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.refused():
                return None
            source = unquote(self.headers.get("x-amz-copy-source", ""))
            now = datetime.now(UTC).replace(microsecond=0)
            if not source:
                shelf.files[self.key] = (body, now)
                return self.answer(200, b"", now)
            found = shelf.files.get(source.lstrip("/").removeprefix(f"{BUCKET}/"))
            if found is None:
                return self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            shelf.files[self.key] = (found[0], now)
            told = f"<CopyObjectResult><ETag>x</ETag><LastModified>{now.isoformat()}</LastModified>"
            return self.answer(200, f"{told}</CopyObjectResult>".encode())

        def do_GET(self) -> None:
            if self.refused():
                return None
            asked = parse_qs(urlsplit(self.path).query)
            if "list-type" in asked:
                return self.answer(200, _listing(shelf, asked))
            found = shelf.files.get(self.key)
            if found is None:
                return self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
            return self.answer(200, *found)

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_DELETE(self) -> None:
            if not self.refused():
                shelf.files.pop(self.key, None)
                self.answer(204)

    return Handler


def _listing(shelf: Shelf, asked: dict[str, list[str]]) -> bytes:
    """A page of two names, and where the next one begins."""
    [prefix], [after] = asked.get("prefix", [""]), asked.get("continuation-token", [""])
    names = sorted(name for name in shelf.files if name.startswith(prefix) and name > after)
    page = names[:2]
    told = "".join(
        f"<Contents><Key>{escape(name)}</Key><Size>{len(shelf.files[name][0])}</Size>"
        f"<LastModified>{shelf.files[name][1].isoformat()}</LastModified></Contents>"
        for name in page
    )
    more = len(names) > len(page)
    token = f"<NextContinuationToken>{escape(page[-1])}</NextContinuationToken>" if more else ""
    truncated = f"<IsTruncated>{str(more).lower()}</IsTruncated>"
    return f"<ListBucketResult>{truncated}{told}{token}</ListBucketResult>".encode()
