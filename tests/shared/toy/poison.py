"""Records that nobody can take, and what should become of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from shared.contracts import cloudevents
from shared.contracts.sent import Message

Headers = list[tuple[str, bytes | None]]
SAME = b"as it was"


class Poison(NamedTuple):
    """What is wrong with a record that tells of a move of a purse.

    `reason` is why it waits; with neither `reason` nor `garbled` it is taken, or skipped.
    """

    value: bytes | None = SAME
    headers: Mapping[str, bytes | None] = {}
    reason: str = ""
    garbled: bool = False
    skipped: bool = False

    def spoilt(self, message: Message) -> tuple[Headers, bytes | None]:
        """The record's headers and value."""
        assert message.sent is not None
        headers = {**dict(cloudevents.headers(message)), **self.headers}
        value = message.sent.payload if self.value == SAME else self.value
        return [*headers.items()], value


NOT_JSON = "cannot be taken: JSONDecodeError"
TOO_LARGE = "cannot be taken: ProgramLimitExceededError"
NOT_TEXT = "cannot be taken: CharacterNotInRepertoireError"
PAYLOADS: Mapping[str, Poison] = {
    "bad JSON": Poison(b'{"territory":', reason=NOT_JSON),
    "nothing": Poison(b"", reason=NOT_JSON),
    "no object": Poison(b"[]", reason="cannot be taken: TypeError"),
    "a missing field": Poison(b"{}", reason="does not fit its type: territory"),
    "a wrong type": Poison(b'{"territory":7}', reason="does not fit its type: territory"),
    "a strange field": Poison(
        b'{"territory":"d","Li Si":1}', reason="does not fit its type: fields it does not have"
    ),
    "10,000 deep": Poison(
        b'{"territory":' + b"[" * 10_000 + b"]" * 10_000 + b"}", reason=NOT_JSON
    ),
    "NaN": Poison(b'{"territory":NaN}', reason=NOT_JSON),
    "Infinity": Poison(b'{"territory":-Infinity}', reason=NOT_JSON),
    "NUL": Poison(b'{"territory":"d\\u0000"}', reason=NOT_TEXT),
    "half a surrogate": Poison(b'{"territory":"\\ud800"}', reason=NOT_JSON),
    "half a surrogate in bytes": Poison(b'{"territory":"\xed\xa0\x80"}', reason=NOT_JSON),
    "not UTF-8": Poison(b'{"territory":"\xff"}', reason=NOT_JSON),
    "too large for its index": Poison(b'{"territory":"%b"}' % (b"d" * 900_000), reason=TOO_LARGE),
}  # fmt: skip
ENVELOPES: Mapping[str, Poison] = {
    "a tombstone": Poison(None, reason=NOT_JSON),
    "a version of tomorrow": Poison(
        headers={"ce_schemaversion": b"9"}, reason="cannot be read: purse-moved v9"
    ),
    "an unknown type": Poison(headers={"ce_type": b"linli.purses.purse-painted"}, skipped=True),
    "a time before all": Poison(headers={"ce_time": b"0001-01-01T00:00:00+23:00"}, garbled=True),
    "a null header": Poison(headers={"ce_subject": None}, garbled=True),
    "a header that is not UTF-8": Poison(headers={"ce_id": b"\xff"}, garbled=True),
    "an actor that is not UTF-8": Poison(headers={"ce_authid": b"\xff"}, garbled=True),
    "a place beyond all": Poison(headers={"ce_id": b"9223372036854775808"}, garbled=True),
    "recorded before all": Poison(
        headers={"ce_recordedtime": b"0001-01-01T00:00:00+23:00"}, garbled=True
    ),
    "a log with NUL": Poison(headers={"ce_source": b"/linli/\x00/1"}, garbled=True),
    "someone else's null header": Poison(headers={"traceparent": None}),
    "someone else's header that is not UTF-8": Poison(headers={"traceparent": b"\xff"}),
}
EVERYTHING = {**PAYLOADS, **ENVELOPES}
