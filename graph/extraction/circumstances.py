"""When and where: the time and the place that belong to a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.extraction.constructions.support import SUPPORT
from graph.extraction.syntax.tree import CLAUSAL
from graph.model import EntityType, Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.extraction.mentions import Reading
    from graph.extraction.syntax.tree import Tree

_EARLIER = frozenset({"after", "since", "following", "before", "over", "about", "amid", "upon", "despite"})
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "inside", "on"})


ACTS = frozenset({"abducted", "attacked", "coerced", "convicted", "detained", "expelled", "handed_over", "killed", "questioned", "released", "searched", "sentenced",
                  "threatened", "tortured", "witnessed"})
"""What happens at one time; an office, a tie or an opinion lasts."""
CARRIED = "The time is that of a sentence before; this one gives none."


LASTING = frozenset({"allied_with", "leader_of", "located_in", "member_of", "operated", "part_of", "position", "relative_of", "represents", "works_for"})
_LEAVING = frozenset({"dismiss", "expel", "fire", "lose", "quit", "resign", "retire", "sack"})


def time_of(tree: Tree, trigger: int, relation: str = "") -> str:
    """The EDTF of the time in the trigger's own clause, or of the verb it hangs on; empty if there is none.

    What lasts has only the time of its own words: "X, who represented Y, was arrested in May".
    """
    if relation in LASTING and (tree.lemma[trigger] in _LEAVING or relation == "relative_of"):
        return ""
    here = _times_of_sentence(tree, trigger)
    if not here:
        return ""
    node = trigger
    for _ in range(4):
        found = _time_among(here, set(_own_words(tree, node)))
        if found:
            return found
        if node == trigger and _afterwards(tree, trigger):
            return ""
        head = tree.head[node]
        if relation in LASTING and tree.dep[node] in {"acl", "advcl"}:
            break
        if head == node or tree.dep[node] not in {"conj", "xcomp", "pcomp", "prep", "acl", "advcl", "dobj", "nsubj", "nsubjpass", "pobj"}:
            break
        if node == trigger and tree.pos[node] == "NOUN" and tree.dep[node] in {"nsubj", "nsubjpass", "dobj"} and tree.lemma[head] not in SUPPORT:
            break  # "the complaint was dismissed in May": when it was filed is another matter
        if tree.dep[node] == "pobj" and tree.low[head] in _EARLIER:
            break  # "she left in May after his arrest": the arrest was earlier
        node = head
    # "beat and tortured them in June": verbs that share their object share the time that follows it
    if not any(tree.dep[k] in {"dobj", "nsubjpass"} and k > trigger for k in tree.kids[trigger]):
        for k in tree.kids[trigger]:
            if tree.dep[k] == "conj" and tree.tag[k] == tree.tag[trigger] and not any(tree.dep[j] in {"nsubj", "nsubjpass"} for j in tree.kids[k]) and (
                    found := _time_among(here, set(_own_words(tree, k)))):
                return found
    # "helped them flee in June": what is done by way of another act is done when that is done
    return _time_among(here, {i for k in tree.kids[trigger] if tree.dep[k] in {"xcomp", "ccomp"} and tree.tag[k] == "VB" and k > trigger
                              for i in _own_words(tree, k)})


def _times_of_sentence(tree: Tree, trigger: int) -> list[tuple[int, int, str]]:
    """The times of a token's sentence: first token, the one after the last, and EDTF."""
    sentence = tree.sent[trigger]
    start, end = tree.sent_starts[sentence], tree.sent_ends[sentence]
    return [(first, last, time.edtf) for time in tree.times
            for first, last in (tree.token_range(time.start, time.end),) if first < end and last > start and not _of_document(tree, first)]


def _of_document(tree: Tree, first: int) -> bool:
    """Whether a time tells one document from another ("the report of 3 May"): nothing else happened then."""
    node = first
    while node and tree.dep[node] in {"nummod", "compound", "det", "amod", "pobj", "npadvmod"} and tree.low[node - 1] not in _OF:
        node -= 1
    return node > 1 and tree.low[node - 1] in _OF and tree.lemma[node - 2] in DOCUMENTS


_OF = frozenset({"of", "dated"})
DOCUMENTS = frozenset({"article", "report", "story", "statement", "letter", "note", "memo", "memorandum", "release", "dispatch", "edition", "issue", "document", "post"})
"""What is told apart by its day."""


def _time_among(times: list[tuple[int, int, str]], tokens: set[int]) -> str:
    return next((edtf for first, last, edtf in times if not tokens.isdisjoint(range(first, last))), "")


def time_before(tree: Tree, trigger: int, relation: str) -> str:
    """For an act told in the simple past in a sentence without a time, the last time said in the paragraph before it; else empty."""
    if relation not in ACTS or not tree.times or _afterwards(tree, trigger):
        return ""
    sentence = tree.sent[trigger]
    first, last = tree.start[tree.sent_starts[sentence]], tree.end[tree.sent_ends[sentence] - 1]
    before = [time for time in tree.times if time.end <= first and not _of_document(tree, tree.token_range(time.start, time.end)[0])]
    if not before or "/" in before[-1].edtf or not _past(tree, trigger) or any(first <= time.start < last for time in tree.times):
        return ""
    return before[-1].edtf


def _afterwards(tree: Tree, trigger: int) -> bool:
    """"was freed after a week", "later moved away", "was fired five months later": some time after the one that was said."""
    own = [k for k in tree.kids[trigger] if tree.dep[k] in {"advmod", "npadvmod", "prep"}]
    return any(tree.low[k] in {"later", "afterwards", "eventually", "since"} or "later" in (tree.low[j] for j in tree.kids[k]) or (
        tree.low[k] == "after" and any(tree.lemma[p] in _SPANS for p in tree.children(k, "pobj"))) for k in own)


_SPANS = frozenset({"hour", "day", "week", "month", "year", "night"})


def _past(tree: Tree, trigger: int) -> bool:
    """Whether a verb tells in the simple past ("was beaten", "struck", not "has beaten")."""
    auxiliaries = [tree.low[k] for k in tree.kids[trigger] if tree.dep[k] in {"aux", "auxpass"}]
    if auxiliaries:
        return auxiliaries[0] in {"was", "were", "did"}
    return tree.tag[trigger] == "VBD" or (tree.tag[trigger] == "VBN" and tree.dep[trigger] == "conj")


def place_of(tree: Tree, trigger: int, read: Reading) -> Participant | None:
    """The place in the trigger's own clause that a preposition of place governs."""
    sentence = tree.sent[trigger]
    places = {i: mention for i, mention in tree.by_head.items() if mention.type is EntityType.place and mention.entities and tree.sent[i] == sentence
              and tree.dep[i] == "pobj" and tree.low[tree.head[i]] in _PLACE_PREPOSITIONS}
    if not places:
        return None
    mention = next((places[i] for i in _own_words(tree, trigger) if i in places), None)
    if mention is None:
        return None
    entity = read.entities[mention.entities[0]]
    return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention.text, start=mention.start, end=mention.end)


def _own_words(tree: Tree, node: int) -> Iterator[int]:
    stack = [node]
    while stack:
        i = stack.pop()
        yield i
        stack.extend(k for k in tree.kids[i] if tree.dep[k] not in CLAUSAL and not (
            tree.dep[k] == "conj" and tree.pos[k] in {"VERB", "AUX"}) and tree.dep[k] != "appos")
