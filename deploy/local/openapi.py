"""The descriptions in ``docs/api``, of HTTP, of topics and of who may do what.

``python -m deploy.local.openapi`` writes them anew.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from deploy.local import access_page, asyncapi

FOLDER = Path(__file__).parents[2] / "docs" / "api"
NOWHERE = {
    name: "postgresql:///"
    for name in (
        "LINLI_TERRITORY__DSN",
        "LINLI_TERRITORY__KEYS_DSN",
        "LINLI_GRIEVANCE__DSN",
        "LINLI_GRIEVANCE__KEYS_DSN",
        "LINLI_VOLUNTEER__DSN",
        "LINLI_VOLUNTEER__KEYS_DSN",
        "LINLI_POINTS__DSN",
        "LINLI_POINTS__KEYS_DSN",
        "LINLI_DASHBOARD__DSN",
    )
}


def descriptions() -> dict[Path, str]:
    """Every file and what it should hold; nothing is connected to."""
    os.environ.update(NOWHERE)
    from deploy.local.installed import INSTALLED

    apis = {f"{one.name}.openapi.json": one.api().openapi() for one in INSTALLED}
    topics = {f"{one.name}.asyncapi.json": asyncapi.description(one.name) for one in INSTALLED}
    told = {FOLDER / name: _text(one) for name, one in (apis | topics).items() if one}
    tables = {one.name: one.access for one in INSTALLED}
    return told | {FOLDER / "access.md": access_page.page(tables)}


def _text(description: dict[str, Any]) -> str:
    return json.dumps(description, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def main() -> None:
    """Write what has changed, and name it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in descriptions().items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])}\n")


if __name__ == "__main__":
    main()
