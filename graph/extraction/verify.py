"""The last gate for every extractor, rules or learned: the quote is a slice of the text, types fit, doubts are marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph.model import QUALIFIERS, Participant, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.model import Document, Statement

DOUBTFUL = 0.5
"""Below this confidence a statement carries a doubt, so that review lists it."""


def verify(statements: Iterable[Statement], document: Document, domain: Mapping[str, frozenset[str]],
           range_: Mapping[str, frozenset[str]]) -> Iterator[Statement]:
    """The statements that hold; those whose evidence or types cannot be right are left out, weak ones carry doubts.

    A statement is left out when its quote is not `text[start:end]`, its relation unknown, a type outside the relation's
    domain or range, or when somebody would do something to themselves. Of equal ids the most confident stays.
    """
    best: dict[str, Statement] = {}
    for statement in statements:
        if not _evident(statement, document) or not _fits(statement, domain, range_):
            continue
        checked = _doubted(statement)
        known = best.get(checked.id)
        if known is None or (checked.confidence or 0) > (known.confidence or 0):
            best[checked.id] = checked
    yield from sorted(best.values(), key=lambda s: (s.start or 0, s.end or 0, s.relation, s.id))


def _evident(statement: Statement, document: Document) -> bool:
    start, end = statement.start, statement.end
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        return False
    return document.text[start:end] == statement.quote and bool(statement.quote.strip())


def _fits(statement: Statement, domain: Mapping[str, frozenset[str]], range_: Mapping[str, frozenset[str]]) -> bool:
    subject, object_ = statement.subject, statement.object
    if statement.relation not in domain or any(key not in QUALIFIERS for key, _ in statement.qualifiers):
        return False
    if subject is not None and subject.type.value not in domain[statement.relation]:
        return False
    allowed = range_[statement.relation]
    if isinstance(object_, Value):
        return "literal" in allowed and bool(object_.value.strip())
    if object_.type.value not in allowed:
        return False
    return not (isinstance(subject, Participant) and subject.id == object_.id)


def _doubted(statement: Statement) -> Statement:
    if statement.confidence is not None and statement.confidence < DOUBTFUL and not statement.doubts:
        return replace(statement, doubts=("Readings of this kind are often wrong.",))
    return statement
