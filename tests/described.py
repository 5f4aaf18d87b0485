"""Asking an API what a generated client would: every answer has to be as the API describes it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = int(os.environ.get("LINLI_FUZZ_EXAMPLES", "12"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Names of fields, and what there is of each.
Known = Mapping[str, Sequence[Any]]


def ask(operation: Any, headers: Mapping[str, str], known: Known, seen: Counter[int]) -> None:
    """EXAMPLES requests of an operation, good and bad, some of them about what is `known`; `seen`
    counts the answers by status. Raises where one is not as described."""
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @trying(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=good | bad, number=st.one_of(st.none(), st.integers(0, 9)))
    def each(case: Any, number: int | None) -> None:
        case.headers.update(headers)
        if number is not None:
            _make_known(case, known, number)
        if str(case.query.get("min_position", "")).isdigit():
            del case.query["min_position"]  # most name the future: they would wait in vain
        seen[case.call_and_validate(checks=CHECKS).status_code] += 1

    each()


def _make_known(case: Any, known: Known, number: int) -> None:
    """Put what there is where the example has made-up names."""
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            for name in known.keys() & part.keys():
                part[name] = known[name][number % len(known[name])]
