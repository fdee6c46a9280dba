"""The trained weights as they lie in a folder: `encoder.onnx`, `heads.npz`, `vocabulary.txt`, `vote.json`, checked by SHA-256 against `model.json`."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph import files
from graph.errors import UsageError
from graph.extraction.learned import pieces, vote
from graph.extraction.learned.encoder import Encoder
from graph.extraction.learned.heads import Heads

if TYPE_CHECKING:
    from pathlib import Path

    from graph.extraction.learned.vote import Vote

FILES = ("encoder.onnx", "heads.npz", "vocabulary.txt", "vote.json")


@dataclass(frozen=True, slots=True)
class Model:
    """Encoder and heads, the vocabulary that goes with them, and the version that statements name."""

    version: str
    encoder: Encoder
    heads: Heads
    relations: tuple[str, ...]
    classes: tuple[str, ...]
    types: tuple[str, ...]
    paths: dict[str, int]
    marks: dict[str, int]
    vote: Vote


def load(folder: Path) -> Model:
    """The model of a folder. Raises UsageError if there is none, a file is not the one that `model.json` names, or the extra is missing."""
    if not (folder / "model.json").exists():
        raise UsageError("This copy of Casegraph holds no trained weights. Use the extractor `rules`, or train with `make train`.")
    card = json.loads(files.read_text(folder / "model.json"))
    data = {name: files.read_bytes(folder / name) for name in FILES}
    for name, content in data.items():
        if files.sha256(content) != card["sha256"].get(name):
            raise UsageError(f"{name} of the learned extractor is not the file that model.json names. Install the package again.")
    try:
        import onnxruntime
    except ImportError as error:
        raise UsageError("The learned extractor needs onnxruntime. Run `pip install 'casegraph[model]'`.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    session = onnxruntime.InferenceSession(data["encoder.onnx"], options, providers=["CPUExecutionProvider"])
    vocabulary = pieces.read(data["vocabulary.txt"].decode("utf-8"))
    with np.load(io.BytesIO(data["heads.npz"]), allow_pickle=False) as arrays:
        weights = {name: arrays[name].astype(np.float32) for name in sorted(arrays.files)}
    return Model(card["version"], Encoder(session, vocabulary), Heads(weights), tuple(card["relations"]), tuple(card["classes"]),
                 tuple(card["types"]), {p: i for i, p in enumerate(card["paths"])},
                 {m: i for i, m in enumerate(card["marks"])},
                 vote.read(json.loads(data["vote.json"])))
