"""A small fictional case with everything a question needs, and the folder of an export made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph import vocabulary
from graph.export import rdf_nt
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

if TYPE_CHECKING:
    from pathlib import Path


def write(kb: KnowledgeBase, folder: Path) -> Path:
    """The folder, with `graph.nt` of this knowledge base in it."""
    folder.mkdir(exist_ok=True)
    rdf_nt.write(kb, folder / "graph.nt")
    return folder


PEOPLE = {
    "person/ana-ruiz": "Ana Ruiz", "person/ana-rojas": "Ana Rojas", "person/jose-nunez": "José Núñez", "person/guard": "Tomas Lind",
    "official/chief": "Irma Vale", "organization/harbour-police": "Harbour Police", "organization/city-guard": "City Guard",
    "place/port-solen": "Port Solen", "place/north-quay": "North Quay", "group/relatives": "Relatives of Ana Ruiz",
    "organization/rights-watchers": "Rights Watchers", "person/island": "Iñigo Marsh",
}


def participant(id_: str | None) -> Participant | None:
    return id_ and Participant(id=id_, name=PEOPLE[id_], type=EntityType(id_.partition("/")[0]))


def statement(number, subject, relation, object_, stance="asserted", speaker=None, source="news", quote="", time="", place=None, qualifiers=(), via=(),
              doubts=()) -> Statement:
    return Statement(
        id=f"st-{number}", subject=participant(subject), relation=relation,
        object=participant(object_) if object_ in PEOPLE else Value(object_), stance=Stance(stance), speaker=participant(speaker), source=source,
        quote=quote, time=time, place=participant(place), qualifiers=tuple(qualifiers), via=tuple(map(participant, via)), method=Method.curated,
        locator="paragraph 1", doubts=tuple(doubts))


def harbour_case(statements: tuple[Statement, ...] | None = None) -> KnowledgeBase:
    """A fictional case: an arrest that is told, alleged and denied; a chain of command; two who share a first name."""
    told = statements if statements is not None else (
        statement("arrest", "organization/harbour-police", "detained", "person/ana-ruiz", "alleged", "group/relatives", quote="the police had taken her",
                  time="2020-04", place="place/north-quay", qualifiers=[("reason", "a banner")]),
        statement("denial", "organization/harbour-police", "detained", "person/ana-ruiz", "denied", "official/chief", "paper", "we never held her"),
        statement("report", "organization/harbour-police", "detained", "person/ana-ruiz", "asserted", None, "paper", "police arrested Ruiz in May",
                  time="2020-05", place="place/port-solen"),
        statement("unit", "organization/city-guard", "part_of", "organization/harbour-police", quote="the City Guard, a unit of the Harbour Police"),
        statement("member", "person/guard", "works_for", "organization/city-guard", quote="Lind of the City Guard"),
        statement("chief", "official/chief", "leader_of", "organization/harbour-police", quote="Vale, the head of the Harbour Police"),
        statement("beating", "person/guard", "tortured", "person/jose-nunez", "alleged", "organization/rights-watchers", quote="a guard beat him",
                  via=["group/relatives"]),
        statement("nobody", None, "released", "person/jose-nunez", time="2020-06-01", quote="he was let go"),
        statement("quay", "place/north-quay", "located_in", "place/port-solen", quote="the North Quay of Port Solen"),
        statement("help", "organization/rights-watchers", "helped", "person/ana-ruiz", quote="the Watchers found her a lawyer", qualifiers=[("what", "a lawyer")],
                  time="2020-06"),
        statement("doubt", "organization/city-guard", "killed", "person/island", "alleged", quote="Marsh may have been killed", doubts=["hedged twice"]),
        statement("age-1", "person/ana-ruiz", "age", "30", quote="Ruiz, 30"),
        statement("age-2", "person/ana-ruiz", "age", "31", source="paper", quote="Ruiz (31)"),
        statement("formula", "person/ana-rojas", "said", '=HYPERLINK("http://x.example")', quote="\x1b[31mred\x07 =1+1"),
    )
    entities = tuple(
        Entity(id=id_, type=EntityType(id_.partition("/")[0]), name=name, aliases=("Anna Ruiz", "La Ruiz") if id_ == "person/ana-ruiz" else (),
               latitude=10.5 if id_ == "place/port-solen" else None, longitude=-3.25 if id_ == "place/port-solen" else None)
        for id_, name in sorted(PEOPLE.items()))
    groups: dict[tuple, list[Statement]] = {}
    for s in told:
        object_ = s.object.value if isinstance(s.object, Value) else s.object.id
        groups.setdefault((s.subject and s.subject.id, s.relation, object_), []).append(s)
    claims = tuple(
        Claim(id=claim_id(*key), subject=key[0], relation=key[1], object=key[2], literal=isinstance(members[0].object, Value),
              statements=tuple(s.id for s in members), stances=tuple(sorted({s.stance for s in members})),
              speakers=len({(s.speaker.id if s.speaker else s.source) for s in members if s.certain and s.stance is not Stance.denied}),
              contested=len({s.stance is Stance.denied for s in members}) == 2)
        for key, members in sorted(groups.items(), key=str))
    return KnowledgeBase(
        title="The harbour", base="https://harbour.example/", entities=entities, statements=told, claims=claims, relations=vocabulary.relations(),
        sources=(Source(id="news", title="Harbour news", publisher="The Gull"), Source(id="paper", title="A paper", published="2020-05-30")))
