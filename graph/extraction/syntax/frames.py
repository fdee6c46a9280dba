"""Frames: what a verb's clause holds once voice, coordination, relative clauses, participles and control are undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.extraction.cues import OBJECT_CONTROL, SPEECH
from graph.extraction.syntax.tree import CLAUSAL, NOMINAL, RELATIVE

if TYPE_CHECKING:
    from graph.extraction.syntax.tree import Tree

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_MAX_CLIMB = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """One verb: tokens of its grammatical subjects and objects, the by-agents of a passive, and its prepositional phrases."""

    verb: int
    lemma: str
    passive: bool
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    datives: tuple[int, ...]
    agents: tuple[int, ...]
    obliques: tuple[tuple[str, int, tuple[int, ...]], ...]
    particles: frozenset[str]
    complement: int | None
    paired: bool = False
    """Its subjects or objects were dealt out by "respectively"."""


def frames(tree: Tree) -> dict[int, Frame]:
    """The frame of every verb of a paragraph, by the verb's token."""
    reader = _Reader(tree)
    found = {i: reader.frame(i) for i in range(tree.size) if is_verb(tree, i)}
    for i in range(tree.size):
        if tree.dep[i] == "conj" and tree.head[i] in found and (second := _gapped(tree, found[tree.head[i]], i)) is not None:
            found[i] = second
    for word in (i for i in range(tree.size) if tree.low[i] == "respectively"):
        _pair(tree, found, tree.sent[word])
    return found


def _gapped(tree: Tree, frame: Frame, token: int) -> Frame | None:
    """"Sent her to one camp and him to another": the frame of the verb left out, with what stands after it."""
    mention = tree.by_head.get(token)
    if is_verb(tree, token) or mention is None or mention.type.value not in {"person", "official", "group"} or token < frame.verb:
        return None
    after = tree.token_range(mention.start, mention.end)[1]
    prepositions = [o for o in frame.obliques if o[1] > token]
    for k in tree.kids[token]:
        if tree.dep[k] == "prep" and tree.pos[k] == "ADP":
            prepositions.append((tree.low[k], k, tuple(tree.children(k, "pobj"))))
    if not prepositions or min(k for _, k, _ in prepositions) != after or not (frame.subjects if frame.passive else frame.objects):
        return None
    second = replace(frame, verb=token, datives=(), complement=None, obliques=tuple(prepositions))
    return replace(second, subjects=(token,)) if frame.passive else replace(second, objects=(token,))


def _pair(tree: Tree, found: dict[int, Frame], sentence: int) -> None:
    """"X and Y were convicted and acquitted, respectively": as many verbs as subjects or objects, each with its own."""
    for first in [v for v in found if tree.sent[v] == sentence and tree.dep[v] != "conj"]:
        chain = [first]
        while (after := next((k for k in tree.children(chain[-1], "conj") if k in found), None)) is not None:
            chain.append(after)
        if len(chain) < 2:
            continue
        for side in ("subjects", "objects"):
            sides = [getattr(found[v], side) for v in chain]
            if len(sides[0]) == len(chain) and all(own == sides[0] for own in sides):
                for number, v in enumerate(chain):
                    found[v] = replace(found[v], paired=True, **{side: sides[0][number:number + 1]})


def is_verb(tree: Tree, i: int) -> bool:
    """Whether a token can head a clause: a verb that is no auxiliary, or a participle read as an adjective after "be"."""
    if tree.dep[i] in {"aux", "auxpass", "amod", "compound"}:
        return False
    return tree.pos[i] in {"VERB", "AUX"} or (tree.tag[i] in {"VBN", "VBD", "VBG"} and tree.dep[i] != "punct")


class _Reader:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._passive: dict[int, bool] = {}
        self._subjects: dict[int, tuple[int, ...]] = {}

    def frame(self, v: int) -> Frame:
        tree = self.tree
        passive = self.passive(v)
        objects = self.objects(v, passive)
        datives = tuple(c for d in tree.children(v, "dative") if tree.pos[d] in NOMINAL
                        for c in self.resolved(v, d))
        obliques, agents = self.obliques(v)
        if passive and not agents:
            agents = self.distant_agents(v) or self._shared_agents(v)
        particles = frozenset(tree.low[k] for k in tree.kids[v]
                              if tree.dep[k] == "prt" or (tree.dep[k] == "advmod" and tree.low[k] in _PARTICLES)
                              or (tree.dep[k] == "prep" and not tree.kids[k]))
        complement = tree.child(v, "ccomp", "xcomp")
        return Frame(v, tree.lemma[v], passive, self.subjects(v), objects, datives, agents, obliques, particles, complement)

    def passive(self, v: int) -> bool:
        if v in self._passive:
            return self._passive[v]
        self._passive[v] = False
        self._passive[v] = result = self._find_passive(v)
        return result

    def _find_passive(self, v: int) -> bool:
        tree = self.tree
        if tree.child(v, "auxpass", "nsubjpass") is not None:
            return True
        if tree.tag[v] not in {"VBN", "VBD"}:
            return False
        if any(tree.low[k] in {"have", "has", "had", "having", "'ve"} for k in tree.children(v, "aux")):
            return False
        if tree.child(v, "nsubj") is not None:  # in headlines: "Two printers seized by soldiers"
            return tree.child(v, "agent") is not None and tree.child(v, "dobj", "aux") is None
        dep = tree.dep[v]
        if dep == "acl":
            return True
        if dep == "conj" and tree.lemma[v] in _LEAVING and tree.tag[v] == "VBD":
            return False  # "was freed and left for Norway"
        if dep == "conj":
            return (self.passive(tree.head[v]) and tree.child(v, "dobj") is None) or (
                self.passive(tree.head[v]) and (tree.tag[v] == "VBN" or tree.lemma[v] in _GIVING))
        if dep in {"advcl", "amod", "ccomp", "appos", "dep"}:
            return tree.tag[v] == "VBN" and (tree.child(v, "dobj") is None or tree.child(v, "agent") is not None)
        if dep == "xcomp":
            return tree.tag[v] == "VBN"
        return tree.child(v, "agent") is not None

    def subjects(self, v: int) -> tuple[int, ...]:
        if v in self._subjects:
            return self._subjects[v]
        self._subjects[v] = ()
        self._subjects[v] = result = self._find_subjects(v)
        return result

    def _find_subjects(self, v: int) -> tuple[int, ...]:
        tree = self.tree
        own = tree.child(v, "nsubj", "nsubjpass")
        if own is not None:
            return self.resolved(v, own)
        dep, head = tree.dep[v], tree.head[v]
        if head == v:
            return ()
        if dep == "conj":
            told = tree.child(head, "ccomp") if tree.lemma[head] in SPEECH else None
            if told is not None and told < v and tree.low[v - 1] == "," and is_verb(tree, told):
                return self.subjects(told)  # "said that guards came in, broke the door and …"
            return self.subjects(head) if is_verb(tree, head) else ()
        if dep == "xcomp":
            if tree.pos[head] not in {"VERB", "AUX"} and tree.tag[head] not in {"VBN", "VBD"}:
                outer = tree.head[head]
                return self.subjects(outer) if is_verb(tree, outer) else ()
            if not self.passive(head) and (objects := self.objects(head, passive=False)) and tree.lemma[head] in OBJECT_CONTROL:
                return objects
            return self.subjects(head)
        if dep == "advcl" and tree.tag[v] == "VBG" and tree.lemma[v] in SPEECH and v and tree.low[v - 1] == ",":
            node = head
            while tree.head[node] != node and (tree.dep[node] not in {"ccomp", "relcl"} or any(tree.low[k] == "to" for k in tree.children(node, "aux"))):
                node = tree.head[node]
                head = node if is_verb(tree, node) else head  # "… petitioned the court to free him, saying …": who petitioned says so
            return self.subjects(head) if is_verb(tree, head) else ()
        if dep == "advcl":
            return self.subjects(head) if is_verb(tree, head) else ()
        if dep in {"acl", "relcl"}:
            if tree.tag[v] in {"VBN", "VBD", "VBG"} and tree.pos[head] in NOMINAL:
                return self.resolved(v, head)
            return ()
        if dep == "pcomp":
            outer = tree.head[head]
            if is_verb(tree, outer):
                objects = self.objects(outer, self.passive(outer))
                if not self.passive(outer) and objects and tree.low[head] in {"of", "for", "with", "from", "into"} and (
                        tree.lemma[outer] not in SPEECH or tree.lemma[outer] in _CHARGING):
                    return objects
                return self.subjects(outer)
        return ()

    def objects(self, v: int, passive: bool) -> tuple[int, ...]:
        tree = self.tree
        gap = tree.dep[v] == "relcl" and tree.child(v, "nsubj") is not None and not self._relative_subject(v)
        found = [c for d in tree.children(v, "dobj", "oprd") for c in self.resolved(v, d) if not (gap and self._when(d))]
        if found:
            return tuple(found)
        if passive:
            return ()
        small = tree.child(v, "ccomp")
        if small is not None and tree.lemma[v] in _SMALL_CLAUSE and tree.tag[small] in {"VB", "VBG"} and tree.child(small, "mark") is None:
            inner = tree.child(small, "nsubj")  # "helped them flee"
            return self.resolved(v, inner) if inner is not None else ()
        if gap:
            stranded = any(tree.dep[k] == "prep" and not tree.kids[k] for k in tree.kids[v])
            pied = any(tree.low[i] in RELATIVE for i in tree.subtree(v) if tree.dep[i] in {"pobj", "poss", "advmod"})
            if not stranded and not pied and tree.child(v, "ccomp", "xcomp") is None and tree.pos[tree.head[v]] in NOMINAL:
                return self.resolved(v, tree.head[v])
        later = [k for k in tree.kids[v] if tree.dep[k] == "conj" and is_verb(tree, k) and tree.child(k, "nsubj") is None]
        if later and later[0] - v <= 3 and _PAST.get(tree.tag[later[0]]) == _PAST.get(tree.tag[v]):
            return tuple(c for d in tree.children(later[0], "dobj") for c in self.resolved(v, d))
        return ()

    def _when(self, i: int) -> bool:
        """"the week before": a time that the parser took for an object."""
        tree = self.tree
        return tree.lemma[i] in _SPANS and any(tree.low[k] in {"before", "earlier", "previous", "last", "that", "this", "same"} for k in (*tree.kids[i], *tree.kids[tree.head[i]]))

    def _relative_subject(self, v: int) -> bool:
        own = self.tree.child(v, "nsubj", "nsubjpass")
        return own is not None and self.tree.low[own] in RELATIVE

    def resolved(self, v: int, t: int) -> tuple[int, ...]:
        """A nominal with its coordination; a relative pronoun gives what it stands for."""
        tree = self.tree
        if tree.low[t] in RELATIVE and tree.tag[t] in {"WP", "WDT", "IN", "WP$"}:
            node = v
            for _ in range(_MAX_CLIMB):
                if tree.dep[node] == "relcl":
                    return tuple(tree.conjuncts(tree.head[node])) if self._plural(v) else (self._antecedent(node),)
                if tree.dep[node] == "ccomp" and tree.lemma[tree.head[node]] == "be" and (attr := tree.child(tree.head[node], "attr")) is not None:
                    return (attr,)  # "it was X whom …"
                if tree.head[node] == node:
                    return ()
                node = tree.head[node]
            return ()
        return tuple(tree.conjuncts(t))

    def _antecedent(self, relcl: int) -> int:
        """The noun a relative clause hangs on; with an apposition between commas the nearest name ("X, the brother of Y, who")."""
        return self.tree.head[relcl]

    def _plural(self, v: int) -> bool:
        tree = self.tree
        return any(tree.low[k] in {"were", "are", "have"} for k in tree.children(v, "aux", "auxpass"))

    def obliques(self, v: int) -> tuple[tuple[tuple[str, int, tuple[int, ...]], ...], tuple[int, ...]]:
        tree = self.tree
        found: list[tuple[str, int, tuple[int, ...]]] = []
        agents: list[int] = []
        for k in tree.kids[v]:
            if tree.dep[k] in {"prep", "agent", "dative"} and tree.pos[k] not in NOMINAL:
                self._oblique(v, k, found, agents)
        for d in tree.children(v, "dobj", "oprd", "attr", "prt"):
            for k in tree.children(d, "prep"):
                self._oblique(v, k, found, agents)
        return tuple(found), tuple(agents)

    def distant_agents(self, v: int) -> tuple[int, ...]:
        """By-phrases that the parser hung on a noun of the clause: "seized at the checkpoint by soldiers"; "at the hands of"."""
        tree = self.tree
        hands = None
        if "hands" in tree.low:
            hands = next((k for k in tree.subtree(v) if tree.low[k] == "hands" and k > v and tree.low[max(0, k - 2):k] == ["at", "the"]), None)
        if hands is not None:
            return tuple(c for k in tree.children(hands, "prep") if tree.low[k] == "of" for p in tree.children(k, "pobj") for c in tree.conjuncts(p))
        stack = [k for k in tree.kids[v] if k > v and tree.dep[k] not in CLAUSAL and tree.dep[k] != "conj"]
        while stack:
            node = stack.pop(0)
            if tree.low[node] == "by" and tree.dep[node] in {"prep", "agent"}:
                heads = tuple(c for p in tree.children(node, "pobj") for c in tree.conjuncts(p))
                if any((m := tree.by_head.get(h)) is not None and m.type.value != "work" and (m.type.value != "place" or m.kind == "name") for h in heads):
                    return heads
            stack.extend(k for k in tree.kids[node] if k > v and tree.dep[k] not in CLAUSAL)
        return ()

    def _shared_agents(self, v: int) -> tuple[int, ...]:
        """"was seized by soldiers and beaten", "was seized and beaten by soldiers": passives that share subject and agents."""
        tree = self.tree
        if after := self._agents_after(v):
            return after
        if tree.dep[v] != "conj" or tree.child(v, "nsubjpass", "nsubj") is not None:
            return ()
        first = tree.head[v]
        return (self.obliques(first)[1] or self.distant_agents(first)) if self.passive(first) else ()

    def _agents_after(self, v: int) -> tuple[int, ...]:
        """"were questioned and beaten by soldiers": the agents that stand after the last of several passives side by side."""
        tree = self.tree
        second = next((k for k in tree.children(v, "conj") if tree.tag[k] in {"VBN", "VBD"} and k - v <= 3), None)
        if second is None or not self.passive(second) or tree.child(second, "nsubjpass", "nsubj", "auxpass") is not None:
            return ()
        return self.obliques(second)[1] or self._agents_after(second)

    def _oblique(self, v: int, k: int, found: list[tuple[str, int, tuple[int, ...]]], agents: list[int]) -> None:
        tree = self.tree
        name = tree.low[k]
        heads = tuple(c for p in tree.children(k, "pobj") for c in self.resolved(v, p))
        if tree.dep[k] == "agent":
            agents.extend(heads)
        elif heads or tree.child(k, "pcomp") is not None:
            found.append((name, k, heads))
        for p in tree.children(k, "pobj"):
            for inner in tree.children(p, "prep"):
                if tree.low[inner] in {"in", "at", "from", "with", "before"}:
                    found.append((tree.low[inner], inner, tuple(c for q in tree.children(inner, "pobj") for c in tree.conjuncts(q))))
        for inner in tree.children(k, "prep"):  # "out of", "from inside", "hands of"
            self._oblique(v, inner, found, agents)


_PAST = {"VBN": "past", "VBD": "past", "VBG": "-ing", "VB": "base", "VBZ": "present", "VBP": "present"}
_SMALL_CLAUSE = frozenset({"help", "make", "let", "see", "hear", "watch", "have", "force"})
_LEAVING = frozenset({"leave", "flee", "escape", "travel", "die", "disappear", "vanish", "arrive", "emigrate", "apply"})
_GIVING = frozenset({"deny", "refuse", "give", "grant", "hand", "award", "order", "tell", "offer", "fine", "forbid"})
_SPANS = frozenset({"day", "week", "month", "year", "night", "morning", "evening", "afternoon"})
_CHARGING = frozenset({"accuse", "charge", "suspect"})
_PARTICLES = frozenset(["up", "out", "off", "down", "away", "in", "back", "over", "on", "forward", "home", "abroad", "overseas"])
