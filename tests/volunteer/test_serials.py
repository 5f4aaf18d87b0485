"""Serials of certificates: what is typed wrongly is noticed."""

from __future__ import annotations

from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.volunteer.certifying.serials import ALPHABET, LENGTH, read, serial_of, spelled


@given(st.uuids())
def test_a_serial_is_read_as_it_is_printed_and_as_people_type_it(command: UUID) -> None:
    serial = serial_of(command)
    assert len(serial) == LENGTH
    for typed in (serial, spelled(serial), spelled(serial).lower(), f" {spelled(serial)} "):
        assert read(typed) == serial


@given(st.uuids(), st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_noticed(command: UUID, place: int, sign: str) -> None:
    serial = serial_of(command)
    typed = serial[:place] + sign + serial[place + 1 :]
    assert (read(typed) is None) == (typed != serial)


@given(st.uuids())
def test_two_signs_that_changed_places_are_noticed(command: UUID) -> None:
    serial = serial_of(command)
    for one, other in combinations(range(LENGTH), 2):
        signs = list(serial)
        signs[one], signs[other] = signs[other], signs[one]
        typed = "".join(signs)
        assert (read(typed) is None) == (typed != serial)


def test_a_retry_has_the_same_serial_and_another_command_another() -> None:
    assert serial_of(UUID(int=1)) == serial_of(UUID(int=1)) != serial_of(UUID(int=2))


def test_what_is_no_serial_is_none() -> None:
    for typed in ("", "1234", "O" * LENGTH, "2" * 13, "证明" * 6):
        assert read(typed) is None
