"""What containers keep in files: one folder, on a volume, that belongs to who writes to it."""

from tests.deploy.compose_file import compose, own
from tests.deploy.test_image import dockerfile


def test_photos_are_kept_on_one_volume_that_the_image_may_write_to() -> None:
    for role in ("api", "worker"):
        one = own()[f"grievance-{role}"]
        [volume] = one["volumes"]
        name, folder = volume.split(":")
        assert name in compose()["volumes"]
        assert one["environment"]["LINLI_FILES_DIR"] == folder
        [made] = [line for line in dockerfile() if "install" in line and folder in line]
        assert {"--owner=linli", "--mode=0700"} <= set(made)
