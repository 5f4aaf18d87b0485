"""Which store the settings mean."""

from __future__ import annotations

from services.grievance.files.folder import Folder
from services.grievance.files.store import Store
from services.grievance.settings import Settings
from shared.ops.settings import Misconfigured


def store_of(settings: Settings, kind: str) -> Store | None:
    """Where files of this kind are kept; None where nobody said. Raises Misconfigured."""
    if settings.files_url is None:
        folder = settings.files_dir
        return Folder(folder / "grievance" / kind) if folder else None
    if settings.bucket is None:
        raise Misconfigured("LINLI_FILES_URL needs LINLI_BUCKET__KEY_ID and …__SECRET")
    # Only a process that has a bucket pays for the library.
    from services.grievance.files.bucket import Bucket

    return Bucket(f"{settings.files_url.rstrip('/')}/grievance/{kind}", settings.bucket)
