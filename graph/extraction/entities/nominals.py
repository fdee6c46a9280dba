"""Actors, places and works that are named by a common noun: "riot police", "her brother", "a court in Port Amber", "the two men".

A nominal has a short form (determiner, modifiers, head), which is its mention, and a long one with what follows over "of",
"in" and the like, which names it best. Whom it means is asked in `coreference.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction import gazetteer, lexicon
from graph.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.extraction.entities.names import Name
    from graph.extraction.syntax.words import Tokens

NUMBERS = {word: n for n, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"])}
SIZES = {"pair": 2, "couple": 2, "duo": 2, "twins": 2, "spouses": 2, "parents": 2, "trio": 3, "threesome": 3, "triplets": 3, "quartet": 4, "foursome": 4, "quintet": 5, "both": 2}
_LEFT = {"det", "poss", "amod", "compound", "nummod", "nmod", "predet", "npadvmod", "quantmod", "advmod", "case"}
_AFTER = {"of", "in", "at", "for", "from", "on", "inside", "near", "against", "with"}
_SOME = {"any", "neither", "none", "each", "all", "either"}
_DEFINITE = {"the", "this", "these", "that", "those"}
_INDEFINITE = {"a", "an", "some", "any", "no", "another", "several", "every", "each", "many", "other"}


@dataclass(slots=True)
class Nominal:
    """A noun phrase for an actor, place or work. Offsets are of the paragraph, `first` … `last` are tokens."""

    start: int
    end: int
    long_end: int
    head: int
    first: int
    lemma: str
    type: EntityType
    number: int
    """How many: 1, the number said, or 0 for several."""
    determiner: str
    """`the`, `a`, `poss` or empty."""
    possessor: int
    """The token of "her" or of the genitive before it, or -1."""
    modifiers: tuple[str, ...]
    name: str
    """The long form without determiner."""
    whole: str = ""
    """The long form with its genitive ("prosecutor's office")."""
    within: Name | None = None
    """A name inside it that says which one ("officers of X", "X police")."""
    nation: str = ""
    """The country or region of a word of nationality in it."""
    partitive: bool = False
    """Some of those meant after "of"."""


def find(text: str, tokens: Tokens, names: Sequence[Name]) -> tuple[list[Nominal], dict[int, list[str]]]:
    """The nominals of a paragraph in order of their heads, and the nouns that stand as a title right before a name, by its start."""
    lex, gaz = lexicon.load(), gazetteer.load()
    owner: list[Name | None] = [None] * tokens.n
    starts: dict[int, Name] = {}
    for name in names:
        first, last = tokens.covering(name.lead if name.lead >= 0 else name.start, name.end)
        for i in range(first, min(last, tokens.n)):
            owner[i] = name
        if first < tokens.n:
            starts[first] = name
    found: list[Nominal] = []
    titles: dict[int, list[str]] = {}
    for i in range(tokens.n):
        if owner[i] is not None:
            continue
        pos = tokens.pos[i]
        if pos in {"NOUN", "PROPN", "ADJ", "VERB"}:
            nominal = _noun(text, tokens, i, owner, starts, titles, lex, gaz)
        elif pos in {"NUM", "DET", "PRON"}:
            nominal = _count(text, tokens, i, owner)
        else:
            continue
        if nominal:
            found.append(nominal)
    return found, titles


def kind_of(lemma: str, lower: str, lex: lexicon.Lexicon) -> EntityType | None:
    """What a common noun names; a compound with hyphens is what its last part is."""
    kind = lex.nouns.get(lemma) or lex.nouns.get(lower)
    if kind is None and "-" in lemma:
        kind = lex.nouns.get(lemma.rsplit("-", 1)[1])
    if kind is None and lemma.endswith(_PERSON_ENDINGS) and len(lemma) > 6 and not lemma.endswith("human"):
        kind = EntityType.person
    return kind


_PERSON_ENDINGS = ("woman", "man", "women", "men", "ologist", "smith", "keeper", "maker", "worker", "holder", "seeker", "goer", "cutter", "grower", "picker", "breaker",
                   "fighter", "monger", "wright", "activist", "bearer", "dweller", "herder", "rider", "driver")


def _noun(text: str, tokens: Tokens, i: int, owner: list[Name | None], starts: dict[int, Name], titles: dict[int, list[str]],
          lex: lexicon.Lexicon, gaz: gazetteer.Gazetteer) -> Nominal | None:
    lower, lemma, tag = tokens.lower[i], tokens.lemma[i], tokens.tag[i]
    plural = tag in {"NNS", "NNPS"}
    if tokens.text[i] in gaz.demonyms:
        alone = tag in {"NN", "NNP", "JJ"} and tokens.dep[i] in {"nsubj", "nsubjpass", "dobj", "pobj"} and any(
            tokens.lower[k] in {"a", "an", "the", "one"} for k in tokens.kids[i] if k < i) and tokens.pos[i + 1:i + 2] not in (["NOUN"], ["PROPN"], ["ADJ"])
        if alone and not tokens.text[i].endswith(("ese", "ish", "ch")):
            return _build(text, tokens, i, _left(tokens, i, owner), lower, EntityType.person, owner, lex, plural=False)
        if not (plural or (tokens.dep[i] in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr"} and tokens.text[i].endswith("s") and tag == "NNP")):
            return None
        kind: EntityType | None = EntityType.group
        plural = True
    elif tokens.pos[i] in {"ADJ", "VERB"} and not (i > 1 and tokens.text[i - 1] == "-" and f"{tokens.lower[i - 2]}-{lower}" in lex.nouns):
        if lower not in {"accused", "detained", "arrested", "wounded", "injured"} or i == 0 or tokens.lower[i - 1] not in {"the", "both", "two", "three", "four", "all"} \
                or (i + 1 < tokens.n and tokens.pos[i + 1] in {"NOUN", "PROPN", "ADJ"}):
            return None
        kind, plural = EntityType.group, True
    else:
        if tokens.dep[i] in {"compound", "nmod", "amod"} and tokens.head[i] > i and owner[tokens.head[i]] is None and tokens.head[i] - i <= 3 \
                and tokens.pos[tokens.head[i]] in {"NOUN", "PROPN"} and all(tokens.pos[j] in {"NOUN", "PROPN", "ADJ", "PUNCT"} for j in range(i + 1, tokens.head[i])):
            return None
        if i + 1 < tokens.n and tokens.text[i + 1] == "-" and tokens.lower[i + 2:i + 3] != ["in"]:
            return None
        singular = lower.removesuffix("s") if lemma == lower and plural else lemma
        kind = kind_of(singular, lower, lex)
        lemma = singular
        if tokens.lower[i + 1:i + 5] == ["-", "in", "-", "law"]:
            lemma += "-in-law"
            kind = lex.nouns.get(lemma)
        if tokens.lower[i - 2:i] == ["in", "-"] and lower == "law":
            return None
        if i >= 2 and tokens.text[i - 1] == "-" and (joined := f"{tokens.lower[i - 2]}-{lemma}") in lex.nouns:
            kind, lemma = lex.nouns[joined], joined
        if kind is None:
            return None
    tail = i + 4 if lemma.endswith("-in-law") and lower != lemma else i
    name_after = starts.get(tail + 1)
    if name_after and text[tokens.end[tail]:name_after.start].strip(' "“') == "" and tokens.text[tail + 1] not in gaz.countries and not plural \
            and name_after.lead < 0:
        titles.setdefault(name_after.start, []).append(lemma)
    first = _left(tokens, i, owner)
    assert kind is not None
    return _build(text, tokens, i, first, lemma, kind, owner, lex, plural=plural)


def _left(tokens: Tokens, i: int, owner: list[Name | None]) -> int:
    """The first token of the phrase with this head."""
    first = i
    j = i - 1
    while j >= 0 and tokens.sent[j] == tokens.sent[i]:
        top = j
        while tokens.head[top] != i and tokens.head[top] != top and tokens.head[top] > j and tokens.head[top] <= i:
            top = tokens.head[top]
        if (tokens.head[top] == i and tokens.dep[top] in _LEFT) or (tokens.tag[j] == "POS" or tokens.text[j] == "-"):
            first = j
        elif tokens.pos[j] == "VERB" and tokens.tag[j] == "VBG" and (j == 0 or tokens.sent[j - 1] != tokens.sent[j]):
            break
        elif tokens.head[top] == i and tokens.dep[top] == "punct" and tokens.text[j] in "-\"“”‘’'":
            first = j
        else:
            break
        j -= 1
    while first < i and (tokens.text[first] in {"'s", "’s", "’", "-", ",", '"', "“", "”", "'"} or (tokens.pos[first] in {"ADV", "CCONJ", "PUNCT"} and tokens.dep[first] != "quantmod")):
        first += 1
    name = owner[first]
    if name and name.start < tokens.at[first]:
        first = tokens.covering(name.start, name.end)[0]
    return min(first, i)


def _build(text: str, tokens: Tokens, i: int, first: int, lemma: str, kind: EntityType, owner: list[Name | None], lex: lexicon.Lexicon,
           *, plural: bool) -> Nominal:
    number = 0 if plural else 1
    nations = gazetteer.load().demonyms
    determiner, possessor = "", -1
    modifiers = []
    within = None
    body = whole = first
    for j in range(first, i):
        low, dep = tokens.lower[j], tokens.dep[j]
        if owner[j] and (within is None):
            within = owner[j]
        if low in {"both", "all"} and tokens.pos[j] != "NOUN":
            determiner = "the"
            number = 2 if low == "both" else number
        elif low in _DEFINITE and dep in {"det", "nmod"} and not determiner and tokens.head[j] == i:
            determiner = "the"
            body = j + 1
        elif low in _INDEFINITE and tokens.head[j] == i and dep in {"det", "amod"}:
            determiner = determiner or "a"
            body = j + 1 if low in {"a", "an"} else body
        elif dep == "poss" and tokens.head[j] == i:
            possessor, determiner = j, "poss"
            body = j + 1
        elif low in {"the", "a", "an"} and j == first:
            whole = body = j + 1
            determiner = determiner or ("the" if low == "the" else "a")
        elif tokens.tag[j] == "POS" and body <= j:
            body = j + 1
        elif tokens.pos[j] == "NUM" and tokens.head[j] == i:
            number = NUMBERS.get(low, int(low) if low.isdigit() and len(low) < 6 else number)
        elif owner[j] is None and tokens.pos[j] in {"NOUN", "ADJ", "PROPN", "VERB"}:
            modifiers.append(low)
    if number == 1 and tokens.tag[i] in {"NNS", "NNPS"} and lemma not in lex.authority:
        number = 0
    size = SIZES.get(tokens.lower[i], SIZES.get(lemma))
    if size:
        number, kind = size, EntityType.group
    tail = i + 4 if lemma.endswith("-in-law") and tokens.lower[i] != lemma else i
    long_last, after = _right(tokens, tail, owner)
    within = within or after
    if kind in {EntityType.person, EntityType.official} and number != 1:
        kind = EntityType.group
    lower = tokens.lower[i]
    if (lower in {"prosecutors", "authorities", "gendarmes", "police"} and determiner != "a" and number == 0) or (lemma in {"police", "policy"} and lower == "police"):
        kind, number = EntityType.organization, 0
    if lemma in lex.kin and lex.kin[lemma] == "+":
        kind, number = EntityType.group, SIZES.get(lower, 0)
    end = tokens.end[tail]
    long_end = max(end, tokens.end[long_last])
    return Nominal(tokens.at[first], end, long_end, i, first, lemma, kind, number, determiner, possessor, tuple(modifiers),
                   " ".join(text[tokens.at[min(body, i)]:long_end].split()),
                   " ".join(text[tokens.at[min(max(whole, first), i)]:long_end].split()), within,
                   next((nations[tokens.text[j]] for j in range(first, i) if tokens.text[j] in nations), ""))


def _right(tokens: Tokens, i: int, owner: list[Name | None]) -> tuple[int, Name | None]:
    """The last token of the long form, and a name that stands after "of"."""
    last, within = i, None
    for _ in range(2):
        prep = last + 1
        if prep + 1 >= tokens.n or tokens.lower[prep] not in _AFTER or tokens.pos[prep] != "ADP":
            break
        if tokens.head[prep] != last and not (tokens.lower[prep] == "of" and tokens.head[prep] == i) and tokens.head[prep] != i:
            break
        pobj = next((k for k in tokens.kids[prep] if tokens.dep[k] == "pobj" and k > prep), -1)
        if pobj < 0 or pobj - prep > 6 or any(tokens.text[j] in {",", "(", '"', "“"} for j in range(prep, pobj)):
            break
        name = owner[pobj]
        if name:
            within = within or (name if tokens.lower[prep] in {"of", "at", "in", "from"} else None)
            last = max(pobj, tokens.covering(name.start, name.end)[1] - 1)
            break
        last = pobj
    return last, within


def _of_people(tokens: Tokens, i: int) -> bool:
    """Whether "two of …" is of people."""
    prep = next((k for k in tokens.kids[i] if tokens.lower[k] == "of"), -1)
    whole = next((k for k in tokens.kids[prep] if tokens.dep[k] == "pobj"), -1) if prep >= 0 else -1
    if whole < 0:
        return False
    kind = kind_of(tokens.lemma[whole], tokens.lower[whole], lexicon.load())
    return tokens.pos[whole] in {"PRON", "PROPN", "DET", "NUM"} or kind in {EntityType.person, EntityType.official, EntityType.group, EntityType.organization}


def _count(text: str, tokens: Tokens, i: int, owner: list[Name | None]) -> Nominal | None:
    """A number or "both" that stands for people: "the four", "all three", "two of them"."""
    low = tokens.lower[i]
    number = NUMBERS.get(low, SIZES.get(low, -1) if low == "both" else -1)
    if low in _SOME and tokens.lower[i + 1:i + 2] == ["of"] and tokens.pos[i] in {"DET", "PRON", "NOUN"}:
        number = 99  # as many as those that follow
    if number < 1 or tokens.dep[i] not in {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "appos", "ROOT"}:
        return None
    following = tokens.lower[i + 1] if i + 1 < tokens.n else ""
    before = tokens.lower[i - 1] if i else ""
    partitive = following == "of"
    if partitive and not _of_people(tokens, i):
        return None
    if number == 1 and not partitive and low != "one":
        return None
    if not partitive and low != "both" and before not in {"the", "all", "these", "those", "other", "remaining"}:
        return None
    if number == 1 and not partitive:
        return None
    first = i
    while first > 0 and tokens.lower[first - 1] in {"the", "all", "these", "those", "other", "remaining"}:
        first -= 1
    last, within = _right(tokens, i, owner) if partitive else (i, None)
    kind = EntityType.group if number != 1 else EntityType.person
    end = tokens.end[last] if partitive else tokens.end[i]
    return Nominal(tokens.at[first], end, end, i, first, "", kind, number, "a" if partitive else "the", -1, ((tokens.lower[first:i]
                   and tuple(w for w in tokens.lower[first:i] if w not in {"the", "all", "these", "those"})) or ()), text[tokens.at[i]:end], text[tokens.at[i]:end], within, "", partitive)
