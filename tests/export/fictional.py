"""A case of any size about people who never were, the same every time: for tests of the view and for timings."""

from __future__ import annotations

import random

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
    StoryStep,
    Value,
    claim_id,
    fingerprint,
)

FIRST = ["Yara", "Kemal", "Ines", "Tariq", "Luka", "Mina", "Oskar", "Pavel", "Ruben", "Lea", "Sami", "Noor", "Elif", "Viktor", "Jonas", "Anika", "Hugo", "Dara", "Ivo", "Petra", "Zoran", "Boris", "Tess", "Marta", "Émile", "Łucja"]
LAST = ["Lund", "Idris", "Carrow", "Benso", "Senn", "Aldous", "Feld", "Dorn", "Sato", "Haddad", "Ferro", "Castell", "Daro", "Bray", "Vale", "Moss", "Leth", "Tolan", "Marrek", "Vonn", "Milić", "Wend", "Arden", "Quist", "Çelik", "Sørby"]
PLACES = ["Harrow", "Karst", "Tannery", "Sello", "Quay", "Delta", "Corvin", "Ostrel", "Brenn", "Vesper"]
BODIES = ["Border Brigade", "Municipal Police", "Interior Directorate", "Veterans' League", "Patrol Unit", "Coastal Logistics", "Transport Depot", "Clinic", "Court"]
SOURCES = ("Clinic register (scan)", "Court transcript C-114/19", "HRO interview log 2017-18", "Leaked duty roster", "Ministry press release",
           "Satellite image note", "The Harrow Courier", "UN panel report S/2018/552")
BETWEEN = {  # relation -> types of subject, types of object, how often
    "detained": ("organization official", "person", 5), "tortured": ("organization official", "person", 3), "leader_of": ("official", "organization", 2),
    "works_for": ("person official", "organization", 3), "witnessed": ("person", "", 1), "questioned": ("official", "person group", 2),
    "relative_of": ("person", "person", 1), "located_in": ("organization", "place", 2), "fled_to": ("person", "place", 2), "accused": ("person organization", "official organization", 3),
    "represents": ("person", "person", 1), "age": ("person", "", 1), "position": ("official", "", 1), "authored": ("person organization", "work", 1),
}
WORDS = ("The men wore the patches of {s}", "He was the one giving the orders that night, and everybody in the yard knew of {o}", "{s} and {o} were named in the register",
         "Nobody who was there doubts it, she said of {o}", "Three trucks came before dawn")


def case(count: int, *, seed: int = 1, quotes: bool = True) -> KnowledgeBase:
    """A knowledge base of `count` entities, about 2.5 statements to each, some contested, some undated, some without an agent."""
    rng = random.Random(seed)
    entities = tuple(sorted((_entity(rng, number) for number in range(count)), key=lambda entity: entity.id))
    kinds: dict[str, list[Entity]] = {}
    circles = max(1, count // 70)
    for entity in entities:
        kinds.setdefault(entity.type.value, []).append(entity)
    sources = tuple(sorted((Source(id=f"source-{n}", title=title, publisher="Fictional Press" if n % 2 else "", published=f"201{n}-0{n + 1}",
                                   url=f"https://example.org/{n}" if n % 3 else "") for n, title in enumerate(SOURCES)), key=lambda source: source.id))
    statements = []
    relations = [name for name, (_, _, times) in BETWEEN.items() for _ in range(times)]
    while len(statements) < count * 2.5:
        relation = rng.choice(relations)
        subjects, objects, _ = BETWEEN[relation]
        circle = rng.randrange(circles)
        subject = _pick(rng, kinds, subjects, circle, circles)
        object_ = _pick(rng, kinds, objects, circle, circles) if objects else None
        if subject is None or (objects and (object_ is None or object_ is subject)):
            continue
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            statements.append(_statement(rng, len(statements), subject if rng.random() > 0.03 else None, relation, object_, sources, kinds, quotes=quotes))
    statements.sort(key=lambda statement: (statement.source, statement.start or 0, statement.id))
    story = (StoryStep(title="How it began", text="Read these first.", statements=tuple(s.id for s in statements[:2])),
             StoryStep(title="And then", statements=tuple(s.id for s in statements[3:6]))) if count <= 100 else ()
    return KnowledgeBase(title=f"Harrow valley, {count} names (fictional)", base="https://example.org/case/", sources=sources, entities=entities,
                         statements=tuple(statements), claims=claims(tuple(statements)), story=story, relations=vocabulary.relations())


def claims(statements: tuple[Statement, ...]) -> tuple[Claim, ...]:
    """The claims that statements make, in the plainest way."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        object_ = statement.object.value if isinstance(statement.object, Value) else statement.object.id
        groups.setdefault(claim_id(statement.subject.id if statement.subject else None, statement.relation, object_), []).append(statement)
    result = []
    for key, members in sorted(groups.items()):
        first = members[0]
        stances = tuple(sorted({s.stance for s in members}, key=list(Stance).index))
        result.append(Claim(
            id=key, subject=first.subject.id if first.subject else None, relation=first.relation, literal=isinstance(first.object, Value),
            object=first.object.value if isinstance(first.object, Value) else first.object.id, statements=tuple(s.id for s in members), stances=stances,
            speakers=len({s.speaker.id if s.speaker else s.source for s in members if s.stance is not Stance.denied}),
            contested=Stance.denied in stances and len(stances) > 1))
    return tuple(result)


def _entity(rng: random.Random, number: int) -> Entity:
    kind = rng.choices(("person", "official", "organization", "place", "group", "work"), (45, 17, 15, 13, 7, 3))[0]
    if kind in {"person", "official"}:
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        name = f"{rng.choice(('Col.', 'Judge', 'Lt.'))} {name}" if kind == "official" else name
    elif kind == "organization":
        name = f"{rng.choice(PLACES)} {rng.choice(BODIES)}"
    elif kind == "place":
        name = f"{rng.choice(('Old', 'Lower', 'New', 'Upper'))} {rng.choice(PLACES)}"
    else:
        name = f"{rng.choice(('detainees of', 'families of', 'drivers from'))} {rng.choice(PLACES)}" if kind == "group" else f"The {rng.choice(PLACES)} papers"
    name = name if number < 80 else f"{name} {number}"
    return Entity(id=f"{kind}/{number:05}", type=EntityType(kind), name=name, aliases=(f"alias {number}",) if number % 5 == 0 else (),
                  description="Told about in several sources." if number % 3 == 0 else "", curated=number % 2 == 0)


def _pick(rng: random.Random, kinds: dict[str, list[Entity]], wanted: str, circle: int, circles: int) -> Entity | None:
    choices = kinds.get(rng.choice(wanted.split()), [])
    if not choices:
        return None
    if circles > 1 and rng.random() < 0.93:  # most know only those around them
        choices = choices[circle::circles] or choices
    return choices[min(int(rng.expovariate(1 / (0.3 * len(choices) + 1))), len(choices) - 1)]


def _participant(entity: Entity, mention: str = "") -> Participant:
    return Participant(id=entity.id, name=entity.name, type=entity.type, mention=mention or entity.name)


def _statement(rng: random.Random, number: int, subject: Entity | None, relation: str, object_: Entity | None, sources: tuple[Source, ...],
               kinds: dict[str, list[Entity]], *, quotes: bool) -> Statement:
    stance = rng.choices(tuple(Stance), (58, 32, 10))[0]
    year, month = rng.randrange(2016, 2020), rng.randrange(1, 13)
    time = rng.choice(("", f"{year}", f"{year}-{month:02}", f"{year}-{month:02}", f"{year}-{month:02}-1{month % 10}", f"{year}-22"))
    extracted = rng.random() < 0.6
    source = rng.choice(sources)
    speakers = kinds.get("person", []) + kinds.get("organization", [])
    words = rng.choice(WORDS).format(s=subject.name if subject else "the unit", o=object_.name if object_ else "it")
    return Statement(
        id="st-" + fingerprint("fictional", number), subject=_participant(subject, "the pair" if number % 9 == 0 else "") if subject else None, relation=relation,
        object=_participant(object_) if object_ else Value({"age": str(20 + number % 40), "position": "duty officer"}.get(relation, "trucks leaving at dawn")),
        stance=stance, speaker=_participant(rng.choice(speakers)) if speakers and rng.random() < 0.6 else None,
        via=(_participant(rng.choice(speakers)),) if speakers and rng.random() < 0.1 else (), time=time,
        qualifiers=(("what", "a signed form"),) if number % 7 == 0 else (), source=source.id, quote=words if quotes else "", start=number * 10, end=number * 10 + len(words),
        prefix="It was raining. " if quotes else "", suffix=". After that the road was empty." if quotes else "", locator=f"p. {1 + number % 90}",
        method=Method.extracted if extracted else Method.curated, extractor="rules/1" if extracted else "", confidence=0.8 if extracted else None,
        doubts=("the speaker is not certain",) if extracted and number % 11 == 0 else ())
