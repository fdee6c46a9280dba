"""A knowledge base without the words of its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model import Method, Participant, Value, claim_id
from graph.redaction.names import WITHHELD

if TYPE_CHECKING:
    from graph.model import Claim, KnowledgeBase, Statement

_FACT = 4
"""Words that an extracted value may have and still be a fact ("deputy head of department"), not a quotation."""


def without_quotes(kb: KnowledgeBase) -> KnowledgeBase:
    """The same knowledge base with no words of any source: quotes, what surrounds them, mentions as written, and what is said at length."""
    statements = tuple(bare(s) for s in kb.statements)
    changed = {s.id for s, new in zip(kb.statements, statements, strict=True) if isinstance(new.object, Value) and new.object != s.object}
    return replace(kb, statements=statements, claims=tuple(sorted((_claim(c, changed) for c in kb.claims), key=lambda c: c.id)),
                   notes=tuple(replace(n, quote="") for n in kb.notes))


def bare(statement: Statement) -> Statement:
    """The statement without words of its source."""
    object_ = statement.object
    if isinstance(object_, Participant):
        object_ = replace(object_, mention="", start=None, end=None)
    elif statement.method is Method.extracted and len(object_.value.split()) > _FACT:
        object_ = Value(WITHHELD)
    return replace(
        statement, quote="", prefix="", suffix="", start=None, end=None, object=object_, subject=_unsaid(statement.subject),
        speaker=_unsaid(statement.speaker), place=_unsaid(statement.place), via=tuple(replace(v, mention="", start=None, end=None) for v in statement.via),
        qualifiers=tuple((k, v) for k, v in statement.qualifiers if statement.method is Method.curated or len(v.split()) <= _FACT))


def _unsaid(participant: Participant | None) -> Participant | None:
    return None if participant is None else replace(participant, mention="", start=None, end=None)


def _claim(claim: Claim, changed: set[str]) -> Claim:
    if not changed & set(claim.statements):
        return claim
    # Of several claims whose words are withheld none may be mistaken for another, so each keeps an id of its own statements.
    return replace(claim, object=WITHHELD, id=claim_id(claim.subject, claim.relation, f"{WITHHELD} {claim.statements[0]}", literal=True))
