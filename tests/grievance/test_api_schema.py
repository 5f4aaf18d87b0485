"""The API as it describes itself: whatever a generated client sends, the answer is as described."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.grievance import app as grievance
from services.grievance.settings import Settings
from shared.ops.settings import Kafka
from shared.testkit.maps import lay
from tests.grievance.conftest import TERRITORIES
from tests.grievance.exports import sealing
from tests.grievance.front_desk import FrontDesk, Headers
from tests.grievance.pictures import BASELINE
from tests.grievance.residents import Residents

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]  # some 1,000 requests
EXAMPLES = int(os.environ.get("LINLI_FUZZ_EXAMPLES", "12"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EVERYONE = (
    "dispatcher", "supervisor", "handling_unit", "callback_agent", "resident", "auditor",
    "administrator",
)  # fmt: skip
LIFE = ("accept", "dispatch", "sign", "reply", "callback", "close", "reopen")


class Standing(NamedTuple):
    """A case on the register, and what its petitioner has of it."""

    id: str
    number: str
    code: str


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    seals = sealing(tmp_path / "seals").model_copy(update={"every": 0.5})
    return settings.model_copy(update={"files_dir": tmp_path / "files", "seals": seals})


@pytest.fixture
async def standing(settings: Settings, headers: Headers) -> list[Standing]:
    """Cases that stand on the register, each one step further than the one before."""
    app = grievance.api(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        await lay(app.state.service.pool, TERRITORIES)
        desk, residents = FrontDesk(client, headers), Residents(client)
        slips = [
            await residents.file(photos=[await residents.upload(BASELINE)])
            for _ in range(len(LIFE) + 1)
        ]
        await app.state.service.projector.drain()
        lines = (await desk.register())["items"]
        cases = [
            Standing(line["id"], slip["number"], slip["code"])
            for line, slip in zip(reversed(lines), slips, strict=True)
        ]
        for steps, one in enumerate(cases):
            await desk.walk(one.id, *LIFE[:steps])
        await app.state.service.projector.drain()
    return cases


@pytest.fixture
def served(settings: Settings, standing: list[Standing], anyio_backend: str) -> Iterator[Any]:
    """The app in an event loop of schemathesis's own, as it describes itself."""
    with _followed(settings):
        yield schemathesis.openapi.from_asgi("/openapi.json", grievance.api(settings))
    shutdown_lifespans()


@contextmanager
def _followed(settings: Settings) -> Iterator[None]:
    """The service's work goes on meanwhile, in a thread of its own, though no broker answers."""
    settings = settings.model_copy(update={"kafka": Kafka(bootstrap="127.0.0.1:9")})
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = Thread(target=loop.run_until_complete, args=(grievance.work(stop, settings),))
    thread.start()
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.mark.timeout(400)
def test_every_answer_is_as_described(
    served: Any, standing: list[Standing], token: Callable[..., str]
) -> None:
    seen: Counter[int] = Counter()
    bearer = f"Bearer {token(roles=EVERYONE, unit='lamps')}"
    for operation in served.get_all_operations():
        _try(operation.ok(), {"Authorization": bearer}, standing, seen)
    assert seen.keys() >= {200, 201, 400, 404, 409, 412, 422}, seen


def _try(
    operation: Any, headers: dict[str, str], cases: list[Standing], seen: Counter[int]
) -> None:
    good = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    bad = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    known = st.one_of(st.none(), st.integers(0, len(cases) - 1))
    behind = st.sampled_from([0, 0, 1])

    @trying(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=good | bad, known=known, behind=behind)
    def each(case: Any, known: int | None, behind: int) -> None:
        case.headers.update(headers)
        if known is not None:
            _make_known(case, cases[known], known + 1 - behind)
        if str(case.query.get("min_position", "")).isdigit():
            del case.query["min_position"]  # most name the future: they would wait in vain
        seen[case.call_and_validate(checks=CHECKS).status_code] += 1

    each()


def _make_known(case: Any, known: Standing, version: int) -> None:
    """Put a real case, its version, its number and code, and a real place where the example has
    made-up ones."""
    if "case_id" in case.path_parameters:
        case.path_parameters["case_id"] = known.id
    if "number" in case.path_parameters:
        case.path_parameters["number"] = known.number
        if isinstance(case.body, dict) and "code" in case.body:
            case.body["code"] = known.code
    if "If-Match" in case.headers:
        case.headers["If-Match"] = f'"{version}"'
    if isinstance(case.body, dict) and "territory" in case.body:
        case.body["territory"] = "d/s1/c1"
