"""Reports and knowledge bases of any size, made up: names, places and events of no one."""

from __future__ import annotations

import random

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
    claim_id,
    statement_id,
)
from graph.vocabulary import relations

FIRST = ["Mira", "Jonas", "Elka", "Tomas", "Anouk", "Ravi", "Selma", "Idris", "Nadja", "Pavel", "Leila", "Marek", "Ines", "Oskar", "Yara", "Bruno"]
LAST = ["Solheim", "Vardan", "Okoro", "Lindqvist", "Marsh", "Teller", "Baran", "Quist", "Amadi", "Roth", "Ferro", "Nyberg", "Castell", "Dunmore", "Hale", "Ibarra"]
TOWNS = ["Tarnovik", "Port Amber", "Silverford", "Dunhaven", "Karest", "Molina Vieja", "Ostrava Hill", "Brenmouth"]
BODIES = ["Harbour Watch", "Lantern Committee", "River Rights Forum", "Open Docks Union", "Northern Press Club", "Coastal Law Centre"]
SENTENCES = [
    "Police in {town} detained {a} on {day} May 2021, {body} said.",
    "{a}, {age}, a teacher from {town}, was allegedly beaten by prison guards, according to {body}.",
    "{body} urged the Justice Ministry to release {a} and {b}.",
    "The ministry denied that officers had threatened {a}.",
    "A court in {town} sentenced {b} to five years in prison in April 2020.",
    "{a} fled to {town} last summer after the arrest of {b} by military police.",
    "{b}, deputy head of {body}, accused the governor of {town} of blocking the inquiry.",
    '"They took her at night," said {a}, the sister of {b}. "Nobody told us where she was held."',
    "The lawyer {b} visited the prison in {town} on Tuesday but was refused a meeting with {a}.",
]


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


def report(seed: int, sentences: int = 18) -> str:
    """A report of some 300 words in paragraphs of three sentences."""
    chance = random.Random(seed)
    a, b = _name(chance), _name(chance)
    lines = [chance.choice(SENTENCES).format(a=a, b=b, town=chance.choice(TOWNS), body=chance.choice(BODIES), age=chance.randrange(18, 80), day=chance.randrange(1, 30))
             for _ in range(sentences)]
    return "\n\n".join(" ".join(lines[i:i + 3]) for i in range(0, len(lines), 3)) + "\n"


def knowledge_base(statements: int, seed: int = 1) -> KnowledgeBase:
    """A knowledge base of so many statements, with one entity to eight statements and one source to two hundred."""
    chance = random.Random(seed)
    people = [Entity(id=f"person/p{n:07}", type=EntityType.person, name=f"{FIRST[n % 16]} {LAST[n // 16 % 16]} {n}") for n in range(max(2, statements // 8))]
    bodies = [Entity(id=f"organization/o{n:06}", type=EntityType.organization, name=f"{BODIES[n % 6]} {n}") for n in range(max(2, statements // 80))]
    sources = [Source(id=f"source-{n:06}", title=f"Report {n}", published="2021-05") for n in range(max(1, statements // 200))]
    made, claims = [], []
    for n in range(statements):
        subject, object_ = chance.choice(bodies), chance.choice(people)
        relation = chance.choice(("detained", "helped", "threatened", "charged"))
        source = sources[n % len(sources)]
        quote = f"{subject.name} {relation} {object_.name} in the month of May"
        start = n // len(sources) * 100
        stance = chance.choice(tuple(Stance))
        id_ = statement_id(source.id, start, start + len(quote), relation, subject.name, object_.name)
        made.append(Statement(
            id=id_, subject=Participant(id=subject.id, name=subject.name, type=subject.type, mention=subject.name), relation=relation,
            object=Participant(id=object_.id, name=object_.name, type=object_.type, mention=object_.name), stance=stance, time="2021-05", source=source.id,
            quote=quote, start=start, end=start + len(quote), method=Method.extracted, extractor="rules/1", rule="made", confidence=0.9))
        claims.append(Claim(id=claim_id(subject.id, relation, object_.id), subject=subject.id, relation=relation, object=object_.id, literal=False, statements=(id_,),
                            stances=(stance,), speakers=int(stance is not Stance.denied), contested=False))
    made.sort(key=lambda s: (s.source, s.start or 0, s.id))
    return KnowledgeBase(title="Made up", base="https://casegraph.example/", entities=tuple(sorted((*people, *bodies), key=lambda e: e.id)), sources=tuple(sources),
                         statements=tuple(made), claims=tuple({c.id: c for c in sorted(claims, key=lambda c: c.id)}.values()), relations=relations())
