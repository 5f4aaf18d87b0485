"""The API descriptions in ``docs/api``: ``python -m deploy.local.openapi`` writes them anew."""

import json
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "api"
NOWHERE = {"LINLI_GRIEVANCE__DSN": "postgresql:///", "LINLI_GRIEVANCE__KEYS_DSN": "postgresql:///"}


def descriptions() -> dict[Path, str]:
    """Every file and what it should hold; nothing is connected to."""
    os.environ.update(NOWHERE)
    from deploy.local.installed import INSTALLED

    return {
        FOLDER / f"{service.name}.openapi.json": _text(service.api().openapi())
        for service in INSTALLED
    }


def _text(description: dict[str, object]) -> str:
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
