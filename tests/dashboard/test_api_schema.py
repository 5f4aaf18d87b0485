"""The API as it describes itself: whatever a generated client asks, the answer is as described."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.dashboard import app as dashboard
from services.dashboard.settings import Settings
from shared.runtime.following.consuming import Consumer
from tests.dashboard import told
from tests.dashboard.conftest import Headers
from tests.dashboard.told import Log, raised

pytestmark = pytest.mark.postgres
EXAMPLES = int(os.environ.get("LINLI_FUZZ_EXAMPLES", "12"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture
async def counted(consumer: Consumer) -> None:
    """A case in every state."""
    log = Log()
    for number in range(len(told.LIFE) + 1):
        log.tell(number, raised(days=number), *told.LIFE[:number])
    await log.reach(consumer)


@pytest.fixture
def served(settings: Settings, counted: None, anyio_backend: str) -> Iterator[Any]:
    """The app in an event loop of schemathesis's own, as it describes itself."""
    yield schemathesis.openapi.from_asgi("/openapi.json", dashboard.api(settings))
    shutdown_lifespans()


def test_every_answer_is_as_described(served: Any, headers: Headers) -> None:
    seen: Counter[int] = Counter()
    for operation in served.get_all_operations():
        _try(operation.ok(), headers("auditor"), seen)
    assert seen.keys() >= {200, 403, 422}, seen


def _try(operation: Any, headers: dict[str, str], seen: Counter[int]) -> None:
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @trying(
        max_examples=2 * EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=good | bad)
    def each(case: Any) -> None:
        case.headers.update(headers)
        if str(case.query.get("min_position", "")).isdigit():
            del case.query["min_position"]  # most name the future: they would wait in vain
        seen[case.call_and_validate(checks=CHECKS).status_code] += 1

    each()
