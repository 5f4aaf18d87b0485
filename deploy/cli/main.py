"""The command ``linli``: a plain list of what it can do."""

import sys

import typer
from typer._click.exceptions import ClickException  # not exported, and the base of all of them

from deploy.cli import audit, enrol, import_, keys, parked, report, seals, up, verify, witness
from deploy.local.fault import Fault

INTERRUPTED = 130

app = typer.Typer(
    name="linli",
    help="Linli (邻里): casework for a district, on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(up.up)
app.command()(up.down)
app.command()(up.status)
app.add_typer(import_.app, name="import")
app.command()(enrol.enrol)
app.add_typer(report.app, name="report")
app.add_typer(audit.app, name="audit")
app.add_typer(parked.app, name="parked")
app.add_typer(keys.app, name="keys")
app.command()(verify.verify)
app.add_typer(seals.app, name="seals")
app.command()(witness.witness)
app.command()(verify.rebuild)


def main() -> None:
    """Run one command; a fault is one line on stderr and a non-zero exit."""
    try:
        code = app(standalone_mode=False)
    except (Fault, OSError) as fault:  # OSError: a folder of another user, a full disk
        code = complain(str(fault), 1)
    except ClickException as misuse:
        code = complain(misuse.format_message().replace("\n", " "), misuse.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        code = complain("interrupted", INTERRUPTED)
    sys.exit(code or 0)


def complain(line: str, code: int) -> int:
    """Say what is wrong, and hand the exit code on."""
    typer.echo(f"linli: {line}", err=True)
    return code


if __name__ == "__main__":
    main()
