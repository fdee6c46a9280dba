"""Knowledge bases to try the RDF exports on: one that a person can read, and any that can be thought of."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import strategies as st

from graph import vocabulary
from graph.model import (
    Claim,
    Entity,
    EntityType,
    KnowledgeBase,
    Method,
    Participant,
    Source,
    Stance,
    Statement,
    Value,
    claim_id,
)

BASE = "https://case.example/"
RELATIONS = vocabulary.relations()
NASTY = st.text(st.one_of(
    st.characters(), st.sampled_from("\x00\x08\t\n\x0b\x0c\r\x1f\x7f\x85\"'\\<>{}^`|%#?&;,.: \u2028\u202e\u2066\u200f\ufeff\ufffe\uffff\ufffd\U0001f600")),
    max_size=20)
"""Any text at all but half a surrogate pair."""
XML = NASTY.map(lambda words: re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", words))
"""Any text that XML 1.0 can hold."""
TIMES = st.sampled_from(["", "2020", "2020-04", "2020-04-03", "2020-22", "2017/..", "../2019", "201X", "2021-02-04~"])
DECISIONS = st.sampled_from([None, "accepted", "rejected"])


def story() -> KnowledgeBase:
    """A small case with every field filled somewhere."""
    person = Entity(id="person/ana-ruiz", type=EntityType.person, name="Ana Ruiz", aliases=("A. Ruiz", "Ана Руис"), country="Freedonia",
                    wikidata="Q1", protected="name", curated=True, description="A teacher.")
    police = Entity(id="organization/harbour-police", type=EntityType.organization, name="Harbour Police", parent="place/port-sol")
    chief = Entity(id="official/otto-brand", type=EntityType.official, name="Otto Brand")
    place = Entity(id="place/port-sol", type=EntityType.place, name="Port Sol", latitude=12.5, longitude=-3.25)
    group = Entity(id="group/relatives", type=EntityType.group, name="relatives")
    paper = Entity(id="organization/sol-herald", type=EntityType.organization, name="Sol Herald")

    def who(entity: Entity, mention: str = "", start: int | None = None) -> Participant:
        return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention, start=start,
                           end=None if start is None else start + len(mention))

    arrest = Statement(
        id="st-a", subject=who(police, "the police", 0), relation="detained", object=who(person, "Ruiz", 20), stance=Stance.asserted,
        speaker=who(group, "her family", 40), via=(who(paper, "the Herald", 60), who(group)), time="2020-04", place=who(place, "the port", 30),
        qualifiers=(("reason", "a banner"), ("what", 'at "dawn"\n')), source="news", quote="the police detained Ruiz", start=0, end=24,
        prefix="On Monday ", suffix=" at the port.", locator="paragraph 2", method=Method.extracted, extractor="rules/1", rule="active",
        confidence=0.8, note="seen twice")
    base = {"source": "news", "method": Method.extracted, "quote": "words of the source", "start": 100, "end": 119}
    torture = Statement(id="st-b", subject=who(police), relation="tortured", object=who(person), stance=Stance.alleged, confidence=1.0, **base)
    denial = Statement(id="st-c", subject=who(police), relation="tortured", object=who(person), stance=Stance.denied, speaker=who(chief), **base)
    nobody = Statement(id="st-d", subject=None, relation="abducted", object=who(person), stance=Stance.asserted, decision="accepted",
                       doubts=("a pronoun",), **base)
    age = Statement(id="st-e", subject=who(person), relation="age", object=Value("34"), stance=Stance.asserted, source="table", method=Method.curated)
    wrong = Statement(id="st-f", subject=who(chief), relation="killed", object=who(person), stance=Stance.asserted, decision="rejected", **base)
    doubtful = Statement(id="st-g", subject=who(chief), relation="leader_of", object=who(police), stance=Stance.asserted, doubts=("his",), **base)
    statements = (arrest, torture, denial, nobody, age, wrong, doubtful)
    return KnowledgeBase(
        title="Port Sol", base=BASE, relations=RELATIONS, statements=statements, claims=claims(statements),
        sources=(Source(id="news", file="reports/news.txt", title="Teacher held", publisher="Sol Herald", author="B. Reyes", published="2020-05-01",
                        url="https://sol.example/a b", language="en", sha256="0" * 64), Source(id="table", confidential=True), Source(id="wire", retells=("news", "table"))),
        entities=tuple(sorted((person, police, chief, place, group, paper), key=lambda e: e.id)))


def claims(statements: tuple[Statement, ...]) -> tuple[Claim, ...]:
    """The claims that these statements make, with all speakers counted as independent."""
    grouped: dict[tuple[str | None, str, str, bool], list[Statement]] = {}
    for s in statements:
        literal = isinstance(s.object, Value)
        key = (s.subject.id if s.subject else None, s.relation, s.object.value if literal else s.object.id, literal)
        grouped.setdefault(key, []).append(s)
    return tuple(sorted((Claim(
        id=claim_id(*key[:3]) + ("-l" if key[3] else ""), subject=key[0], relation=key[1], object=key[2], literal=key[3],
        statements=tuple(s.id for s in group), stances=tuple(sorted({s.stance for s in group})),
        speakers=len({s.speaker.id if s.speaker else s.source for s in group if s.stance is not Stance.denied}),
        contested={s.stance for s in group} > {Stance.denied}) for key, group in grouped.items()), key=lambda c: c.id))


def of_strings(strings: list[str]) -> KnowledgeBase:
    """A case in which each of these is an id, a name, a quote and an address."""
    entities = tuple(Entity(id=s, type=EntityType.person, name=s, aliases=(s + "!",)) for s in strings)
    statements = tuple(Statement(id=f"st-{s}", subject=None, relation="detained", stance=Stance.asserted, source=s, quote=s, method=Method.extracted,
                                 object=Participant(id=s, name=s, type=EntityType.person, mention=s)) for s in strings)
    return replace(story(), entities=entities, sources=tuple(Source(id=s, title=s, url=s) for s in strings), statements=statements,
                 claims=claims(statements))


@st.composite
def knowledge_bases(draw: st.DrawFn, words: st.SearchStrategy[str] = NASTY) -> KnowledgeBase:
    """Any case, with any words in it."""
    ids = st.one_of(st.from_regex(r"[a-z]{1,4}(/[a-z.]{1,4})?", fullmatch=True), words)
    entities = draw(st.lists(st.builds(
        Entity, id=ids, type=st.sampled_from([t for t in EntityType if t != "unidentified"]), name=words,
        aliases=st.lists(words, max_size=2).map(tuple), description=words, wikidata=st.sampled_from(["", "Q12", "no"]),
        latitude=st.none() | st.floats(-90, 90), longitude=st.none() | st.floats(-180, 180), curated=st.booleans(),
    ), min_size=1, max_size=4, unique_by=lambda e: e.id))
    sources = draw(st.lists(st.builds(Source, id=ids, title=words, url=words, published=TIMES, confidential=st.booleans()),
                            min_size=1, max_size=2, unique_by=lambda s: s.id))
    participants = st.builds(lambda e, mention: Participant(id=e.id, name=e.name, type=e.type, mention=mention), st.sampled_from(entities), words)
    statements = draw(st.lists(st.builds(
        Statement, id=ids, subject=st.none() | participants, relation=st.sampled_from(["detained", "said", "own_thing"]),
        object=participants | st.builds(Value, words), stance=st.sampled_from(Stance), speaker=st.none() | participants,
        via=st.lists(participants, max_size=2).map(tuple), time=TIMES, place=st.none() | participants,
        qualifiers=st.lists(st.tuples(st.sampled_from(["what", "reason", "own key"]), words), max_size=2).map(tuple),
        source=st.sampled_from(sources).map(lambda s: s.id), quote=words, prefix=words, locator=words, rule=words, note=words,
        method=st.sampled_from(Method), confidence=st.none() | st.floats(0, 1), doubts=st.lists(words, max_size=1).map(tuple), decision=DECISIONS,
    ), max_size=4, unique_by=lambda s: s.id))
    return KnowledgeBase(title=draw(words), base=draw(st.sampled_from([BASE, "https://case.example/x#", "urn:case:"])), relations=RELATIONS,
                         sources=tuple(sources), entities=tuple(entities), statements=tuple(statements), claims=claims(tuple(statements)))
