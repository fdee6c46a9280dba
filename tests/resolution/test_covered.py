"""What a row of statements.csv tells is not told again by the program; whoever is named beside it stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import Decision, Entity, EntityType, Extraction, Method, Note, Participant, Stance, Statement, Value
from graph.resolution import resolve

POLICE = Entity(id="organization/harbour-police", type=EntityType.organization, name="Harbour police", curated=True)
VERA = Entity(id="person/vera-lund", type=EntityType.person, name="Vera Lund", curated=True)
CURATED = (POLICE, VERA)
TEXT = "The Harbour police arrested Vera Lund on Monday."


def part(name: str, type_: EntityType = EntityType.person, id_: str = "") -> Participant:
    return Participant(id=id_ or f"note#{name.lower().replace(' ', '-')}", name=name, type=type_)


def of(entity: Entity) -> Participant:
    return Participant(id=entity.id, name=entity.name, type=entity.type)


TOLD = Statement(
    id="st-told", subject=of(POLICE), relation="detained", object=of(VERA), stance=Stance.asserted, source="note", quote=TEXT, start=0, end=len(TEXT),
    method=Method.curated,
)
READ = replace(
    TOLD, id="st-read", subject=part("Harbour police", EntityType.organization), object=part("Vera Lund"), quote=TEXT[4:37], start=4, end=37,
    method=Method.extracted, confidence=0.9,
)


def resolved(*read: Statement, told: Statement = TOLD, decisions: tuple[Decision, ...] = ()):
    return resolve(curated=CURATED, statements=(told,), extractions=[Extraction(source="note", statements=read)], decisions=decisions, sources=())


def test_the_same_from_the_same_words_is_told_once_and_said_so():
    found = resolved(READ)
    assert [s.id for s in found.statements] == ["st-told"]
    assert [n.message for n in found.notes if n.kind == "told by a table"] == [
        "1 reading by the program left out: statements.csv tells the same from the same words."
    ]


def test_a_description_of_whom_the_table_names_is_no_further_node():
    found = resolved(replace(READ, subject=part("the officers", EntityType.group)))
    assert [s.id for s in found.statements] == ["st-told"]
    assert {e.id for e in found.entities} == {POLICE.id, VERA.id}


@pytest.mark.parametrize("other", [
    replace(READ, object=part("Ola Brandt")),
    replace(READ, subject=part("Border Guard", EntityType.organization)),
    replace(READ, stance=Stance.alleged),
    replace(READ, relation="questioned"),
    replace(READ, source="other-note"),
    replace(READ, start=len(TEXT), end=len(TEXT) + 33),
    replace(READ, subject=part("the officers", EntityType.group), object=part("two women", EntityType.group)),
    replace(READ, object=Value("a woman")),
], ids=["another person", "another body", "another stance", "another relation", "another source", "other words", "nothing the same", "a literal"])
def test_what_is_new_stays(other):
    assert "st-read" in {s.id for s in resolved(other).statements}


def test_whom_the_table_leaves_unnamed_and_the_program_names_stays():
    assert "st-read" in {s.id for s in resolved(READ, told=replace(TOLD, subject=None)).statements}


def test_what_a_person_judged_stays_and_the_judgement_applies():
    row = Decision(decision="accepted", left="st-read", by="K. Moe", on="2024-05-02", reason="read it")
    found = resolved(READ, decisions=(row,))
    assert {s.id: s.decision for s in found.statements} == {"st-told": None, "st-read": "accepted"}


def test_a_sentence_from_which_a_table_tells_something_is_no_silence():
    silences = (Note(kind="silence", source="note", start=0, message="an act", quote=TEXT), Note(kind="silence", source="note", start=len(TEXT) + 1, message="an act", quote="They beat her."))
    found = resolve(curated=CURATED, statements=(TOLD,), extractions=[Extraction(source="note", notes=silences)], decisions=(), sources=())
    assert [n.quote for n in found.notes if n.kind == "silence"] == ["They beat her."]
