"""The network: one encoder over a report, and heads for spans, triggers and the roles around a trigger.

A statement is read in three steps. Spans: which words name an entity (by type) or are a literal object. Triggers: at which word a
relation is told. Roles: who is subject, object, speaker and place of it; a pronoun stands for whom it most likely means.
All heads are plain matrix products, so that extraction runs them in numpy.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

ROLES = ("subject", "object", "speaker", "place")
SIZE = 384
SPAN = 40
HIDDEN = 128
LINK = 64


def _gelu(x: torch.Tensor) -> torch.Tensor:
    """The form by tanh, which numpy can compute too."""
    return functional.gelu(x, approximate="tanh")


class Heads(nn.Module):
    """Everything above the encoder; the sizes of its tables come with the vocabulary of the training data."""

    def __init__(self, vocabulary: dict) -> None:
        super().__init__()
        self.classes, self.relations = len(vocabulary["classes"]), len(vocabulary["relations"])
        self.mark = nn.Embedding(len(vocabulary["marks"]), SIZE)
        self.span = nn.Linear(SIZE, self.classes * 2 * SPAN)
        self.width = nn.Embedding(16, self.classes)
        self.trigger_in = nn.Linear(SIZE, 256)
        self.trigger_out = nn.Linear(256, self.relations)
        self.lexicon = nn.Parameter(torch.tensor(1.0))
        self.stance = nn.Linear(256, 3)
        self.relation = nn.Embedding(self.relations, HIDDEN)
        self.role = nn.Embedding(len(ROLES), HIDDEN)
        self.role_trigger = nn.Linear(SIZE, HIDDEN)
        self.role_mention = nn.Linear(SIZE, HIDDEN)
        self.kind = nn.Embedding(8, HIDDEN)
        self.path = nn.Embedding(len(vocabulary["paths"]), HIDDEN)
        self.distance = nn.Embedding(16, HIDDEN)
        self.role_out = nn.Linear(HIDDEN, len(ROLES))
        self.none_out = nn.Linear(HIDDEN, len(ROLES))
        self.link_pronoun = nn.Linear(SIZE, LINK)
        self.link_mention = nn.Linear(SIZE, LINK)
        self.link_type = nn.Embedding(8, LINK)
        self.link_distance = nn.Embedding(16, LINK)
        self.link_out = nn.Linear(LINK, 1)
        nn.init.constant_(self.trigger_out.bias, -5.0)
        nn.init.constant_(self.width.weight, 0.0)
        nn.init.constant_(self.mark.weight, 0.0)
        for table in (self.relation, self.role, self.kind, self.path, self.distance, self.link_type, self.link_distance):
            nn.init.normal_(table.weight, std=0.1)

    def marked(self, hidden: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        """The encoder's states with what spaCy says of each word; marks are [n, 4] ids."""
        return hidden + self.mark(marks).sum(1)

    def spans(self, hidden: torch.Tensor) -> torch.Tensor:
        """[classes, n, n] scores that a span from word i to word j is of a class; -inf where j < i or longer than 16."""
        n = hidden.shape[0]
        both = self.span(hidden).view(n, self.classes, 2, SPAN)
        scores = torch.einsum("ick,jck->cij", both[:, :, 0], both[:, :, 1]) / SPAN**0.5
        width = torch.arange(n)[None, :] - torch.arange(n)[:, None]
        scores = scores + self.width(width.clamp(0, 15)).permute(2, 0, 1)
        return scores.masked_fill(((width < 0) | (width > 24))[None], float("-inf"))

    def triggers(self, hidden: torch.Tensor, lexicon: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """[n, relations] logits that a relation is told at a word, and [n, 3] of stance."""
        inner = _gelu(self.trigger_in(hidden))
        logits = self.trigger_out(inner)
        if lexicon is not None:
            logits = logits + self.lexicon * lexicon
        return logits, self.stance(inner)

    def roles(self, trigger: torch.Tensor, relation: torch.Tensor, mentions: torch.Tensor, types: torch.Tensor, paths: torch.Tensor,
              distances: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[events, mentions, roles] scores and [events, roles] scores of nobody."""
        origin = self.role_trigger(trigger) + self.relation(relation)
        target = self.role_mention(mentions) + self.kind(types)
        inner = _gelu(origin[:, None] + target[None] + self.path(paths) + self.distance(distances))
        return self.role_out(inner), self.none_out(_gelu(origin))

    def links(self, pronouns: torch.Tensor, mentions: torch.Tensor, types: torch.Tensor, distances: torch.Tensor) -> torch.Tensor:
        """[pronouns, mentions] scores that the pronoun stands for the mention's entity."""
        inner = self.link_pronoun(pronouns)[:, None] + (self.link_mention(mentions) + self.link_type(types))[None] + self.link_distance(distances)
        return self.link_out(_gelu(inner)).squeeze(-1)


def by_entity(scores: torch.Tensor, owner: torch.Tensor, entities: int) -> torch.Tensor:
    """[…, mentions] scores -> […, entities]: the log of the sum over each entity's mentions."""
    grid = torch.full((*scores.shape, entities), -1e4).scatter(-1, owner.expand(scores.shape).unsqueeze(-1), scores.unsqueeze(-1))
    return torch.logsumexp(grid, dim=-2)


def multilabel(scores: torch.Tensor, positive: torch.Tensor) -> torch.Tensor:
    """log(1 + sum of e^negative) + log(1 + sum of e^-positive), per row (Su et al. 2022, GlobalPointer)."""
    zero = torch.zeros(scores.shape[0], 1)
    negative = torch.cat([scores.masked_fill(positive, float("-inf")), zero], 1)
    wanted = torch.cat([(-scores).masked_fill(~positive, float("-inf")), zero], 1)
    return torch.logsumexp(negative, 1) + torch.logsumexp(wanted, 1)


def threshold(scores: torch.Tensor, none: torch.Tensor, positive: torch.Tensor) -> torch.Tensor:
    """Adaptive threshold (Zhou et al. 2021, ATLOP): the wanted above nobody, nobody above the others. [rows, n], [rows]."""
    full = torch.cat([scores, none[:, None]], 1)
    mask = torch.cat([positive, torch.zeros(len(none), 1, dtype=torch.bool)], 1)
    nobody = torch.zeros_like(mask)
    nobody[:, -1] = True
    among = full.masked_fill(~(mask | nobody), float("-inf"))
    above = -(torch.log_softmax(among, 1).masked_fill(~mask, 0)).sum(1) / mask.sum(1).clamp(min=1)
    below = -torch.log_softmax(full.masked_fill(mask, float("-inf")), 1)[:, -1]
    return above + below
