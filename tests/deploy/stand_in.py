"""Tiny programs in place of the services, to test what starts and stops them.

``python -m tests.deploy.stand_in migrate|sample|web|worker [--port N]``; LINLI_STAND_IN names
one misbehaviour.
"""

import asyncio
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import asyncpg

MISBEHAVIOUR = os.environ.get("LINLI_STAND_IN", "")
DIARY = Path(os.environ["LINLI_MASTER_KEY_FILE"]).with_name("diary")


def note(line: str) -> None:
    with DIARY.open("a") as diary:
        diary.write(f"{line}\n")


def ask(sql: str, *, who: str = "DSN") -> object:
    async def once() -> object:
        connection = await asyncpg.connect(os.environ[f"LINLI_GRIEVANCE__{who}"])
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return asyncio.run(once())


class Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(503 if MISBEHAVIOUR == "worker-dies" else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def live(name: str) -> None:
    stopped = signal.Signals(signal.sigwait({signal.SIGTERM, signal.SIGINT}))
    note(f"{name} stops at {stopped.name}, postgres answers {ask('select 1')}")


def web() -> None:
    server = HTTPServer(("127.0.0.1", int(sys.argv[-1])), Ready)
    Thread(target=server.serve_forever, daemon=True).start()
    live("web")


def worker() -> None:
    if MISBEHAVIOUR == "worker-dies":
        sys.exit(7)
    live("worker")


def migrate() -> None:
    ask("create table if not exists kept (line text)", who="OWNER_DSN")
    ask("grant insert on kept to grievance", who="OWNER_DSN")
    if MISBEHAVIOUR == "migrate-fails":
        sys.exit("the tables are newer than this program")
    if MISBEHAVIOUR == "migrate-hangs":
        note("migrate begins")
        live("migrate")


def sample() -> None:
    note(" ".join(["sample", *sys.argv[2:]]))
    ask("insert into kept values ('sample')")


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    {"web": web, "worker": worker, "migrate": migrate, "sample": sample}[sys.argv[1]]()
