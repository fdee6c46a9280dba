"""The model's proposals as statements: the rules say whether it happened, how it is put, by whom, when and where; the quote is exact."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.extraction.attribution.context import Context, judge
from graph.extraction.attribution.speakers import is_quotation, quoted_speakers
from graph.extraction.circumstances import place_of, time_of
from graph.extraction.constructions.clauses import clause_extent
from graph.extraction.learned import vote
from graph.extraction.learned.vote import odds
from graph.extraction.statements import SPEECH_RELATIONS, last_voice, mention_at
from graph.extraction.syntax.frames import frames
from graph.extraction.syntax.tree import NOMINAL, Tree
from graph.model import Method, Participant, Stance, Statement, Value, around, statement_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.extraction.learned.proposals import Candidate, Proposal, Role
    from graph.extraction.learned.words import Words
    from graph.extraction.mentions import Reading
    from graph.extraction.syntax.frames import Frame

STATES = frozenset({"position", "age", "relative_of", "works_for", "leader_of", "member_of", "part_of", "located_in", "located_near",
                    "represents", "allied_with"})
"""Relations that hold whatever becomes of the sentence around them."""
FAR = 3.0
"""Who is this many log odds below nobody, or below the surest, is not considered; the vote chooses among the others."""
MOST = 4
"""So many are considered for a role."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement of the model's with what it was made from; a role is None where nobody has it or words have it."""

    statement: Statement
    proposal: Proposal
    subject: Role | None
    object: Role | None

    @property
    def trigger(self) -> float:
        """Log odds that the relation is told there."""
        return odds(self.proposal.chance)

    @property
    def margins(self) -> tuple[float, float]:
        """Log odds of subject and object against nobody; nobody against the surest where nobody is the subject; 0 for words."""
        nobody = -self.proposal.subjects[0].margin if self.proposal.subjects else vote.MOST
        return self.subject.margin if self.subject else nobody, self.object.margin if self.object else 0.0

    @property
    def behind(self) -> tuple[float, float]:
        """By how many log odds subject and object are behind whom the model prefers there; at most 0."""
        first, second = self.margins
        best = max(0.0, self.proposal.subjects[0].margin) if self.proposal.subjects else 0.0
        return ((first if self.subject else 0.0) - best, second - self.proposal.objects[0].margin if self.object else 0.0)


class Paragraphs:
    """The paragraphs of a reading as trees with frames and speakers, each made when it is first asked for."""

    def __init__(self, read: Reading) -> None:
        self.read = read
        self.starts = [p.start for p in read.paragraphs]
        self._made: dict[int, tuple[Tree, dict[int, Frame], Mapping[int, tuple[int, ...]]]] = {}

    def at(self, offset: int) -> tuple[Tree, dict[int, Frame], Mapping[int, tuple[int, ...]]]:
        """The paragraph that holds this offset."""
        number = max(0, bisect_left(self.starts, offset + 1) - 1)
        if number not in self._made:
            paragraph = self.read.paragraphs[number]
            start, end = paragraph.start, paragraph.start + len(paragraph.text)
            tree = Tree(paragraph, self.read.mentions_within(start, end), self.read.times_within(start, end))
            verbs = frames(tree)
            self._made[number] = tree, verbs, quoted_speakers(tree, verbs)
        return self._made[number]

    def voice(self, offset: int) -> Participant | None:
        """Who goes on speaking in the paragraph that holds this offset: who spoke last in the one before, if it is nothing but a quotation."""
        number = bisect_left(self.starts, offset + 1) - 1
        if number < 1 or not is_quotation(self.at(offset)[0]):
            return None
        tree, verbs, _ = self.at(self.starts[number - 1])
        return last_voice(tree, verbs, self.read)


def statements(proposals: Sequence[Proposal], candidates: Sequence[Candidate], text: Words, places: Paragraphs, version: str) -> Iterator[Evidence]:
    """A statement for every subject and object that a proposal names, those left out that the rules hold for unreal."""
    for proposal in proposals:
        tree, verbs, quoted = places.at(text.starts[proposal.trigger])
        token = bisect_left(tree.start, text.starts[proposal.trigger])
        state = proposal.relation in STATES and tree.pos[token] in {*NOMINAL, "ADJ"}
        context = judge(tree, token, verbs)
        if not context.real and not state:
            continue
        sentence = tree.sent[token]
        if "respectively" in tree.low[tree.sent_starts[sentence]:tree.sent_ends[sentence]]:
            continue  # who belongs to whom there is a matter of order, which the model does not read
        yield from _named(proposal, candidates, text, places, version, (tree, token, state, context, quoted))


def _named(proposal: Proposal, candidates: Sequence[Candidate], text: Words, places: Paragraphs, version: str,
           there: tuple[Tree, int, bool, Context, Mapping[int, tuple[int, ...]]]) -> Iterator[Evidence]:
    tree, token, state, context, quoted = there
    read = places.read
    subjects: list[Role | None] = list(_considered(proposal.subjects))
    if not (proposal.literal or proposal.relation in STATES or (proposal.subjects and proposal.subjects[0].margin > FAR)):
        subjects.append(None)
    objects: list[Role | None] = [None] if proposal.literal else list(_considered(proposal.objects))
    for subject in subjects:
        for object_ in objects:
            if subject and object_ and subject.entity == object_.entity:
                continue
            who = _participant(subject, candidates, text, read) if subject else None
            whom: Participant | Value
            if object_:
                whom = _participant(object_, candidates, text, read)
            else:
                assert proposal.literal is not None
                whom = Value(read.document.text[text.starts[proposal.literal.first]:text.ends[proposal.literal.end - 1]])
            start, end = _extent(proposal, [r for r in (subject, object_) if r], candidates, text, tree, token, state=state)
            voices = _voices(tree, context, quoted.get(token, ()), read, state=state)
            before = None if voices or state else places.voice(text.starts[proposal.trigger])
            if before is not None and (who is None or who.id != before.id):
                voices = [before]
            if who is not None and proposal.relation in SPEECH_RELATIONS:
                voices = [v for v in voices if v.id != who.id]
            source = read.document.text
            prefix, suffix = around(source, start, end, tree.offset, tree.offset + len(tree.text))
            statement = Statement(
                id=statement_id(read.document.source.id, start, end, proposal.relation, read.written(who) if who else "",
                                whom.value if isinstance(whom, Value) else read.written(whom)),
                subject=who, relation=proposal.relation, object=whom, stance=Stance.asserted if state else context.stance,
                speaker=voices[0] if voices else None, via=tuple(voices[1:]), time="" if state else time_of(tree, token),
                place=None if state else place_of(tree, token, read), source=read.document.source.id, quote=source[start:end], start=start,
                end=end, prefix=prefix, suffix=suffix,
                locator=read.document.locate(start), method=Method.extracted, extractor=version, rule=f"learned:{proposal.relation}")
            yield Evidence(statement, proposal, subject, object_)


def _considered(roles: Sequence[Role]) -> Iterator[Role]:
    for role in roles[:MOST]:
        if role.margin > -FAR and role.margin > roles[0].margin - FAR:
            yield role


def _participant(role: Role, candidates: Sequence[Candidate], text: Words, read: Reading) -> Participant:
    entity, shown = read.entities[role.entity], candidates[role.candidate]
    start, end = text.starts[shown.first], text.ends[shown.end - 1]
    return Participant(id=entity.id, name=entity.name, type=entity.type, mention=read.document.text[start:end], start=start, end=end)


def _voices(tree: Tree, context: Context, quoted: Sequence[int], read: Reading, *, state: bool) -> list[Participant]:
    found: dict[str, Participant] = {}
    for token in () if state else (*context.speakers, *quoted):
        mention = mention_at(tree, token)
        for index in mention.entities[:1] if mention else ():
            entity = read.entities[index]
            assert mention is not None
            found.setdefault(entity.id, Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention.text,
                                                    start=mention.start, end=mention.end))
    return list(found.values())


def _extent(proposal: Proposal, roles: Sequence[Role], candidates: Sequence[Candidate], text: Words, tree: Tree, token: int, *,
            state: bool) -> tuple[int, int]:
    """The characters of the clause around the trigger with those of its subject and object that stand in the same sentence."""
    shown = [candidates[r.candidate] for r in roles]
    near = [(c.first, c.end) for c in shown if text.sentences[c.first] == text.sentences[proposal.trigger]]
    if proposal.literal:
        near.append((proposal.literal.first, proposal.literal.end))
    tokens = [bisect_left(tree.start, text.starts[i]) for first, end in near for i in (first, end - 1)]
    if state:
        first, last = min((*tokens, token)), max((*tokens, token)) + 1
    else:
        first, last = clause_extent(tree, token, tuple(tokens))
    return tree.start[first], tree.end[last - 1]

