"""Rates side by side: intervals, shrinking, ranks."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dashboard.measures.comparing import shrunk, standings, wilson
from services.dashboard.measures.ledger import Rate

RATES = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.integers(0, 300).flatmap(lambda n: st.builds(Rate, st.integers(0, n), st.just(n))),
    max_size=8,
)


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [  # worked examples of Newcombe (1998), table I
        (Rate(81, 263), 0.2553, 0.3662),
        (Rate(15, 148), 0.0624, 0.1605),
        (Rate(0, 20), 0.0, 0.1611),
        (Rate(1, 29), 0.0061, 0.1718),
    ],
)
def test_an_interval_is_that_of_the_literature(rate: Rate, low: float, high: float) -> None:
    assert [*wilson(rate)] == pytest.approx([low, high], abs=5e-5)


@pytest.mark.parametrize(
    ("rate", "thousandths"),
    [
        (Rate(0, 0), None),
        (Rate(1, 3), 333),
        (Rate(2, 3), 667),
        (Rate(1, 2_000), 1),
        (Rate(7, 7), 1000),
    ],
)
def test_a_rate_is_rounded_to_thousandths(rate: Rate, thousandths: int | None) -> None:
    assert rate.per_mille == thousandths


@given(RATES)
def test_an_estimate_lies_between_the_own_rate_and_the_mean(rates: dict[str, Rate]) -> None:
    found = shrunk(rates)
    samples = [one for one in rates.values() if one.denominator]
    assert found.keys() == {code for code, one in rates.items() if one.denominator}
    for code, estimate in found.items():
        mean = sum(one.numerator for one in samples) / sum(one.denominator for one in samples)
        own = rates[code].numerator / rates[code].denominator
        assert min(own, mean) - 1e-9 <= estimate <= max(own, mean) + 1e-9
        low, high = wilson(rates[code])
        assert 0 <= low <= own + 1e-9
        assert own - 1e-9 <= high <= 1


def test_a_small_sample_is_drawn_further_to_the_mean_than_a_large_one() -> None:
    rates = {
        "lucky": Rate(3, 3),
        "good": Rate(285, 300),
        "bad": Rate(150, 300),
        "fair": Rate(225, 300),
    }
    found = shrunk(rates)
    assert found["lucky"] < found["good"]
    assert abs(found["good"] - 0.95) < 0.01
    told = standings(rates)
    assert (told["good"].rank, told["fair"].rank, told["bad"].rank) == (1, 2, 3)
    assert told["lucky"].rank is None


def test_where_nothing_but_chance_differs_all_are_alike() -> None:
    random = Random(5)
    rates = {f"{n}": Rate(sum(random.random() < 0.8 for _ in range(50)), 50) for n in range(40)}
    told = standings(rates)
    spread = [one.estimate for one in told.values() if one.estimate is not None]
    own = [one.numerator / one.denominator for one in rates.values()]
    assert max(spread) - min(spread) < 1_000 * (max(own) - min(own)) / 2
    alike = standings({"a": Rate(8, 10), "b": Rate(79, 100), "c": Rate(81, 100)}, minimum=10)
    assert {one.rank for one in alike.values()} == {1}


def test_the_estimates_are_nearer_to_the_truth_than_the_rates() -> None:
    """Places with true rates of their own: what shrinking promises, on average."""
    random, gained = Random(1), 0.0
    for _ in range(200):
        truly = {f"{n}": min(1.0, max(0.0, random.gauss(0.75, 0.08))) for n in range(30)}
        rates = {}
        for code, share in truly.items():
            number = random.choice((4, 10, 40, 150))
            rates[code] = Rate(sum(random.random() < share for _ in range(number)), number)
        found = shrunk(rates)
        off = [(one.numerator / one.denominator - truly[code]) ** 2 for code, one in rates.items()]
        drawn = [(found[code] - truly[code]) ** 2 for code in rates]
        gained += sum(off) - sum(drawn)
    assert gained > 0


def test_equal_places_share_a_rank() -> None:
    told = standings({"a": Rate(90, 100), "b": Rate(90, 100), "c": Rate(10, 100), "d": Rate(1, 1)})
    assert [told[code].rank for code in "abcd"] == [1, 1, 3, None]


def test_of_nothing_nothing_is_said() -> None:
    told = standings({"a": Rate(0, 0), "b": Rate(20, 40)})
    assert (told["a"].estimate, told["a"].low, told["a"].rank) == (None, None, None)
    assert told["b"].rank == 1
    assert standings({}) == {}
