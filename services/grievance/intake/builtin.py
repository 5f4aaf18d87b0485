"""The mappings that come with the product, and which of them fits a file."""

from functools import cache
from importlib.resources import files

from shared.sheets.refusal import Refused, listed

from .mapping import Mapping, parse_mapping

NAMES = ("petitions-with-replies", "petitions-with-votes")


@cache
def builtin_mappings() -> tuple[Mapping, ...]:
    """All built-in mappings, in the order in which they are preferred."""
    folder = files(__package__) / "mappings"
    return tuple(
        parse_mapping((folder / f"{name}.toml").read_bytes(), title=f"{name} (built in)")
        for name in NAMES
    )


def fitting(headers: tuple[str, ...], *, title: str) -> Mapping:
    """The built-in mapping all of whose columns are there; of several the one with most columns,
    then the first. Raises Refused, naming what was found and what each mapping needs."""
    fits = [m for m in builtin_mappings() if set(m.headers().values()) <= set(headers)]
    if fits:
        return max(fits, key=lambda mapping: len(mapping.headers()))
    needs = "; ".join(
        f"{m.source} needs {listed(list(m.headers().values()))}" for m in builtin_mappings()
    )
    raise Refused(
        f"{title}: no built-in mapping fits its columns {listed(headers)}; {needs}; "
        "give a mapping file with --mapping"
    )
