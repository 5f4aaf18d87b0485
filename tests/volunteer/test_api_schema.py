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

from services.volunteer import app as volunteer
from services.volunteer.kinship import Register
from services.volunteer.settings import Settings
from shared.ops.settings import Kafka
from tests.described import ask
from tests.volunteer.bank import ANN, BEN, COUNTER, DAY, Bank, Headers
from tests.volunteer.kin import Kin

pytestmark = pytest.mark.postgres
ROLES = ("administrator", "registrar", "hours_approver", "team_leader", "supervisor")
KNOWN: dict[str, tuple[Any, ...]] = {
    "person": (str(ANN), str(BEN)),
    "to": (str(BEN),),
    "heir": (str(BEN),),
    "record": (2, 3, 4),
    "territory": ("sanwan", "litai", "gaoxin"),
    "pool": ("sanwan", "litai"),
    "day": (DAY,),
}


@pytest.fixture
async def standing(settings: Settings, headers: Headers) -> None:
    """Something of everything that can be asked about."""
    app = volunteer.api(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://linli") as client,
    ):
        bank = Bank(client, headers, app.state.service)
        await bank.draw()
        await bank.saved(200)
        for _ in range(3):
            await bank.logged(30, note="送饭")
        await bank.done("/accounts", {"person": str(BEN), "territory": "litai"}, COUNTER)
        await bank.done(f"/accounts/{ANN}/donate", {"minutes": 20}, COUNTER)


@pytest.fixture
def served(
    settings: Settings,
    standing: None,
    anyio_backend: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Any]:
    """The app in an event loop of schemathesis's own, as it describes itself."""
    register = Kin({(ANN, BEN): "child"}, needs={"living_alone": 3})
    monkeypatch.setattr(Register, "bond", register.bond)
    monkeypatch.setattr(Register, "care", register.care)
    token_file = tmp_path / "service.token"
    token_file.write_text("nobody is asked with it")
    with _followed(settings, token_file):
        yield schemathesis.openapi.from_asgi("/openapi.json", volunteer.api(settings))
    shutdown_lifespans()


@contextmanager
def _followed(settings: Settings, token_file: Path) -> Iterator[None]:
    """The service's work goes on meanwhile, in a thread of its own, though no broker answers."""
    nowhere = {
        "kafka": Kafka(bootstrap="127.0.0.1:9"),
        "feeds": {"territory": "http://127.0.0.1:9", "grievance": "http://127.0.0.1:9"},
    }
    settings = settings.model_copy(update={**nowhere, "service_token_file": token_file})
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    thread = Thread(target=loop.run_until_complete, args=(volunteer.work(stop, settings),))
    thread.start()
    yield
    loop.call_soon_threadsafe(stop.set)
    thread.join()
    loop.close()


@pytest.mark.timeout(600)
def test_every_answer_is_as_described(served: Any, token: Callable[..., str]) -> None:
    seen: Counter[int] = Counter()
    keeper = token("keeper", roles=ROLES, territory="gaoxin")
    for operation in served.get_all_operations():
        ask(operation.ok(), {"Authorization": f"Bearer {keeper}"}, KNOWN, seen)
    assert seen.keys() >= {200, 404, 422}, seen
