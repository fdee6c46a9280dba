"""What each head is taught on one report: spans, triggers, roles, stance."""

from __future__ import annotations

import data
import torch
from network import ROLES, by_entity, multilabel, threshold
from torch.nn import functional


def features(example: data.Example, vocabulary: dict, origins: list[int], mentions: list) -> tuple[torch.Tensor, torch.Tensor]:
    """Path and distance ids of every (origin, mention)."""
    paths = {p: i for i, p in enumerate(vocabulary["paths"])}
    words = example.words
    roots = [words.root(a, b) for a, b, *_ in mentions]
    path_ids = [[paths.get(example.path(o, r), 0) for r in roots] for o in origins]
    gaps = [[data.bucket(abs(words.sentences[o] - words.sentences[r]), r < o) for r in roots] for o in origins]
    return torch.tensor(path_ids), torch.tensor(gaps)


def role_scores(heads, hidden, example, vocabulary, origins, trigger, relation, mentions, entities: int):
    """[events, entities, roles] and [events, roles] (nobody). A pronoun's score goes to whom it may mean, by the link head."""
    words = example.words
    spans = [(a, b, data.TYPES.index(kind), entity) for a, b, kind, entity in mentions]
    pronouns = [(p, p + 1, data.TYPES.index("pronoun"), None) for p in example.raw["pronouns"] if p < hidden.shape[0]]
    everyone = spans + pronouns
    reps = torch.stack([hidden[a:b].mean(0) for a, b, *_ in everyone])
    types = torch.tensor([t for _, _, t, _ in everyone])
    path_ids, gaps = features(example, vocabulary, origins, everyone)
    scores, none = heads.roles(trigger, relation, reps, types, path_ids, gaps)
    owner = torch.tensor([e for *_, e in spans])
    direct = by_entity(scores[:, :len(spans)].permute(0, 2, 1), owner, entities)
    if pronouns:
        order = torch.tensor([[data.bucket(abs(words.sentences[p] - words.sentences[words.root(a, b)]), a < p) for a, b, *_ in spans]
                              for p, *_ in pronouns])
        links = heads.links(reps[len(spans):], reps[:len(spans)], types[:len(spans)], order)
        chances = torch.log_softmax(torch.cat([by_entity(links, owner, entities), torch.zeros(len(pronouns), 1)], 1), 1)[:, :-1]
        through = torch.logsumexp(scores[:, len(spans):].permute(0, 2, 1)[..., None] + chances[None, None], dim=2)
        direct = torch.logaddexp(direct, through)
    return direct.permute(0, 2, 1), none


def losses(heads, hidden, example: data.Example, vocabulary: dict, weight: dict) -> dict[str, torch.Tensor]:
    """The loss of each head on one report."""
    n = hidden.shape[0]
    raw = example.raw
    relations = {r: i for i, r in enumerate(vocabulary["relations"])}
    mentions = [m for m in raw["mentions"] if m[1] <= n]
    events = [e for e in raw["events"] if e["quote"][1] <= n and (not e["literal"] or e["literal"][1] <= n) and e["relation"] in relations]
    out = {}
    wanted = torch.zeros(len(vocabulary["classes"]), n, n, dtype=torch.bool)
    for a, b, kind, _ in mentions:
        wanted[vocabulary["classes"].index(kind), a, b - 1] = True
    for event in events:
        if event["literal"]:
            a, b = event["literal"]
            if b - a <= 24:
                wanted[vocabulary["classes"].index(event["relation"]), a, b - 1] = True
    scores = heads.spans(hidden)
    flat = scores.flatten(1)
    out["span"] = multilabel(flat, wanted.flatten(1)).mean()
    logits, stances = heads.triggers(hidden)
    told = torch.zeros(n, len(relations))
    neutral = torch.zeros(n, len(relations), dtype=torch.bool)
    origins, chosen_relations, pooled = [], [], []
    for event in events:
        r = relations[event["relation"]]
        if event["literal"]:
            first, end = event["literal"]
            origin = example.words.root(first, end)
            share = None
        else:
            first, end = event.get("trigger") or event["quote"]
            share = torch.softmax(logits[first:end, r].detach() * 2, 0)
            origin = first + int(share.argmax())
            told[origin, r] = 1.0
            neutral[first:end, r] = True
        origins.append(origin)
        chosen_relations.append(r)
        pooled.append(hidden[origin] if share is None else share @ hidden[first:end])
    each = functional.binary_cross_entropy_with_logits(logits, told, reduction="none")
    each = torch.where(neutral & (told == 0), 0.1 * each, each)
    out["trigger"] = each.sum() / max(1.0, float(told.sum()))
    if not events or not mentions:
        return out
    trigger = torch.stack(pooled)
    entities = len(raw["entities"])
    numbers = {e: entities + i for i, e in enumerate(sorted({m[3] for m in raw.get("others", [])}))}
    mentions = mentions + [[a, b, kind, numbers[e]] for a, b, kind, e in raw.get("others", []) if b <= n]
    entities += len(numbers)
    scores, none = role_scores(heads, hidden, example, vocabulary, origins, trigger, torch.tensor(chosen_relations), mentions, entities)
    present = {m[3] for m in mentions}
    total, count = torch.zeros(()), 0
    for k, role in enumerate(ROLES):
        rows = [i for i, e in enumerate(events) if not (role == "object" and e["literal"]) and (not e[role] or present & set(e[role]))]
        if not rows:
            continue
        positive = torch.zeros(len(rows), entities, dtype=torch.bool)
        for j, i in enumerate(rows):
            for entity in events[i][role]:
                positive[j, entity] = entity in present
        visible = torch.tensor([e in present for e in range(entities)])
        each = threshold(scores[rows, :, k].masked_fill(~visible, -1e4), none[rows, k], positive)
        total = total + each.mean() * weight.get(role, 1.0)
        count += 1
    out["role"] = total
    labels = torch.tensor([data.STANCES.index(e["stance"]) for e in events])
    out["stance"] = functional.cross_entropy(stances[origins], labels, weight=torch.tensor([1.0, 4.0, 4.0])) * 0.3
    return out


def mark_ids(example: data.Example, vocabulary: dict) -> torch.Tensor:
    """[words, 4] ids of what spaCy says of each word."""
    if "marks" not in example.cache:
        places = {m: i for i, m in enumerate(vocabulary["marks"])}
        example.cache["marks"] = torch.tensor([[places.get(m, 0) for m in row] for row in example.marks])
    return example.cache["marks"]
