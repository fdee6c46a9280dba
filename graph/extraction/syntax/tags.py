"""Sets of part-of-speech tags, dependencies and types that the rules share."""

from __future__ import annotations

from graph.model import EntityType

PEOPLE = frozenset({EntityType.person, EntityType.official})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
CLAUSAL = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "csubj", "csubjpass"})
RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
