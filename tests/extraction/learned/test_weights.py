"""The files of the model are the ones its card names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from graph.errors import UsageError
from graph.extraction.learned import weights

if TYPE_CHECKING:
    from pathlib import Path


def test_a_changed_file_is_refused_by_name(tmp_path: Path) -> None:
    for name in weights.FILES:
        (tmp_path / name).write_bytes(b"changed")
    (tmp_path / "model.json").write_text(json.dumps({"sha256": dict.fromkeys(weights.FILES, "0" * 64)}), "utf-8")
    with pytest.raises(UsageError, match=r"encoder\.onnx"):
        weights.load(tmp_path)


def test_a_folder_without_weights_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make train"):
        weights.load(tmp_path)
