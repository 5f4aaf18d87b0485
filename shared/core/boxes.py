"""The box of a sealed value: closed with a person's key, opened with it or with its own secret.

The layout is frozen. A verifier needs only this page (`|` joins bytes):

* box: "2." and base64url, with its padding, of nonce (12 bytes) | commitment (32) | ciphertext;
* bound: "linli.sealed.v2|" | subject (16 bytes) | "|" | field (UTF-8) | "|" | nonce;
* secret: HMAC-SHA256(the person's key, bound), 32 bytes, another for every value;
* commitment | inner key: HMAC-SHA512(secret, bound), 32 bytes each;
* ciphertext: AES-256-GCM of the UTF-8 text under the inner key, the same nonce, additional data
  bound, tag last.

The commitment fixes the secret and the secret the text: a box can be shown to hold one text only.
Boxes without "2." are the first form, nonce | ciphertext under the person's key itself: they are
read for ever, no longer made, and have no secret.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest, digest
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE, SECRET = 12, 32
_FORM = "2."
_HEAD = NONCE + SECRET


class DoesNotOpen(Exception):
    """This is not the box's key or secret, or the box, its field or its subject was changed."""


def close(key: bytes, subject: UUID, field: str, text: str, nonce: bytes) -> str:
    """The text in a box of its own. `key` has 32 bytes; `nonce` 12, never used before with it."""
    bound = _bound(subject, field, nonce)
    commitment, inner = _derived(digest(key, bound, "sha256"), bound)
    sealed = AESGCM(inner).encrypt(nonce, text.encode(), bound)
    return _FORM + urlsafe_b64encode(nonce + commitment + sealed).decode()


def open(key: bytes, subject: UUID, field: str, box: str) -> str:
    """The text of a box of either form, with the person's key. Raises DoesNotOpen."""
    secret = secret_of(key, subject, field, box)
    return (
        _first(key, subject, field, box) if secret is None else _text(secret, subject, field, box)
    )


def secret_of(key: bytes, subject: UUID, field: str, box: str) -> bytes | None:
    """What opens this box and no other; None for the first form. Raises DoesNotOpen for what is
    no box; whether it is this box's is found out by opening."""
    if not box.startswith(_FORM):
        return None
    return digest(key, _bound(subject, field, _parts(box)[0]), "sha256")


def open_with(secret: bytes, subject: UUID, field: str, box: str) -> str:
    """The text of a box with its secret: nobody can make another that opens. Raises DoesNotOpen,
    also for a box of the first form."""
    if not box.startswith(_FORM) or len(secret) != SECRET:
        raise DoesNotOpen
    return _text(secret, subject, field, box)


def _text(secret: bytes, subject: UUID, field: str, box: str) -> str:
    nonce, commitment, sealed = _parts(box)
    bound = _bound(subject, field, nonce)
    expected, inner = _derived(secret, bound)
    if not compare_digest(commitment, expected):
        raise DoesNotOpen
    return _decrypted(inner, nonce, sealed, bound)


def _first(key: bytes, subject: UUID, field: str, box: str) -> str:
    try:
        raw = urlsafe_b64decode(box)
    except ValueError:
        raise DoesNotOpen from None
    bound = b"linli.sealed.v1|" + subject.bytes + b"|" + field.encode()
    return _decrypted(key, raw[:NONCE], raw[NONCE:], bound)


def _decrypted(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> str:
    try:
        return AESGCM(key).decrypt(nonce, sealed, bound).decode()
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


def _parts(box: str) -> tuple[bytes, bytes, bytes]:
    """Nonce, commitment, ciphertext of a box that is written in the one way there is."""
    try:
        raw = urlsafe_b64decode(box[len(_FORM) :])
    except ValueError:
        raise DoesNotOpen from None
    if urlsafe_b64encode(raw).decode() != box[len(_FORM) :]:
        raise DoesNotOpen
    return raw[:NONCE], raw[NONCE:_HEAD], raw[_HEAD:]


def _bound(subject: UUID, field: str, nonce: bytes) -> bytes:
    return b"linli.sealed.v2|" + subject.bytes + b"|" + field.encode() + b"|" + nonce


def _derived(secret: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """The commitment, which everybody may see, and the key, which says nothing of it."""
    both = digest(secret, bound, "sha512")
    return both[:SECRET], both[SECRET:]
