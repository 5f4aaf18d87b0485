"""Add the samples that are missing: `python -m tests.corpus.write`. What is written stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shared.core.catalogue import Catalogue
from tests.corpus import samples


def write(service: str, catalogue: Catalogue[Any]) -> list[Path]:
    """Make the missing files of a service, and the missing readings; the files it touched."""
    touched = []
    for type_, cls in catalogue.classes.items():
        file = samples.path(service, type_, cls.schema_version)
        if not file.exists():
            _save(file, samples.made(catalogue, cls))
            touched.append(file)
    return touched + [file for file in samples.files(service) if _add_reading(catalogue, file)]


def _add_reading(catalogue: Catalogue[Any], file: Path) -> bool:
    """How today's schema version reads the samples, where the file does not say so yet."""
    content = samples.read(file)
    version = str(catalogue.classes[content["type"]].schema_version)
    missing = False
    events = samples.decoded(catalogue, content)
    for sample, event in zip(content["samples"], events, strict=True):
        if version not in sample["read_as"]:
            sample["read_as"][version] = samples.told(event)
            missing = True
    if missing:
        _save(file, content)
    return missing


def _save(file: Path, content: dict[str, Any]) -> None:
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    file.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Write what is missing for every service, and say what was written."""
    for service, catalogue in samples.catalogues().items():
        for file in write(service, catalogue):
            print(file.relative_to(samples.ROOT))  # noqa: T201 - it is a command


if __name__ == "__main__":
    main()
