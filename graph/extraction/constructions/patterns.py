"""The words of the vocabulary as patterns: which verbs, nouns and roles express a relation, and where its arguments stand.

A pattern is written in one line, a word first, then slots:

    arrest                 subject -> object of the verb (the passive is understood)
    lock +up               with a particle
    take into/custody      with this noun in this prepositional phrase
    flee to:*              the object stands in the prepositional phrase
    receive ^ =asylum from:@   `^` the grammatical subject is the object; `=` this noun as the verb's object; `@` the agent
    charge with:offence    a qualifier from a prepositional phrase
    force clause:what      a qualifier (or `clause:*` the object) from the clause below
    deport > to:*          `>` who is moved (object, or subject of the passive) is the relation's subject
    ask clause!:what       only where there is such a clause
    threaten inner:*       the object is that of the infinitive below
    allow !not clause!:what  only where the verb is negated
    deny words:*           the object is the words of the verb's object
    say clause:*           the object is the words of the clause
    find ~guilty           with this word, or one of several, beside the verb
    refuse inner/let|give:*  the same for these infinitives only
    demand told:*          the object is the subject of the clause below
    seize @man|gunman      only where one of these nouns is the agent
    be ^ in/custody of:@   the agent stands before or after the noun ("in the militia's custody", "in the custody of …")
    be at/risk of:words    the object is the words after the preposition, of the verb or of the noun before it
    go <prize to:*         one of these nouns is the verb's subject, and no agent
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.errors import InputError, Problem
from graph.model import QUALIFIERS

if TYPE_CHECKING:
    from collections.abc import Mapping

_AGENT, _OBJECT = "@", "*"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to express a relation with a verb, noun or adjective."""

    relation: str
    lemma: str
    particle: str = ""
    beside: frozenset[str] = frozenset()
    needs: tuple[tuple[str, frozenset[str]], ...] = ()
    """Prepositional phrases that must be there, with the nouns they may hold (empty: any)."""
    nouns: frozenset[str] = frozenset()
    """Nouns of which one must be the verb's object; the relation's object is then elsewhere."""
    words_in: tuple[str, ...] = ()
    """Prepositions after which the object stands in words."""
    agent_nouns: frozenset[str] = frozenset()
    """Nouns of which one must be the agent."""
    subject_nouns: frozenset[str] = frozenset()
    """Nouns of which one must be the verb's subject, which is then no agent."""
    object_in: tuple[str, ...] = ()
    """Prepositions of the relation's object; empty: the verb's own object."""
    agent_in: tuple[str, ...] = ()
    patient_subject: bool = False
    moved: bool = False
    inner: bool = False
    inner_verbs: frozenset[str] = frozenset()
    """Of which the infinitive below must be one; empty: any."""
    told: bool = False
    """The object is the subject of the clause below."""
    negated: bool = False
    clause_needed: bool = False
    words: bool = False
    """The object is the words of the verb's object."""
    clause: str = ""
    """`*` or a qualifier that the clause below fills."""
    qualifiers: tuple[tuple[str, str], ...] = ()
    """Preposition and qualifier."""
    text: str = ""
    weight: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns by first word, roles by noun, and what each relation may join."""

    verbs: Mapping[str, tuple[Pattern, ...]]
    nouns: Mapping[str, tuple[Pattern, ...]]
    adjectives: Mapping[str, tuple[Pattern, ...]]
    roles: Mapping[str, str]
    becomes: Mapping[str, tuple[str, frozenset[str]]]
    """A relation that is told as another one where one of these words stands in the clause (beaten, in a cell)."""
    objects: Mapping[str, frozenset[str]]
    """Types that rules accept as objects where these are fewer than the range."""
    domain: Mapping[str, frozenset[str]]
    range: Mapping[str, frozenset[str]]


def build(entries: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """The lexicon of these vocabulary entries. Raises InputError for a pattern that cannot be read, naming it."""
    tables: dict[str, dict[str, list[Pattern]]] = {kind: defaultdict(list) for kind in ("verbs", "nouns", "adjectives")}
    roles: dict[str, str] = {}
    problems: list[Problem] = []
    for relation, entry in sorted(entries.items()):
        for kind, table in tables.items():
            for line in entry.get(kind, ()):
                try:
                    pattern = parse(relation, line)
                except ValueError as error:
                    problems.append(Problem("relations.toml", column=f"{relation}.{kind}", what=f"{line!r}: {error}."))
                else:
                    table[pattern.lemma].append(pattern)
        for noun in entry.get("roles", ()):
            roles.setdefault(noun, relation)
    if problems:
        raise InputError(problems)
    verbs, nouns, adjectives = (
        {lemma: tuple(sorted(found, key=lambda p: (-p.weight, p.relation, p.text))) for lemma, found in sorted(tables[kind].items())}
        for kind in ("verbs", "nouns", "adjectives"))
    return Lexicon(verbs, nouns, adjectives, dict(sorted(roles.items())),
                   {name: (entry["becomes"], frozenset(entry["where"])) for name, entry in entries.items() if "becomes" in entry},
                   {name: frozenset(entry.get("objects", entry["range"])) for name, entry in entries.items()},
                   {name: frozenset(entry["domain"]) for name, entry in entries.items()},
                   {name: frozenset(entry["range"]) for name, entry in entries.items()})


def parse(relation: str, line: str) -> Pattern:
    """The pattern that a line writes. Raises ValueError."""
    words = line.split()
    if not words:
        raise ValueError("an empty pattern")
    particle, clause, patient_subject, words_object = "", "", False, False
    moved = clause_needed = inner = negated = told = False
    beside: frozenset[str] = frozenset()
    inner_verbs: frozenset[str] = frozenset()
    needs: list[tuple[str, frozenset[str]]] = []
    nouns: frozenset[str] = frozenset()
    subject_nouns: frozenset[str] = frozenset()
    agent_nouns: frozenset[str] = frozenset()
    words_in: list[str] = []
    object_in: list[str] = []
    agent_in: list[str] = []
    qualifiers: list[tuple[str, str]] = []
    for word in words[1:]:
        if word == "^":
            patient_subject = True
        elif word == "!not":
            negated = True
        elif word == ">":
            moved = True
        elif word == _OBJECT:
            continue
        elif word.startswith("+"):
            particle = word[1:]
        elif word.startswith("~"):
            beside = frozenset(word[1:].split("|"))
        elif word.startswith("="):
            nouns = frozenset(word[1:].split("|"))
        elif word.startswith("@"):
            agent_nouns = frozenset(word[1:].split("|"))
        elif word.startswith("<"):
            subject_nouns = frozenset(word[1:].split("|"))
        elif ":" in word:
            left, _, slot = word.partition(":")
            if left.split("/")[0] == "inner" and slot == _OBJECT:
                inner, inner_verbs = True, frozenset(left.split("/")[1].split("|") if "/" in left else ())
                continue
            if left == "told" and slot == _OBJECT:
                told = True
                continue
            if left == "words" and slot == _OBJECT:
                words_object = True
                continue
            if left in {"clause", "clause!"}:
                clause_needed = left.endswith("!") or slot == _OBJECT
                if slot != _OBJECT and slot not in QUALIFIERS:
                    raise ValueError(f"{slot!r} is no slot")
                clause = slot
                continue
            for preposition in left.split("|"):
                if slot == _OBJECT:
                    object_in.append(preposition)
                elif slot == _AGENT:
                    agent_in.append(preposition)
                elif slot == "words":
                    words_in.append(preposition)
                elif slot in QUALIFIERS:
                    qualifiers.append((preposition, slot))
                else:
                    raise ValueError(f"{slot!r} is no slot")
        elif "/" in word:
            preposition, _, held = word.partition("/")
            needs.append((preposition, frozenset(held.split("|")) if held else frozenset()))
        else:
            raise ValueError(f"{word!r} is no slot")
    weight = 2 * bool(particle) + 2 * bool(beside) + 2 * len(needs) + 2 * bool(nouns) + 2 * bool(subject_nouns) + 2 * bool(agent_nouns) + inner + bool(object_in) + bool(agent_in) + patient_subject
    return Pattern(relation, words[0], particle, beside, tuple(needs), nouns, tuple(words_in), agent_nouns, subject_nouns, tuple(object_in), tuple(agent_in), patient_subject, moved, inner,
                   inner_verbs, told, negated, clause_needed, words_object, clause, tuple(qualifiers), line, weight)
