"""The command ``linli`` itself, over the stand-in programs."""

from functools import partial
from unittest.mock import patch

from deploy.cli import main, up
from deploy.local.supervisor import Programs, Run

MODULE = "tests.deploy.stand_in"
PROGRAMS = Programs(
    migrate=(MODULE, "migrate"),
    sample=(MODULE, "sample"),
    web=(MODULE, "web"),
    worker=(MODULE, "worker"),
)

if __name__ == "__main__":
    with (
        patch.object(up, "ENTRY", "tests.deploy.stand_in_cli"),
        patch.object(up, "Run", partial(Run, programs=PROGRAMS)),
    ):
        main.main()
