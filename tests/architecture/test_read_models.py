"""One name, four places: the file, the read model, its table, its cursor."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.core.projection import ReadModel
from shared.store.tables import columns
from tests.architecture import tree

PROJECTIONS = tree.projections()


def _model(path: Path) -> ReadModel[object, object]:  # type: ignore[type-var]
    module = tree.module(path)
    [model] = [v for v in vars(module).values() if isinstance(v, ReadModel)]
    return model


def test_there_are_read_models() -> None:
    assert PROJECTIONS


@pytest.mark.parametrize("path", PROJECTIONS, ids=tree.name)
def test_a_read_model_is_called_after_its_file(path: Path) -> None:
    assert _model(path).name == path.stem
    assert getattr(tree.module(path), path.stem) is _model(path)


@pytest.mark.parametrize("path", PROJECTIONS, ids=tree.name)
def test_its_columns_can_be_made(path: Path) -> None:
    key, *others = columns(_model(path).row)
    assert (key.type, key.nullable) == ("uuid", False)
    assert others


@pytest.mark.parametrize("service", tree.services(), ids=tree.name)
def test_no_table_has_two_owners_and_every_model_is_kept(service: Path) -> None:
    models = [_model(path) for path in PROJECTIONS if path.parent.parent == service]
    names = [m.name for m in models] + [m.tally.name for m in models if m.tally is not None]
    assert len(names) == len(set(names))
    opened = tree.module(service / "service.py")
    beside = ("FOLLOWED", "FOLLOWED_CASES", "SEARCHED", "LOOKED", "SERVED", "POINTED")
    others = [getattr(opened, name, ()) for name in beside]
    kept = [*opened.MODELS, *(model for models in others for model in models)]
    assert {model.name for model in kept} == {model.name for model in models}
