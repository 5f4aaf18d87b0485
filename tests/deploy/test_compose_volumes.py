"""What containers keep in files: on volumes, in folders that belong to who writes to them."""

import pytest

from tests.deploy.compose_file import compose, own
from tests.deploy.test_image import dockerfile


def volumes(container: str) -> dict[str, list[str]]:
    """What is mounted where in a container: by folder, the volume and how."""
    told = (one.split(":") for one in own()[container]["volumes"])
    return {folder: [name, *how] for name, folder, *how in told}


@pytest.mark.parametrize("setting", ["LINLI_FILES_DIR", "LINLI_SEALS__PLACE"])
@pytest.mark.parametrize("role", ["api", "worker"])
def test_it_is_kept_on_a_volume_that_the_image_may_write_to(role: str, setting: str) -> None:
    folder = own()[f"grievance-{role}"]["environment"][setting]
    name, *_ = volumes(f"grievance-{role}")[folder]
    assert name in compose()["volumes"]
    [made] = [line for line in dockerfile() if "install" in line and folder in line]
    assert {"--owner=linli", "--mode=0700"} <= set(made)


@pytest.mark.parametrize("service", ["grievance", "territory", "volunteer", "points"])
def test_only_who_seals_may_write_seals_and_has_the_key(service: str) -> None:
    for role, how in (("api", ["ro"]), ("worker", [])):
        container = own()[f"{service}-{role}"]
        folder = container["environment"]["LINLI_SEALS__PLACE"]
        assert volumes(f"{service}-{role}")[folder] == ["seals", *how]
        assert ("seal_key" in container["secrets"]) == (role == "worker")
        assert ("LINLI_SEALS__KEY_FILE" in container["environment"]) == (role == "worker")
