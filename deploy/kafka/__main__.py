"""``python -m deploy.kafka``: Apache Kafka for a person, until Ctrl-C; its data goes with it."""

import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from deploy.kafka.apache import ApacheKafka
from deploy.local.fault import Fault

LOOK_SECONDS = 0.5


def main(brokers: Annotated[int, typer.Option(help="1 or 3.")] = 1) -> None:
    """Run one or three brokers on loopback and print their bootstrap address."""
    if brokers not in (1, 3):
        raise typer.BadParameter("1 or 3 brokers")
    number: Literal[1, 3] = 3 if brokers == 3 else 1
    for told in (signal.SIGINT, signal.SIGTERM):  # a script's `&` has the first one ignored
        signal.signal(told, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="linli-kafka-") as folder:
        kafka = ApacheKafka(Path(folder), number)
        try:
            kafka.start()
            typer.echo(kafka.bootstrap)
            while True:  # `pause` would sleep through a signal that comes just before it
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            pass
        except Fault as fault:
            sys.exit(f"kafka: {fault}")
        finally:
            kafka.stop()


if __name__ == "__main__":
    typer.run(main)
