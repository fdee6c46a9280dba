"""What a statement looks like: names whose weights were learnt from which statements were right on other stories."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graph.model import Participant, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.extraction.mentions import Mention, Reading
    from graph.model import Statement


_MARKS = frozenset("\"'\u201c\u2018")


class Doubts:
    """The features of the statements of one document."""

    def __init__(self, read: Reading, statements: Sequence[Statement]) -> None:
        self._read = read
        self._mentions: dict[tuple[int, int], Mention] = {(m.start, m.end): m for m in read.mentions}
        self._names = {m.entities[0] for m in read.mentions if m.kind == "name" and m.entities}
        self._places = {entity.id: i for i, entity in enumerate(read.entities)}
        self._often = Counter(i for m in read.mentions for i in m.entities)
        self._alike = Counter((s.relation, s.start, s.end) for s in statements)
        self._beside = Counter((s.start, s.end) for s in statements)

    def features(self, statement: Statement) -> tuple[str, ...]:
        """Names of what holds of the statement; each counts once."""
        relation = statement.relation
        rule = statement.rule.split(":")
        found = [f"relation={relation}", f"rule={statement.rule}", f"family={rule[0]}", f"form={rule[0]}:{rule[-1]}",
                 f"stance={statement.stance}", f"speaker={statement.speaker is not None}", f"time={bool(statement.time)}",
                 f"length={min(len(statement.quote.split()) // 4, 8)}",
                 f"alike={min(self._alike[relation, statement.start, statement.end], 4)}",
                 f"beside={min(self._beside[statement.start, statement.end], 5)}", f"quoted={statement.quote[:1] in _MARKS}"]
        for role, node in (("subject", statement.subject), ("object", statement.object)):
            shape = self._shape(statement, node)
            found += [f"{role}:{s}" for s in shape]
            found += [f"{relation}:{role}:{s}" for s in shape[:2]]
        return tuple(found)

    def _shape(self, statement: Statement, node: Participant | Value | None) -> list[str]:
        if node is None:
            return ["nobody"]
        if isinstance(node, Value):
            words = node.value.split()
            return ["literal", f"words={min(len(words), 8)}", f"capital={node.value[:1].isupper()}", f"last={words[-1].casefold() if words else ''}"]
        mention = self._mentions.get((node.start or 0, node.end or 0))
        kind = mention.kind if mention else "none"
        entity = self._places.get(node.id, -1)
        shape = [f"kind={kind}", f"type={node.type}", f"named={entity in self._names}", f"often={min(self._often[entity], 6)}",
                 f"among={min(len(mention.entities), 4) if mention else 0}", f"kindtype={kind}:{node.type}:{entity in self._names}"]
        if kind == "pronoun":
            shape.append(f"word={node.mention.casefold()}")
        if kind == "nominal" and node.mention:
            shape += [f"head={node.mention.split()[-1].casefold()}", f"first={node.mention.split()[0].casefold()}"]
        if statement.start is not None and node.start is not None:
            shape.append(f"inside={statement.start <= node.start < (statement.end or 0)}")
        return shape
