"""HTTP: file a petition with token, sealing and idempotency over real loopback sockets."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict

from bench import serving
from bench.figures import Bar, Figure, Measure, Sample
from bench.stage import Round, Stage, load, rounds
from bench.wire import Order
from deploy.local.supervisor import ADDRESS

CONNECTIONS = 64
PATH = "/api/grievance/v1/cases"
DETAILS = (
    "三单元门口的路灯坏了两周，晚上老人下楼看不清台阶，已有两位邻居摔倒。"
    "物业说要等街道批，街道说要等物业报，希望有人来看一看，定个日子修好。"
)
PETITION = {
    "subject": "三单元门口路灯不亮",
    "details": DETAILS,
    "case_type": "repair",
    "name": "王小明",
    "phone": "139 0000 0000",
    "address": "铁路宿舍三单元二楼",
}


def measure(stage: Stage) -> list[Measure]:
    """64 connections, each petition a new person's; then the same with the worker following."""
    before = load()
    token = serving.token(stage.home)
    with serving.web(stage) as port, serving.bare() as bare:
        alone = rounds(
            stage, {"ours": filing(port, PATH, token), "bare": filing(bare, "/cases", token)}
        )
        followed_before = load()
        with serving.workers(stage, port):
            followed = rounds(stage, {"ours": filing(port, PATH, token)})
    limit = Figure("a POST that touches nothing", "requests/s",
                   "the same server, the same form checked", alone["bare"])  # fmt: skip
    includes = (
        f"{CONNECTIONS} connections, one web process: token, form, 5 texts sealed under a new "
        "person's key, idempotency, rules, append with all guarantees"
    )
    ours = Figure("file a petition", "requests/s", includes, alone["ours"])
    both = Figure("file a petition, worker running", "requests/s",
                  f"{includes}; read models folded beside it", followed["ours"])  # fmt: skip
    return [
        Measure(ours, Bar(rate=1_500, p99=60), [limit], before),
        Measure(both, None, [limit], followed_before),
    ]


def filing(port: int, path: str, token: str) -> Round:
    """A round driven from another process. Raises RuntimeError when not all answers are 201."""

    async def run(stage: Stage) -> Sample:
        order = Order(
            host=ADDRESS, port=port, path=path, authorization=token,
            body=json.dumps({"territory": serving.DISTRICT, **PETITION}, ensure_ascii=False),
            connections=CONNECTIONS, warm=stage.window.warm, seconds=stage.window.seconds,
        )  # fmt: skip
        answer = await _driven(order)
        if set(answer["statuses"]) != {"201"}:
            raise RuntimeError(f"not only 201: {answer['statuses']}")
        return Sample(**answer["sample"])

    return run


async def _driven(order: Order) -> dict[str, dict[str, float]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.wire",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await process.communicate(json.dumps(asdict(order)).encode())
    if process.returncode:
        raise RuntimeError(f"the load generator ended with {process.returncode}")
    told: dict[str, dict[str, float]] = json.loads(out)
    return told
