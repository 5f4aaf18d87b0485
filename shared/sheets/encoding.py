"""In which encoding a text file is written, decided from the whole file."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from .refusal import Refused

CHUNK = 1 << 20
SAMPLE = 1 << 18
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "surrogateescape"),
    (codecs.BOM_UTF16_LE, "utf-16", "surrogatepass"),
    (codecs.BOM_UTF16_BE, "utf-16", "surrogatepass"),
)
BEARABLE_DAMAGE = 0.1  # share of broken bytes up to which a file is damaged, not another encoding
COMMON_SHARE = 0.8  # of running Chinese text in GB 18030, at least so much is plain GB 2312


@dataclass(frozen=True)
class Encoding:
    """A codec and how its undecodable bytes are kept: as lone surrogates, which the judgement of
    rows turns away one row at a time."""

    codec: str
    errors: str = "strict"


def detect_encoding(path: Path) -> Encoding:
    """UTF-8 or UTF-16 by their mark, else UTF-8, else GB 18030, else Big5.

    A few broken bytes do not change the answer: they condemn their rows only. Raises Refused.
    """
    head = _sample(path)
    for mark, codec, errors in BOMS:
        if head.startswith(mark):
            return Encoding(codec, errors)
    if _damage(path, "utf-8") <= BEARABLE_DAMAGE:
        return Encoding("utf-8", "surrogateescape")
    if _damage(path, "gb18030") <= BEARABLE_DAMAGE and _reads_as_simplified(head):
        return Encoding("gb18030", "surrogateescape")
    return Encoding(_guess(path, head))


def _sample(path: Path) -> bytes:
    """The beginning of the file, ending with a whole line where it can."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    cut = head.rfind(b"\n")
    return head if len(head) < SAMPLE or cut < 0 else head[: cut + 1]


def _damage(path: Path, codec: str) -> float:
    """Share of what is not ASCII that the codec cannot read; 0 for a clean file."""
    foreign = broken = 0
    for text in _decoded(path, codec, "surrogateescape"):
        foreign += len(text) - len(text.encode("ascii", "ignore"))
        broken += len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))
    return broken / foreign if foreign else 0.0


def _decoded(path: Path, codec: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)(errors)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _reads_as_simplified(head: bytes) -> bool:
    """Big5 passes for GB 18030, but as a jumble of rare characters."""
    text = [char for char in head.decode("gb18030", "ignore") if char > "\x7f"]
    common = sum(1 for char in text if char.encode("gb2312", "ignore"))
    return not text or common / len(text) >= COMMON_SHARE


def _guess(path: Path, head: bytes) -> str:
    best = from_bytes(head, cp_isolation=["gb18030", "big5", "big5hkscs"]).best()
    codecs_to_try = [best.encoding] if best else []
    for codec in (*codecs_to_try, "gb18030"):
        if _damage(path, codec) == 0:
            return codec
    raise Refused(
        f"{path.name}: is neither UTF-8, UTF-16, GB 18030 nor Big5 text; save it as CSV in UTF-8"
    )
