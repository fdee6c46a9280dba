"""How sure a statement is: a logistic model over what its rule, its mentions and its telling look like.

The weights lie in `data/confidence.toml`; `tests/quality/calibrate.py` fits them to gold, so that of the statements with a
confidence of .8 or more at least 85 in 100 are right on stories that were not fitted.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from graph.model import Participant, Stance

if TYPE_CHECKING:
    from graph.model import Statement, Value

_PRONOUNS = frozenset("he she they it him her them his their its i me my we us our who whose".split())


def confidence(statement: Statement) -> float:
    """The estimated chance that a careful reader would agree, two decimals."""
    weights = _weights()
    score = sum(weights.get(feature, 0.0) for feature in features(statement))
    return round(1 / (1 + math.exp(-score)), 2)


def features(statement: Statement) -> list[str]:
    """What the model looks at: names of weights, each there or not."""
    kind, *rest = statement.rule.split(":")
    found = ["bias", f"kind {kind}", f"{kind} {statement.relation}"]
    if kind == "verb":
        found.append("voice " + next((part for part in rest if part.startswith(("active", "passive"))), ""))
    for role, node in (("subject", statement.subject), ("object", statement.object)):
        found.append(f"{role} {_how(node)}")
    if statement.stance is not Stance.asserted:
        found.append(f"stance {statement.stance}")
    if statement.speaker is not None:
        found.append("spoken")
    if statement.time:
        found.append("dated")
    words = len(statement.quote.split())
    found.append("words few" if words <= 6 else "words some" if words <= 20 else "words many")
    return found


def _how(node: Participant | Value | None) -> str:
    """How somebody is named: not at all, in words, by a pronoun, a common noun or a name."""
    if node is None:
        return "none"
    if not isinstance(node, Participant):
        return "words"
    if node.mention.casefold() in _PRONOUNS:
        return "pronoun"
    first = node.mention.split()[:1]
    return "name" if first and first[0][:1].isupper() and first[0] not in _ARTICLES else "noun"


_ARTICLES = frozenset({"The", "A", "An", "His", "Her", "Their", "Its", "Two", "Three", "Four", "One", "Both", "All", "Some", "Police"})


@cache
def _weights() -> dict[str, float]:
    text = resources.files("graph.extraction").joinpath("data/confidence.toml").read_text("utf-8")
    return {name: float(weight) for name, weight in tomllib.loads(text)["weights"].items()}
