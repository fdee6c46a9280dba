"""A proposal becomes a statement only where the text and the rules bear it out; what they do not is refused with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph import edtf
from graph.extraction.attribution.context import judge
from graph.extraction.attribution.speakers import quoted_speakers
from graph.extraction.llm.evidence import locate, says, side
from graph.extraction.statements import SPEECH_RELATIONS, mention_at
from graph.extraction.syntax.frames import frames
from graph.extraction.syntax.tree import Tree
from graph.model import Method, Participant, Stance, Statement, Value, around, statement_id

if TYPE_CHECKING:
    from graph.extraction.attribution.context import Context
    from graph.extraction.constructions.patterns import Lexicon
    from graph.extraction.llm.answers import Proposal
    from graph.extraction.llm.windows import Window
    from graph.extraction.mentions import Reading
    from graph.extraction.syntax.frames import Frame

_CAREFUL = (Stance.asserted, Stance.alleged, Stance.denied)
"""From the least to the most careful."""
STATES = frozenset({"position", "age", "relative_of", "works_for", "leader_of", "member_of", "part_of", "located_in", "located_near", "represents", "allied_with"})
"""Told by a name's own phrase, which no verb around it makes unreal."""
_DOUBTED = 0.7
"""What a doubt leaves of a confidence."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a proposal is no statement."""

    reason: str
    quote: str
    start: int = -1


class Verifier:
    """Holds the proposals for one document against its reading."""

    def __init__(self, reading: Reading, lexicon: Lexicon, extractor: str, confidence: float) -> None:
        self._reading, self._lexicon, self._extractor, self._confidence = reading, lexicon, extractor, confidence
        self._trees: dict[int, tuple[Tree, dict[int, Frame]]] = {}

    def admit(self, proposal: Proposal, window: Window) -> Statement | Refusal:
        """The statement that a proposal makes, or why it makes none."""
        text = self._reading.document.text
        span = locate(proposal.quote, text, window)
        if span is None:
            return Refusal("its quote does not stand in the text", proposal.quote)
        refusal = self._form(proposal)
        if refusal:
            return Refusal(refusal, text[slice(*span)], span[0])
        doubts: list[str] = []
        subject = side(proposal.subject, proposal.subject_type, span, self._reading) if proposal.subject else None
        if proposal.subject and subject is None:
            return Refusal(f"{proposal.subject!r} is neither named nor referred to in its quote", text[slice(*span)], span[0])
        object_: Participant | Value
        if proposal.object_type == "literal":
            words = says(proposal.object, text[slice(*span)])
            if not words:
                return Refusal(f"{proposal.object!r} does not stand in its quote", text[slice(*span)], span[0])
            object_ = Value(words)
        else:
            found = side(proposal.object, proposal.object_type, span, self._reading)
            if found is None:
                return Refusal(f"{proposal.object!r} is neither named nor referred to in its quote", text[slice(*span)], span[0])
            object_ = found.participant
            doubts += [found.doubt]
        doubts += [subject.doubt] if subject else []
        agent = subject.participant if subject else None
        if wrong := self._types(proposal.relation, agent, object_):
            return Refusal(wrong, text[slice(*span)], span[0])
        return self._read_again(proposal, span, agent, object_, doubts)

    def _form(self, proposal: Proposal) -> str:
        if proposal.relation not in self._lexicon.domain:
            return f"{proposal.relation!r} is no relation"
        if proposal.stance not in set(Stance):
            return f"{proposal.stance!r} is no stance"
        return ""

    def _types(self, relation: str, subject: Participant | None, object_: Participant | Value) -> str:
        if subject and subject.type.value not in self._lexicon.domain[relation]:
            return f"{relation} takes no {subject.type} as its subject"
        kind = "literal" if isinstance(object_, Value) else object_.type.value
        if kind not in self._lexicon.range[relation]:
            return f"{relation} takes no {kind} as its object"
        if subject and isinstance(object_, Participant) and subject.id == object_.id:
            return "subject and object are the same"
        return ""

    def _read_again(self, proposal: Proposal, span: tuple[int, int], subject: Participant | None, object_: Participant | Value, doubts: list[str]) -> Statement | Refusal:
        """Reality, stance, speaker, time and place as the rules read them; the careful reading wins."""
        text = self._reading.document.text
        tree, verbs = self._tree(span[0])
        contexts = self._contexts(tree, verbs, span, proposal.relation, (object_, subject))
        unreal = [c for c in contexts if not c.real]
        if contexts and len(unreal) == len(contexts):
            return Refusal(f"it did not happen: {unreal[0].reason}", text[slice(*span)], span[0])
        context = next((c for c in contexts if c.real), None)
        stance = Stance(proposal.stance)
        if context is not None and _CAREFUL.index(context.stance) != _CAREFUL.index(stance):
            doubts.append(f"The model reads it as {stance}, the rules as {context.stance}.")
            stance = max(stance, context.stance, key=_CAREFUL.index)
        speaker = self._speaker(proposal, tree, verbs, contexts, context, subject, doubts)
        time = self._time(proposal.time, tree, doubts)
        paragraph = tree.text
        place = side(proposal.place, "place", (tree.offset, tree.offset + len(paragraph)), self._reading) if proposal.place else None
        qualifiers = tuple((key, words) for key, value in proposal.qualifiers if (words := says(value, paragraph)))
        kept = tuple(d for d in doubts if d)
        start, end = span
        prefix, suffix = around(text, start, end, tree.offset, tree.offset + len(paragraph))
        return Statement(
            id=statement_id(self._reading.document.source.id, start, end, proposal.relation, self._reading.written(subject) if subject else "",
                            object_.value if isinstance(object_, Value) else self._reading.written(object_)),
            subject=subject, relation=proposal.relation, object=object_, stance=stance, speaker=speaker, time=time,
            place=place.participant if place and place.participant.type == "place" else None, qualifiers=qualifiers,
            source=self._reading.document.source.id, quote=text[start:end], start=start, end=end,
            prefix=prefix, suffix=suffix,
            locator=self._reading.document.locate(start), method=Method.extracted, extractor=self._extractor, rule="model",
            confidence=round(self._confidence * (_DOUBTED if kept else 1), 2), doubts=kept)

    def _tree(self, start: int) -> tuple[Tree, dict[int, Frame]]:
        paragraph = max((p for p in self._reading.paragraphs if p.start <= start), key=lambda p: p.start)
        if paragraph.start not in self._trees:
            end = paragraph.start + len(paragraph.text)
            tree = Tree(paragraph, self._reading.mentions_within(paragraph.start, end), self._reading.times_within(paragraph.start, end))
            self._trees[paragraph.start] = tree, frames(tree)
        return self._trees[paragraph.start]

    def _contexts(self, tree: Tree, verbs: dict[int, Frame], span: tuple[int, int], relation: str, sides: tuple[Participant | Value | None, ...]) -> list[Context]:
        """How the rules judge the words of the quote that tell the relation; where there are none, the verbs that govern its sides."""
        first, last = tree.token_range(*span)
        tables = (self._lexicon.verbs, self._lexicon.nouns)
        telling = [i for i in range(first, last) if any(p.relation == relation for table in tables for p in table.get(tree.lemma[i], ()))]
        if not telling and relation in STATES:
            return []
        if not telling:
            starts = [p.start for p in sides if isinstance(p, Participant) and p.start is not None and first < last and tree.start[first] <= p.start < tree.end[last - 1]]
            governing = [next((a for a in _ancestors(tree, tree.token_range(start, start + 1)[0]) if a in verbs), None) for start in starts]
            telling = sorted({i for i in governing if i is not None and first <= i < last})
            contexts = [judge(tree, i, verbs) for i in telling]
            return [c for c in contexts if not c.real][:1] or contexts
        return [judge(tree, i, verbs) for i in telling]

    def _speaker(self, proposal: Proposal, tree: Tree, verbs: dict[int, Frame], contexts: list[Context], context: Context | None,
                 subject: Participant | None, doubts: list[str]) -> Participant | None:
        """Who says so: the model's speaker where the paragraph or the one before names it, else the rules'."""
        tokens = [*(context.speakers if context else ()), *(t for c in contexts for t in c.speakers)]
        quoted = quoted_speakers(tree, verbs)
        tokens += [t for i in quoted for t in quoted[i] if context is not None and i in tree.cover]
        ruled = [p for p in (self._named(tree, t) for t in tokens) if p and (proposal.relation not in SPEECH_RELATIONS or not subject or p.id != subject.id)]
        found = side(proposal.speaker, "", (max(0, tree.offset - 1_000), tree.offset + len(tree.text)), self._reading) if proposal.speaker else None
        if proposal.speaker and found is None:
            doubts.append("The model names a speaker whom the text does not.")
        if found is None:
            if ruled and not proposal.speaker:
                doubts.append("The model names no speaker, the rules do.")
            return ruled[0] if ruled else None
        if subject and proposal.relation in SPEECH_RELATIONS and found.participant.id == subject.id:
            return None
        if ruled and ruled[0].id != found.participant.id:
            doubts.append(f"The rules take {ruled[0].name} for the speaker.")
        return found.participant

    def _named(self, tree: Tree, token: int) -> Participant | None:
        mention = mention_at(tree, token)
        if mention is None or not mention.entities:
            return None
        entity = self._reading.entities[mention.entities[0]]
        return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention.text, start=mention.start, end=mention.end)

    def _time(self, time: str, tree: Tree, doubts: list[str]) -> str:
        """The model's time where a time in the paragraph bears it out; else nothing, and a doubt."""
        if not time:
            return ""
        if edtf.is_valid(time):
            for mention in (*tree.times, *self._reading.times):
                if time == mention.edtf or (time.startswith(mention.edtf) is False and mention.edtf.startswith(time)):
                    return time
            if time[:4].isdigit() and says(time[:4], tree.text) and len(time) == 4:
                return time
        doubts.append("The model gives a time that the rules do not find.")
        return ""


def _ancestors(tree: Tree, node: int) -> list[int]:
    """The words above a word, the nearest first."""
    found: list[int] = []
    while node < tree.size and tree.head[node] != node and tree.head[node] not in found:
        node = tree.head[node]
        found.append(node)
    return found
