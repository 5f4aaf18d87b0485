"""Where a text has left traces, in whatever form: in files as bytes, in tables as rows."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import asyncpg

TABLES = """
select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname not in ('pg_catalog', 'information_schema')
"""
HOLDS = """
select exists (select from {} t, unnest($1::text[]) form(text) where strpos(t::text, form.text) > 0)
"""


def forms(text: str) -> Mapping[str, bytes]:
    """The text as bytes that anybody could turn back: encodings, escapes, base64, hexadecimal."""
    plain = text.encode()
    found = {name: text.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    found["json escapes"] = text.encode("unicode_escape")
    found["hexadecimal"] = plain.hex().encode()
    for shift in range(3):
        standard = _base64_within(plain, shift)
        found[f"base64 at {shift}"] = standard
        found[f"urlsafe base64 at {shift}"] = standard.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def in_files(folders: Iterable[Path], texts: Iterable[str]) -> list[str]:
    """Every file below the folders that holds one of the texts, and in which form."""
    wanted = [(text, form, raw) for text in texts for form, raw in forms(text).items()]
    return [
        f"{file.name} holds {text} as {form}"
        for file in _files(folders)
        for content in [file.read_bytes()]
        for text, form, raw in wanted
        if raw in content
    ]


async def in_tables(dsn: str, texts: Iterable[str]) -> list[str]:
    """Every table of the database with a row that holds one of the texts, compressed or not."""
    connection = await asyncpg.connect(dsn)
    try:
        names = [row[0] for row in await connection.fetch(TABLES)]
        return [
            f"{name} holds {text}"
            for text in texts
            for name in names
            if await connection.fetchval(HOLDS.format(name), _shown(text))
        ]
    finally:
        await connection.close()


def _shown(text: str) -> list[str]:
    """The text as it would show in a row: as it is, in base64, or as bytes, which show as hex."""
    raw = forms(text)
    base64 = [form.decode() for name, form in raw.items() if "base64" in name]
    return [text, *base64, *(form.hex() for form in raw.values())]


def _base64_within(plain: bytes, shift: int) -> bytes:
    """What stays the same of its base64 when `shift` bytes (modulo 3) come before it."""
    encoded = b64encode(bytes(shift) + plain)
    return encoded[-(-shift * 8 // 6) : (shift + len(plain)) * 8 // 6]


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
