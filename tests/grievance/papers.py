"""Small PDFs, as programs write them, and what else they may have in them."""

from __future__ import annotations

from zlib import compress

AUTHOR = b"Zhang San, third floor"


def pdf(*objects: bytes, info: str = "3 0 R", catalog: bytes = b"") -> bytes:
    """A PDF of one empty page, with these objects from number 4 on."""
    told = [
        b"<</Type /Catalog /Pages 2 0 R " + catalog + b">>",
        b"<</Type /Pages /Kids [] /Count 0>>",
        b"<</Author (" + AUTHOR + b") /Producer (P)>>",
        *objects,
    ]
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(told, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(told) + 1, rows)
    trailer = b"trailer\n<</Size %d /Root 1 0 R /Info %s>>\n" % (len(told) + 1, info.encode())
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)


def stream(content: bytes, told: bytes = b"", deflated: bool = True) -> bytes:
    """A stream object."""
    body = compress(content) if deflated else content
    how = b"/Filter /FlateDecode " if deflated else b""
    return b"<<" + told + how + b"/Length %d>>\nstream\n%s\nendstream" % (len(body), body)


PLAIN = pdf(stream(b"BT (Hello) Tj ET"))
