"""What a file is, told from its content and not from its name."""

import mmap
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .cells import Source
from .csv_source import open_csv
from .refusal import Refused
from .xlsx_source import open_xlsx

LARGEST_FILE = 1 << 29
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
FOREIGN = (
    (re.compile(rb"%PDF"), "a PDF document"),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"), "a picture"),
    (re.compile(rb"\{\\rtf"), "an RTF document"),
    (re.compile(rb"\x1f\x8b|7z\xbc\xaf|Rar!"), "a compressed archive"),
    (re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|table|\?xml)", re.IGNORECASE), "a web page"),
)
INSIDE_ZIP = (
    ("xl/workbook.bin", "a binary workbook (xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a slide show"),
    ("mimetype", "an OpenDocument file"),
)
BINARY_SHARE = 0.2  # of NUL bytes: more is not text in any encoding read here


def open_source(path: Path, *, sheet: str | None) -> Source:
    """Open a workbook or a CSV file. Raises Refused, saying what the file is instead."""
    head = _head(path)
    if head.startswith(b"PK"):
        _check_archive(path)
        return open_xlsx(path, sheet)
    _check_foreign(path, head)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise Refused(
            f"{path.name}: is named as a workbook but is none; "
            "save it again, or name it .csv if it holds text"
        )
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(head):
        raise Refused(f"{path.name}: is not text; save it as XLSX, or as CSV in UTF-8")
    return open_csv(path)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as fault:
        raise Refused(f"{path}: cannot be read: {fault.strerror}") from None
    if size > LARGEST_FILE:
        raise Refused(f"{path.name}: is larger than {LARGEST_FILE >> 20} MiB; split it")
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Refused(f"{path.name}: is empty")
    return head


def _check_archive(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused(
            f"{path.name}: the workbook is cut short or damaged; fetch or save it again"
        ) from None
    for inside, what in INSIDE_ZIP:
        if inside in names:
            raise Refused(f"{path.name}: is {what}; save it as XLSX or CSV")
    if "[Content_Types].xml" not in names:
        raise Refused(f"{path.name}: is a ZIP archive, not a workbook; unpack it first")


def _check_foreign(path: Path, head: bytes) -> None:
    if head.startswith(OLE):
        what = "an encrypted workbook" if _is_encrypted(path) else "an old binary workbook (xls)"
        raise Refused(f"{path.name}: is {what}; save it as XLSX without a password")
    for signature, what in FOREIGN:
        if signature.match(head):
            raise Refused(f"{path.name}: is {what}; save it as XLSX or CSV")


def _is_encrypted(path: Path) -> bool:
    needle = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(needle) >= 0


def _is_binary(head: bytes) -> bool:
    return head.count(0) / len(head) > BINARY_SHARE
