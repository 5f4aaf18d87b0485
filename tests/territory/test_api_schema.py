"""The API as it describes itself: whatever a generated client sends, the answer is as described."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import schemathesis
from schemathesis.python.asgi import shutdown_lifespans

from services.territory import app as territory
from services.territory.settings import Settings
from shared.ops.settings import Kafka
from tests.described import ask
from tests.territory.office import Headers, Office
from tests.territory.organising import ZHONG, done, form_units, settle

pytestmark = pytest.mark.postgres
KNOWN = {
    "code": ("wenhua", "litai", "housing", "paired-1", "station"),
    "territory": ("wenhua", "sanwan", "gaoxin"),
    "place": ("sanwan-g3", "wenhua-3", "sanwan", "sanwan-party"),
    "parent": ("housing", "sanwan-party"),
    "unit": ("housing", "paired-1"),
    "category": ("建设/路灯", "建设"),
}


@pytest.fixture
async def standing(settings: Settings, headers: Headers) -> None:
    """Something of everything that can be asked about."""
    app = territory.api(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        office = Office(client, headers, app.state.service)
        await settle(office)
        await form_units(office)
        link = {"territory": "sanwan-g3", "linkage": "department"}
        await done(office, "/units/housing/link", link)
        await done(office, "/posts/grid_worker/sanwan-g3/fill", {"holder": ZHONG})
        station = {"kind": "park", "name": "公园", "territory": "wenhua"}
        await done(office, "/facilities/station/open", station)
        await done(office, "/territories/litai/management", {"mode": "unmanaged"})
        await done(office, "/catalogue/categories", {"paths": ["建设/路灯"]})
        row = {"category": "建设", "territory": "gaoxin", "unit": "housing"}
        await done(office, "/catalogue/routes", {"rows": [row]})
        await done(office, "/catalogue/publish", {})


@pytest.fixture
def served(settings: Settings, standing: None, anyio_backend: str, tmp_path: Path) -> Iterator[Any]:
    """The app in an event loop of schemathesis's own, as it describes itself."""
    token_file = tmp_path / "service.token"
    token_file.write_text("nobody is asked with it")
    with _followed(settings, token_file):
        yield schemathesis.openapi.from_asgi("/openapi.json", territory.api(settings))
    shutdown_lifespans()


@contextmanager
def _followed(settings: Settings, token_file: Path) -> Iterator[None]:
    """The service's work goes on meanwhile, in a thread of its own, though no broker answers."""
    nowhere = {
        "kafka": Kafka(bootstrap="127.0.0.1:9"),
        "feeds": dict.fromkeys(("grievance", "volunteer", "points"), "http://127.0.0.1:9"),
    }
    settings = settings.model_copy(update={**nowhere, "service_token_file": token_file})
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = Thread(target=loop.run_until_complete, args=(territory.work(stop, settings),))
    thread.start()
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.mark.timeout(600)
def test_every_answer_is_as_described(served: Any, token: Callable[..., str]) -> None:
    seen: Counter[int] = Counter()
    keeper = token("keeper", roles=("administrator",), territory="gaoxin")
    for operation in served.get_all_operations():
        ask(operation.ok(), {"Authorization": f"Bearer {keeper}"}, KNOWN, seen)
    assert seen.keys() >= {200, 404, 409, 422}, seen
